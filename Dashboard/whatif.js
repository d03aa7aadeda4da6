/** What a try would change, before anything is stored. */

import { button, element, fill } from './element.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { count, verdict } from './words.js';

/** As many cells and addresses are listed. */
const LISTED = 30;

/** Shows what is tried; nothing where nothing is. */
export function whatWouldChange(pane, lab) {
  const { trial } = lab;
  if (!trial) return void fill(pane);
  const { cells, addresses, more } = trial.changes;
  return void fill(pane, element('section', { class: 'card try', 'aria-label': 'What would change' },
    element('h2', {}, 'What would change'), element('p', {}, trial.label),
    element('p', {}, `${count(cells.length + (more?.cells ?? 0), 'cell')}, `
      + `${count(addresses.length + (more?.addresses ?? 0), 'address', 'addresses')}`),
    listed(cells.map(({ from, to, before, after }) => `${from} to ${to}: ${verdict(before)} becomes ${verdict(after)}`)),
    listed(addresses.map(({ vm, slot, before, after }) => `${vm}, adapter ${slot}: ${before ?? 'no address'} becomes ${after ?? 'no address'}`)),
    foundings(trial.findings), wishes(trial.requirements),
    element('p', { class: 'actions' },
      mayWrite() ? button('Apply', async () => {
        const { label } = lab.trial;
        await lab.applyTrial();
        say(`Done: ${label}`);
      }, { class: 'primary', 'data-writes': '' }) : null,
      button('Discard', () => { lab.discard(); say('Nothing was changed.'); }))));
}

function listed(texts) {
  if (texts.length === 0) return null;
  const shown = texts.slice(0, LISTED).map((text) => element('li', {}, text));
  const rest = texts.length - shown.length;
  return element('ul', { class: 'plain small-list' }, shown, rest > 0 ? element('li', {}, `and ${rest} more`) : null);
}

function foundings(findings) {
  if (!findings) return null;
  return [...(findings.new ?? []).map(({ detail }) => element('p', { class: 'no' }, `New finding: ${detail}`)),
    ...(findings.gone ?? []).map(({ detail }) => element('p', { class: 'yes' }, `Solved: ${detail}`))];
}

function wishes(requirements) {
  if (!requirements) return null;
  const text = (each) => `${each.from} to ${each.to}`;
  return [...(requirements.no_longer_met ?? []).map((each) => element('p', { class: 'no' }, `No longer met: ${text(each)}`)),
    ...(requirements.newly_met ?? []).map((each) => element('p', { class: 'yes' }, `Newly met: ${text(each)}`))];
}
