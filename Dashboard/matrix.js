/** Who reaches whom: the grid and what is asked of it. */

import { element, fill } from './element.js';
import { choose } from './router.js';
import { entriesOf, pairOf } from './groups.js';
import { Grid } from './grid.js';
import { heatMap } from './heatmap.js';
import { matrixControls } from './matrixcontrols.js';
import { count, verdict } from './words.js';

/** From so many endpoints on, those that are alike are shown as one. */
const GROUPED_FROM = 40;

export class Matrix {
  #answer = null;
  #selection = {};
  #open = new Set();
  #changed = new Map();
  onLit = () => {};

  constructor(lab, requirements) {
    this.lab = lab;
    this.requirements = requirements;
    this.controls = matrixControls();
    this.summary = element('p', { class: 'quiet' });
    this.map = element('div', { class: 'heat-map' });
    this.grid = new Grid({
      name: (row, column) => this.#name(row, column),
      outcome: (row, column) => this.#outcome(row, column),
      mark: (row, column) => this.#mark(row, column),
      change: (row, column) => this.#change(row, column),
      select: (row, column) => this.#select(row, column),
      toggle: (entry) => this.#toggle(entry),
      light: (row, column) => this.onLit(row ? this.#names(row, column) : []),
    });
    this.element = element('section', { class: 'pane', 'aria-label': 'Who reaches whom' },
      element('div', { class: 'pane-head' }, element('h2', {}, 'Who reaches whom'), this.controls.element),
      this.summary, this.map, this.grid.element);
  }

  /** Shows the matrix that the address asks for. */
  async show(selection, { isNew }) {
    this.#selection = selection;
    this.controls.show(selection);
    if (isNew || !this.#answer) {
      const query = new URLSearchParams(Object.entries({
        protocol: selection.protocol, port: selection.port, family: selection.family,
      }).filter(([, value]) => value)).toString();
      this.grid.element.setAttribute('aria-busy', 'true');
      const [answer] = await Promise.all([
        this.lab.ask(`connectivity${query ? `?${query}` : ''}`), this.requirements.load(),
      ]);
      this.grid.element.removeAttribute('aria-busy');
      this.#answer = answer;
    }
    this.#paint();
  }

  /** Marks the cells that a try would change. */
  ring(cells) {
    this.#changed = new Map(cells.map((cell) => [`${cell.from} ${cell.to}`, cell.after]));
    if (this.#answer) this.#paint();
  }

  #paint() {
    const { endpoints, summary } = this.#answer;
    const by = this.#selection.group ?? (endpoints.length >= GROUPED_FROM ? 'alike' : 'nothing');
    this.controls.setGroup(by);
    const alone = new Set([this.#selection.from, this.#selection.to, this.#selection.vm].filter(Boolean));
    for (const key of this.#changed.keys()) key.split(' ').forEach((name) => alone.add(name));
    let entries = entriesOf(this.#answer, { by, document: this.lab.document, alone, open: this.#open });
    let rows = entries;
    if (this.#selection.only) {
      rows = rows.filter((row) => entries.some((column) => this.#isOf(this.#selection.only, row, column)));
    }
    const doubts = this.#answer.depends?.length ?? 0;
    this.summary.textContent = `${count(summary.reachable, 'pair')} can talk, ${summary.blocked} cannot`
      + `${doubts ? `; ${doubts} depend on what no document says (?)` : ''}.`;
    const selected = this.#find(rows, entries);
    this.grid.show(rows, entries, selected);
    fill(this.map, by === 'nothing' && endpoints.length > 60
      ? heatMap(this.#answer, (row, column) => this.grid.goTo(row, column)) : null);
  }

  #isOf(filter, row, column) {
    if (filter === 'changed') return this.#change(row, column) !== undefined;
    return /not met|but possible/.test(this.#mark(row, column) ?? '');
  }

  #find(rows, columns) {
    const { from, to, vm } = this.#selection;
    const at = (all, name) => all.findIndex((entry) => entry.key === name && !entry.isGroup);
    if (from && to) return { row: at(rows, from), column: at(columns, to), isSelected: true };
    if (vm) return { row: at(rows, vm), column: 0, isSelected: false };
    return { row: -1, column: -1, isSelected: false };
  }

  #names(row, column) {
    const [from, to] = pairOf(row, column);
    return [this.#answer.endpoints[from], this.#answer.endpoints[to]];
  }

  #outcome(row, column) {
    const [from, to] = pairOf(row, column);
    return this.#answer.matrix[from][to];
  }

  #mark(row, column) {
    return this.requirements.mark(...this.#names(row, column));
  }

  #change(row, column) {
    return this.#changed.get(this.#names(row, column).join(' '));
  }

  #name(row, column) {
    const outcome = this.#outcome(row, column);
    const mark = this.#mark(row, column);
    const change = this.#change(row, column);
    return [
      `${row.label} to ${column.label}: ${verdict(outcome)}`,
      mark, change === undefined ? null
        : `would be ${change === null ? 'gone' : verdict(change)}`,
    ].filter(Boolean).join('; ');
  }

  #select(row, column) {
    const [from, to] = this.#names(row, column);
    if (from === to) choose({ vm: from, from: null, to: null, network: null });
    else choose({ from, to, vm: null, network: null });
  }

  #toggle(entry) {
    const name = entry.group ?? entry.key;
    if (this.#open.has(name)) this.#open.delete(name);
    else this.#open.add(name);
    this.#paint();
  }
}

