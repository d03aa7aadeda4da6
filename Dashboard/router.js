/** Addresses of the page: every state that can be sent to a colleague is one. */

import { VIEWS } from './words.js';

const listeners = new Set();

/**
 * What the address names.
 * @returns {{page: 'labs'|'new'|'docs'|'lab'|'unknown', lab?: string, view?: string, query: URLSearchParams}}
 */
export function route() {
  const parts = location.pathname.split('/').filter(Boolean).map(decodeURIComponent);
  const query = new URLSearchParams(location.search);
  if (parts.length === 0) return { page: 'labs', query };
  if (parts.length === 1 && parts[0] === 'new') return { page: 'new', query };
  if (parts.length === 1 && parts[0] === 'docs') return { page: 'docs', query };
  const view = parts[2] ?? '';
  if (parts[0] === 'labs' && parts.length <= 3 && VIEWS.some((each) => each.path === view)) {
    return { page: 'lab', lab: parts[1], view, query };
  }
  return { page: 'unknown', query };
}

/** The address of a view of a lab. */
export function labAddress(lab, view = '', query = {}) {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null)).toString();
  return `/labs/${encodeURIComponent(lab)}${view ? `/${view}` : ''}${text ? `?${text}` : ''}`;
}

/** Goes somewhere. */
export function go(address, { replace = false } = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', address);
  tell();
}

/** Changes the query of the address; null takes a key away. Says so to whoever shows it. */
export function choose(changes, { replace = false } = {}) {
  const query = new URLSearchParams(location.search);
  for (const [key, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(key);
    else query.set(key, value);
  }
  const text = query.toString();
  const address = location.pathname + (text ? `?${text}` : '');
  if (address !== location.pathname + location.search) go(address, { replace });
}

/** Tells a listener of every change of the address; returns how to end that. */
export function onRoute(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function tell() {
  for (const listener of [...listeners]) listener(route());
}

addEventListener('popstate', tell);
document.addEventListener('click', (event) => {
  const anchor = event.target.closest?.('a[href^="/"]');
  const isPlain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!anchor || !isPlain || anchor.hasAttribute('download') || anchor.target) return;
  if (/^\/(v1|assets|openapi)/.test(anchor.getAttribute('href'))) return;
  event.preventDefault();
  go(anchor.getAttribute('href'));
});
