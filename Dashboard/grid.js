/** The grid of the matrix: rows, columns, cells; keys and pointer (ARIA, "Grid"). */

import { cellOf } from './cell.js';
import { element, fill } from './element.js';
import { Tooltip } from './tooltip.js';

/** As many rows and columns are in the document at once. */
const WINDOW = 60;

export class Grid {
  #rows = [];
  #columns = [];
  #at = { row: 0, column: 0 };
  #from = { row: 0, column: 0 };
  #selected = null;
  #cells = new Map();

  /** @param {Object} of how cells are named and shown, and who is told what was chosen */
  constructor(of) {
    this.of = of;
    this.table = element('table', { role: 'grid', 'aria-label': 'Connectivity matrix', class: 'matrix' });
    this.element = element('div', { class: 'matrix-scroll' }, this.table);
    this.tip = new Tooltip(this.element);
    this.table.addEventListener('keydown', (event) => this.#key(event));
    this.table.addEventListener('click', (event) => this.#click(event));
    this.table.addEventListener('pointerover', ({ target }) => this.#look(target.closest('td')));
    this.table.addEventListener('focusin', ({ target }) => this.#look(target.closest('td')));
    this.element.addEventListener('pointerleave', () => this.#look(null));
    this.table.addEventListener('focusout', () => this.#look(null));
  }

  /** Shows entries; `selected` is scrolled to. */
  show(rows, columns, { row, column, isSelected }) {
    const hadFocus = this.table.contains(document.activeElement);
    this.#rows = rows;
    this.#columns = columns;
    this.#selected = isSelected ? { row, column } : null;
    this.#at = {
      row: Math.min(Math.max(row >= 0 ? row : this.#at.row, 0), Math.max(rows.length - 1, 0)),
      column: Math.min(Math.max(column >= 0 ? column : this.#at.column, 0), columns.length - 1),
    };
    this.#paint();
    if (hadFocus) this.#current()?.focus();
    else if (isSelected) this.#current()?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  /** Moves to a cell. */
  goTo(row, column) {
    this.#at = { row, column };
    this.#paint();
    this.#current()?.focus();
  }

  #paint() {
    this.#from = { row: begin(this.#at.row, this.#rows.length), column: begin(this.#at.column, this.#columns.length) };
    const columns = this.#columns.slice(this.#from.column, this.#from.column + WINDOW);
    const rows = this.#rows.slice(this.#from.row, this.#from.row + WINDOW);
    this.table.setAttribute('aria-rowcount', this.#rows.length + 1);
    this.table.setAttribute('aria-colcount', this.#columns.length + 1);
    this.table.classList.toggle('large', this.#columns.length <= 8);
    this.#cells.clear();
    fill(this.table,
      element('thead', {}, element('tr', { 'aria-rowindex': 1 }, element('td', { class: 'corner', role: 'presentation' }),
        columns.map((entry, index) => this.#header(entry, 'col', this.#from.column + index)))),
      element('tbody', {}, rows.map((row, index) => this.#row(row, this.#from.row + index, columns))));
  }

  #row(row, at, columns) {
    return element('tr', { 'aria-rowindex': at + 2 }, this.#header(row, 'row', at),
      columns.map((column, index) => this.#cell(row, column, at, this.#from.column + index)));
  }

  #header(entry, scope, index) {
    const opens = entry.isGroup || entry.group;
    const name = element('span', {}, entry.label);
    return element('th', { scope, title: entry.label, 'aria-colindex': scope === 'col' ? index + 2 : 1 },
      opens ? element('button', {
        type: 'button', tabindex: '-1', 'aria-expanded': entry.isGroup ? 'false' : 'true',
        onclick: () => this.of.toggle(entry),
      }, entry.isGroup ? '▸ ' : '▾ ', name) : name);
  }

  #cell(row, column, at, index) {
    const cell = cellOf(this.of, row, column, {
      at, index, isLarge: this.table.classList.contains('large'),
      isSelected: this.#selected?.row === at && this.#selected.column === index,
      isCurrent: this.#at.row === at && this.#at.column === index,
    });
    this.#cells.set(`${at} ${index}`, cell);
    return cell;
  }

  #current() {
    return this.#cells.get(`${this.#at.row} ${this.#at.column}`);
  }

  #key(event) {
    if (!event.target.closest('td')) return;
    const { row, column } = this.#at;
    const last = { row: this.#rows.length - 1, column: this.#columns.length - 1 };
    const to = {
      ArrowUp: [row - 1, column], ArrowDown: [row + 1, column],
      ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
      PageUp: [row - 10, column], PageDown: [row + 10, column],
      Home: [event.ctrlKey ? 0 : row, 0], End: [event.ctrlKey ? last.row : row, last.column],
    }[event.key];
    if (to) {
      event.preventDefault();
      this.#move(Math.min(Math.max(to[0], 0), last.row), Math.min(Math.max(to[1], 0), last.column));
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.of.select(this.#rows[row], this.#columns[column]);
    }
  }

  #move(row, column) {
    this.#current()?.setAttribute('tabindex', '-1');
    this.#at = { row, column };
    if (!this.#current()) this.#paint();
    this.#current().setAttribute('tabindex', '0');
    this.#current().focus();
  }

  #click({ target }) {
    const cell = target.closest('td[data-row]');
    if (!cell) return;
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    this.#move(row, column);
    this.of.select(this.#rows[row], this.#columns[column]);
  }

  #look(cell) {
    for (const lit of this.table.querySelectorAll('.lit')) lit.classList.remove('lit');
    if (!cell?.dataset.row) {
      this.tip.hide();
      this.of.light(null, null);
      return;
    }
    const [row, column] = [Number(cell.dataset.row), Number(cell.dataset.column)];
    cell.parentElement.querySelector('th')?.classList.add('lit');
    this.table.querySelectorAll('thead th')[column - this.#from.column]?.classList.add('lit');
    this.tip.show(cell, this.of.name(this.#rows[row], this.#columns[column]));
    this.of.light(this.#rows[row], this.#columns[column]);
  }
}

/** Where the window begins that has an index in its middle. */
function begin(index, count) {
  return Math.max(0, Math.min(index - WINDOW / 2, count - WINDOW));
}
