/** A cell of the matrix: its sign, its colours, and what it is called. */

import { element } from './element.js';
import { look } from './words.js';

/**
 * @param {Object} of how cells are named and shown
 * @param {{at: number, index: number, isLarge: boolean, isSelected: boolean, isCurrent: boolean}} place
 */
export function cellOf(of, row, column, { at, index, isLarge, isSelected, isCurrent }) {
  const outcome = of.outcome(row, column);
  const mark = of.mark(row, column) ?? '';
  const { sign, kind } = look(outcome);
  const classes = [
    kind, of.change(row, column) !== undefined && 'ringed',
    /not met|but possible/.test(mark) && 'unmet', mark,
  ];
  return element('td', {
    role: 'gridcell', class: classes.filter(Boolean).join(' ').replaceAll(',', ''),
    'aria-label': of.name(row, column), 'aria-colindex': index + 2,
    'aria-selected': String(isSelected), tabindex: isCurrent ? '0' : '-1',
    'data-row': at, 'data-column': index,
  }, sign, isLarge ? element('span', { class: 'word' }, outcome) : null);
}
