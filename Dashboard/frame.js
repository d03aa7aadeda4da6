/** What is around every page: the way to the labs, the search, who is signed in, what happened. */

import { element, fill, link, button } from './element.js';
import { findAndOpen } from './find.js';
import { forgetToken } from './session.js';
import { say, statusLine } from './status.js';

const session = element('span', { class: 'session' });
const main = element('main', { id: 'main', tabindex: '-1' });
let isLost = false;

/** Builds the frame; returns the element that pages fill. */
export function frame() {
  const search = element('input', {
    type: 'search', id: 'find', autocomplete: 'off', spellcheck: 'false', list: 'find-names',
    'aria-label': 'Find a VM or network', placeholder: 'Find a VM or network', role: 'combobox',
    'aria-expanded': 'false', 'aria-controls': 'find-names',
    onkeydown: (event) => {
      if (event.key === 'Enter') findAndOpen(event.target);
    },
  });
  document.body.append(
    element('a', { class: 'skip', href: '#main', onclick: skip }, 'Skip to the page'),
    element('header', { class: 'banner' },
      element('a', { class: 'brand', href: '/' }, 'labplan'),
      element('nav', { 'aria-label': 'Main' }, link('Labs', '/'), link('New lab', '/new'),
        link('API', '/docs')),
      search, element('datalist', { id: 'find-names' }), session),
    statusLine, main);
  return main;
}

function skip(event) {
  event.preventDefault();
  main.focus();
}

/** Names the page in the window's title. */
export function setHeading(...parts) {
  document.title = [...parts, 'labplan'].join(' · ');
}

/** Shows who is signed in. */
export function showSession(identity) {
  fill(session,
    identity.role === 'read' ? element('strong', {}, 'Read only') : null,
    identity.token ? element('span', {}, identity.token) : null,
    identity.token ? button('Sign out', signOut) : null);
  document.body.classList.toggle('read-only', identity.role === 'read');
}

function signOut() {
  forgetToken();
  location.assign('/');
}

/** Says that the service is lost, or found again. */
export function setLost(isFound) {
  if (isLost === !isFound) return;
  isLost = !isFound;
  document.body.classList.toggle('offline', isLost);
  for (const control of document.querySelectorAll('[data-writes]')) control.disabled = isLost;
  say(isLost ? 'Not connected. What is shown may be out of date.' : 'Connected again.');
  if (!isLost) dispatchEvent(new Event('labplan:found'));
}
