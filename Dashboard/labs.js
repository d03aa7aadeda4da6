/** The labs of the service; on a service without any, the first steps. */

import { get, labPath, Problem, send } from './api.js';
import { button, element, fill, link } from './element.js';
import { EXAMPLE } from './example.js';
import { setFindable } from './find.js';
import { setHeading } from './frame.js';
import { importing } from './imports.js';
import { onChange } from './live.js';
import { go, labAddress } from './router.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { age, count } from './words.js';

/** As many labs are asked for at once. */
const PAGE = 200;

/** Shows the page. */
export async function showLabs({ main, alive }) {
  let labs = [];
  let next = null;
  let filter = '';
  const cards = element('ul', { class: 'plain cards', 'aria-label': 'Labs' });
  const load = async () => {
    ({ labs, next } = await get(`/v1/labs?limit=${PAGE}`));
    labs.sort((a, b) => b.updated_at.localeCompare(a.updated_at));
  };
  const paint = () => {
    const shown = labs.filter(({ name, description }) => `${name} ${description ?? ''}`.toLowerCase().includes(filter));
    fill(cards, shown.map((each) => card(each, refresh)));
  };
  const refresh = async () => {
    await load();
    if (!alive()) return;
    if (labs.length === 0) firstRun(main);
    else if (cards.isConnected) paint();
    else whole();
  };
  const whole = () => {
    setHeading('Labs');
    fill(main, element('h1', {}, 'Labs'), element('div', { class: 'controls' },
      element('label', {}, 'Filter ', element('input', {
        type: 'search', oninput: ({ target }) => { filter = target.value.trim().toLowerCase(); paint(); } })),
      mayWrite() ? link('New lab', '/new', { class: 'as-button' }) : null), cards,
    next ? element('p', { class: 'quiet' }, `These are the first ${PAGE}. Use the address of a lab, or the search, for others.`) : null,
    mayWrite() ? importing() : null);
    paint();
  };
  setFindable([]);
  await load();
  if (!alive()) return {};
  if (labs.length === 0) firstRun(main);
  else whole();
  return { end: onChange(({ lab }) => { if (lab) refresh(); }) };
}

function firstRun(main) {
  setHeading('Plan your first lab');
  fill(main, element('section', { class: 'card first' },
    element('h1', {}, 'Plan your first lab'),
    element('p', {}, 'labplan says which address every virtual machine gets and who will reach whom, before you boot anything.'),
    mayWrite() ? element('p', { class: 'actions' }, link('New lab, step by step', '/new', { class: 'as-button primary' }),
      button('Load the example', loadExample, { 'data-writes': '' })) : element('p', {}, 'Nobody has stored a lab yet.')),
  mayWrite() ? importing() : null);
}

async function loadExample() {
  const name = await store(EXAMPLE, 'classic');
  go(labAddress(name));
  say(`Loaded the example as ${name}.`);
}

/** Stores a document under a name, or under the next that is free; returns the name. */
export async function store(document, wanted) {
  for (let number = 1; number < 100; number += 1) {
    const name = number === 1 ? wanted : `${wanted.slice(0, 59)}-${number}`;
    try {
      await send('PUT', labPath(name), { body: { ...document, name }, headers: { 'If-None-Match': '*' } });
      return name;
    } catch (error) {
      if (error.status !== 412) throw error;
    }
  }
  throw new Problem(0, { detail: `Every name like ${wanted} is taken.` });
}

function card(lab, refresh) {
  return element('li', { class: 'card lab-card' },
    element('h2', {}, link(lab.name, labAddress(lab.name))),
    lab.description ? element('p', {}, lab.description) : null,
    element('p', { class: 'quiet' }, `${count(lab.vms, 'VM')} · ${count(lab.networks, 'network')} · changed ${age(lab.updated_at)}`),
    health(lab),
    mayWrite() ? element('p', { class: 'actions' },
      button('Duplicate', () => duplicate(lab.name), { 'aria-label': `Duplicate ${lab.name}`, 'data-writes': '', class: 'small' }),
      button('Delete', () => remove(lab, refresh), { 'aria-label': `Delete ${lab.name}`, 'data-writes': '', class: 'small' })) : null);
}

/** Requirements and findings, where the service's list has them. */
function health({ requirements, findings }) {
  if (!requirements && !findings) return null;
  const { met, total } = requirements ?? {};
  return element('p', {},
    total ? element('span', { class: met === total ? 'yes' : 'no' }, `${met === total ? '✓' : '✗'} ${met} of ${total} required `) : null,
    findings?.error ? element('span', { class: 'no' }, count(findings.error, 'error')) : null,
    findings?.warning ? element('span', {}, ` ${count(findings.warning, 'warning')}`) : null);
}

async function duplicate(from) {
  const document = await get(labPath(from));
  const name = await store(document, `${from.slice(0, 57)}-copy`);
  go(labAddress(name));
  say(`Made ${name} from ${from}.`);
}

function remove({ name, revision }, refresh) {
  const dialog = element('dialog', { class: 'card', 'aria-label': `Delete ${name}?` },
    element('h2', {}, `Delete ${name}?`), element('p', {}, 'You can undo this.'),
    element('p', { class: 'actions' }, button('Delete', async () => {
      dialog.close();
      await send('DELETE', labPath(name), { headers: { 'If-Match': `"${revision}"` } });
      const back = async () => {
        await send('POST', labPath(name, 'revisions', String(revision), 'restore'));
        say(`${name} is back.`);
        await refresh();
      };
      await refresh();
      say(`Deleted ${name}.`, button(`Undo: Delete ${name}`, back));
    }, { class: 'primary' }), button('Keep it', () => dialog.close())));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
