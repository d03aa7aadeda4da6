/** A button that opens a menu (ARIA Authoring Practices, "Menu Button"). */

import { button, element, fill } from './element.js';

/**
 * @param {string} text
 * @param {() => {name: string, action: Function, title?: string}[]|Promise<Array>} items
 * @param {Object} [attributes] of the button
 */
export function menu(text, items, attributes = {}) {
  const list = element('div', { role: 'menu', class: 'menu', hidden: true, 'aria-label': text });
  const opener = button(text, () => (list.hidden ? open() : close()), {
    'aria-haspopup': 'menu', 'aria-expanded': 'false', ...attributes,
  });
  const close = () => {
    list.hidden = true;
    opener.setAttribute('aria-expanded', 'false');
    document.removeEventListener('pointerdown', outside);
  };
  const outside = (event) => { if (!holder.contains(event.target)) close(); };
  const open = async () => {
    const entries = await items();
    fill(list, entries.map(({ name, action, title }) => element('button', {
      type: 'button', role: 'menuitem', tabindex: '-1', title,
      onclick: async () => { close(); opener.focus(); await action(); },
    }, name)));
    list.hidden = false;
    opener.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', outside);
    list.firstElementChild?.focus();
  };
  list.addEventListener('keydown', (event) => {
    const all = [...list.children];
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      all.at(to % all.length)?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.stopPropagation();
      close();
      opener.focus();
    }
  });
  const holder = element('span', { class: 'menu-holder' }, opener, list);
  return holder;
}
