/** Every adapter's address, and what is free. */

import { send } from './api.js';
import { button, element, fill } from './element.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { SOURCES } from './words.js';

const COLUMNS = [
  ['VM', (each) => each.vm], ['Adapter', (each) => each.slot], ['Network', (each) => each.network ?? '—'],
  ['IPv4', (each) => each.ipv4?.address ?? '—'], ['IPv6', (each) => each.ipv6?.address ?? '—'],
  ['How', (each) => each.ipv4?.source ?? each.ipv6?.source ?? 'none'], ['MAC', (each) => each.mac ?? '—'],
];

/** Shows the view. */
export async function showAddresses({ body, lab, alive }) {
  let sorted = { column: 0, by: 1 };
  let filter = '';
  const paint = async () => {
    const answer = await lab.ask('addresses');
    if (!alive()) return;
    const rows = answer.adapters.filter((each) => COLUMNS.some(([, read]) => String(read(each)).includes(filter)))
      .sort((a, b) => sorted.by * compare(COLUMNS[sorted.column][1](a), COLUMNS[sorted.column][1](b)));
    fill(table, head(), element('tbody', {}, rows.map((each) => element('tr', {}, COLUMNS.map(([name, read]) => cell(name, read(each), each))))));
    fill(networks, answer.networks.map((network) => networkBar(lab, network, answer.adapters)));
  };
  const head = () => element('thead', {}, element('tr', {}, COLUMNS.map(([name], index) => element('th', {
    scope: 'col', 'aria-sort': index === sorted.column ? (sorted.by > 0 ? 'ascending' : 'descending') : 'none',
  }, button(name, () => {
    sorted = { column: index, by: index === sorted.column ? -sorted.by : 1 };
    paint();
  })))));
  const table = element('table', { 'aria-label': 'Addresses', class: 'list' });
  const networks = element('div', { class: 'bars' });
  fill(body, element('div', { class: 'controls' }, element('label', {}, 'Filter ', element('input', {
    type: 'search', oninput: ({ target }) => { filter = target.value.trim(); paint(); },
  }))), element('div', { class: 'scroll' }, table), element('h2', {}, 'Networks'), networks);
  await paint();
  return { end: lab.subscribe(paint) };
}

function compare(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

function cell(name, text, each) {
  if (name === 'How') {
    return element('td', { title: each.ipv4?.reason ?? SOURCES[text] ?? '' }, text,
      element('span', { class: 'hidden-text' }, `: ${each.ipv4?.reason ?? SOURCES[text] ?? ''}`));
  }
  if (text === '—' || name === 'Adapter' || name === 'Network') return element('td', {}, text);
  return element('td', {}, button(text, async () => {
    await navigator.clipboard?.writeText(String(text));
    say(`${text} is in the clipboard.`);
  }, { class: 'plain-button', title: `Copy ${text}` }));
}

function networkBar(lab, network, adapters) {
  const used = adapters.filter((each) => each.network === network.name && each.ipv4?.address).length;
  const { ipv4 } = network;
  const total = ipv4 ? Math.max(1, ipv4.free + used) : 1;
  const bar = element('meter', { min: 0, max: total, value: used, 'aria-label': `${network.name}: ${used} used of ${total}` });
  return element('section', { class: 'card', 'aria-label': `Addresses of ${network.name}` },
    element('h3', {}, network.name, element('span', { class: 'quiet' }, ` ${network.mode}`)),
    ipv4 ? [element('p', {}, element('code', {}, ipv4.prefix), ` · ${used} used, ${ipv4.free} free`), bar] : element('p', { class: 'quiet' }, 'Its prefix is not known before boot.'),
    mayWrite() && ipv4 ? reserve(lab, network) : null);
}

function reserve(lab, network) {
  const number = element('input', { type: 'number', min: 1, max: 1000, value: 1, 'aria-label': `How many addresses of ${network.name}` });
  const note = element('input', { maxlength: 200, placeholder: 'what for', 'aria-label': `What the addresses of ${network.name} are for` });
  return element('form', {
    class: 'controls',
    onsubmit: async (event) => {
      event.preventDefault();
      const body = { count: Number(number.value), ...(note.value ? { note: note.value } : {}) };
      const { value } = await send('POST', lab.path(`networks/${network.name}/addresses`), { body });
      say(`Reserved ${value.addresses.join(', ')}.`);
      await lab.load();
      lab.tell('own');
    },
  }, number, note, element('button', { type: 'submit', 'data-writes': '' }, 'Reserve the next free'));
}
