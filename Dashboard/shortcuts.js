/** Keys: every view and the most frequent actions. */

import { button, element } from './element.js';
import { go, labAddress, route } from './router.js';
import { VIEWS } from './words.js';

const KEY = 'labplan:letters';
let afterG = false;

const letters = () => localStorage.getItem(KEY) !== 'off';

/** Begins to listen. */
export function startShortcuts() {
  document.addEventListener('keydown', (event) => {
    const isText = event.target.closest?.('input, textarea, select, [contenteditable]');
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'z' && !isText) {
      event.preventDefault();
      dispatchEvent(new Event(event.shiftKey ? 'labplan:redo' : 'labplan:undo'));
    } else if (!isText && !event.ctrlKey && !event.metaKey && !event.altKey) letter(event);
  });
}

function letter(event) {
  if (event.key === '?') {
    event.preventDefault();
    openHelp();
    return;
  }
  if (!letters()) return;
  if (event.key === '/') {
    event.preventDefault();
    document.getElementById('find').focus();
  } else if (event.key === 'g') {
    afterG = true;
    setTimeout(() => { afterG = false; }, 1500);
    return;
  } else if (afterG) {
    const view = VIEWS.find(({ key }) => key === event.key);
    const { page, lab } = route();
    if (view && page === 'lab') go(labAddress(lab, view.path));
  }
  afterG = false;
}

function openHelp() {
  const rows = [
    ['Ctrl+Z', 'Undo your last change'], ['Ctrl+Shift+Z', 'Redo it'], ['/', 'Find a VM or network'],
    ...VIEWS.map(({ key, name }) => [`g ${key}`, `Go to ${name}`]),
    ['Escape', 'Leave what is open'], ['?', 'These keys'],
  ];
  const dialog = element('dialog', { 'aria-label': 'Keyboard shortcuts', class: 'card' },
    element('h2', {}, 'Keyboard shortcuts'),
    element('dl', { class: 'keys' }, rows.map(([key, what]) => [
      element('dt', {}, element('kbd', {}, key)), element('dd', {}, what)])),
    element('label', {}, element('input', {
      type: 'checkbox', checked: letters(),
      onchange: ({ target }) => localStorage.setItem(KEY, target.checked ? 'on' : 'off'),
    }), ' Use keys of one letter'),
    button('Close', () => dialog.close()));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
