/** Two people changed one text: which is to stay. */

import { button, element } from './element.js';

/** As many lines that differ are shown of each. */
const SHOWN = 200;

/** Asks; `mine`, `theirs`, or null where neither was chosen. */
export function conflict(mine, theirs) {
  return new Promise((resolve) => {
    let choice = null;
    const pick = (value) => () => { choice = value; dialog.close(); };
    const yours = new Set(mine.split('\n'));
    const others = new Set(theirs.split('\n'));
    const lines = [
      ...[...others].filter((line) => !yours.has(line)).slice(0, SHOWN).map((line) => element('div', { class: 'theirs' }, `theirs  ${line}`)),
      ...[...yours].filter((line) => !others.has(line)).slice(0, SHOWN).map((line) => element('div', { class: 'mine' }, `yours   ${line}`)),
    ];
    const dialog = element('dialog', { role: 'alertdialog', 'aria-label': 'This lab was changed meanwhile', class: 'card' },
      element('h2', {}, 'This lab was changed meanwhile'),
      element('p', {}, 'Somebody stored another version while you typed. These lines differ:'),
      element('pre', { class: 'difference', tabindex: '0' }, lines.length ? lines : 'No line does; their order does.'),
      element('p', { class: 'actions' }, button('Keep mine', pick('mine'), { class: 'primary' }),
        button('Take theirs', pick('theirs')), button('Go on typing', pick(null))));
    dialog.addEventListener('close', () => { dialog.remove(); resolve(choice); });
    document.body.append(dialog);
    dialog.showModal();
  });
}
