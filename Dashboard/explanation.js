/** Why a pair can talk or cannot: the planner's sentence, the way, what would open it. */

import { button, element, fill } from './element.js';
import { applied } from './patch.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { count, verdict } from './words.js';

/** Shows the selected pair; nothing where none is. */
export async function showExplanation(pane, lab, selection, alive) {
  const { from, to } = selection;
  if (!from || !to) return void fill(pane);
  const query = new URLSearchParams(['protocol', 'port', 'family']
    .filter((key) => selection[key]).map((key) => [key, selection[key]])).toString();
  pane.setAttribute('aria-busy', 'true');
  const path = `connectivity/${encodeURIComponent(from)}/${encodeURIComponent(to)}${query ? `?${query}` : ''}`;
  let pair;
  try {
    pair = await lab.ask(path);
  } catch (error) {
    if (error.status !== 404) throw error;
    return void fill(pane, element('section', { class: 'card', 'aria-label': 'Explanation' },
      element('p', { role: 'alert' }, error.message)));
  } finally {
    pane.removeAttribute('aria-busy');
  }
  if (!alive()) return undefined;
  return void fill(pane, element('section', { class: 'card', 'aria-label': 'Explanation' },
    element('h2', {}, `${from} to ${to}: ${verdict(pair.outcome)}`),
    element('p', { class: 'sentence' }, pair.explanation),
    pair.confidence === 'depends' ? element('p', { class: 'quiet' },
      'Whether it works depends on something that no document says.') : null,
    dialled(pair), way(pair), copyButton(), remedies(pair, lab)));
}

function dialled({ dial }) {
  if (!dial?.length) return null;
  const texts = dial.slice(0, 4).map(({ address, port }) => `${address ?? 'an address that is known after boot'}${port ? ` port ${port}` : ''}`);
  return element('p', {}, 'Dial ', texts.flatMap((text, index) => [index ? ' or ' : '', element('code', {}, text)]), '.');
}

function way({ path, stopped_at: stop }) {
  if (!path?.length) return null;
  const list = element('ol', { 'aria-label': 'Path', class: 'path' }, path.map((hop) => element('li', {},
    element('strong', {}, hop.node), hop.address ? ` ${hop.address}` : '', hop.via ? ` on ${hop.via}` : '',
    hop.translation ? element('span', { class: 'quiet' }, `: ${hop.translation}`) : null,
    stop?.node === hop.node ? element('span', { class: 'no' },
      stop.packet === 'answer' ? ' — the answer stops here' : ' — stops here') : null)));
  let at = -1;
  const step = (by) => {
    at = Math.min(Math.max(at + by, 0), path.length - 1);
    [...list.children].forEach((item, index) => item.classList.toggle('lit', index === at));
    document.querySelectorAll('.topology .leg').forEach((leg, index) => leg.classList.toggle('lit', index === at - 1));
    say(`Step ${at + 1} of ${path.length}: ${list.children[at].textContent}`);
  };
  return [list, element('p', { class: 'actions' },
    button('◀ Step back', () => step(-1)), button('Step ▶', () => step(1)))];
}

function copyButton() {
  return element('p', {}, element('a', {
    href: location.href,
    onclick: async (event) => {
      event.preventDefault();
      event.stopPropagation();
      await navigator.clipboard?.writeText(location.href);
      say('The address of this pair is in the clipboard.');
    },
  }, 'Copy address'));
}

function remedies({ remedies: offered, reachable }, lab) {
  if (reachable || !offered) return null;
  if (offered.length === 0) return element('p', { class: 'quiet' }, 'No small change opens it.');
  return [element('h3', {}, 'What would open it'),
    element('ul', { 'aria-label': 'Remedies', class: 'remedies' }, offered.map((remedy) => {
      const edit = (document) => applied(document, remedy.change);
      return element('li', {}, element('span', {}, remedy.summary),
        element('span', { class: 'quiet' }, remedy.side_effects.length
          ? `changes ${count(remedy.side_effects.length, 'other cell')}` : 'changes nothing else'),
        element('span', { class: 'actions' },
          button('Try', () => tried(lab, remedy.summary, edit), { 'aria-label': `Try: ${remedy.summary}` }),
          mayWrite() ? button('Apply', () => apply(lab, remedy.summary, edit), {
            'aria-label': `Apply: ${remedy.summary}`, class: 'primary', 'data-writes': '' }) : null));
    }))];
}

/** Tries a change and says what would come of it. */
export async function tried(lab, label, edit) {
  const trial = await lab.tryOut(label, edit);
  lab.tell('trial');
  say(`${label}: ${count(trial.changes.cells.length, 'cell')} would change.`);
}

/** Stores a change and says so. */
export async function apply(lab, label, edit) {
  await lab.change(label, edit);
  say(`Done: ${label}`);
}
