/** What a cell says, beside it. */

import { element } from './element.js';

const WIDTH = 200;

export class Tooltip {
  /** @param {HTMLElement} holder what scrolls, and holds the cells */
  constructor(holder) {
    this.holder = holder;
    this.tip = element('div', { role: 'tooltip', id: 'tip', hidden: true });
    holder.append(this.tip);
  }

  /** Shows a text under a cell. */
  show(cell, text) {
    const { holder, tip } = this;
    tip.textContent = text;
    tip.hidden = false;
    tip.style.left = `${Math.min(cell.offsetLeft + 28, holder.scrollLeft + holder.clientWidth - WIDTH)}px`;
    tip.style.top = `${cell.offsetTop + cell.offsetHeight + 4}px`;
  }

  hide() {
    this.tip.hidden = true;
  }
}
