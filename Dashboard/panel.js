/** What there is to know and do of one VM or network. */

import { get } from './api.js';
import { button, element, fill, link } from './element.js';
import { apply, tried } from './explanation.js';
import { attached, detached, removed, renamed, withMode } from './edits.js';
import { menu } from './menu.js';
import { choose, labAddress } from './router.js';
import { mayWrite } from './session.js';
import { isReachable } from './words.js';

/** Shows the selected VM or network; nothing where none is. */
export async function showPanel(pane, lab, { vm, network }, alive) {
  const machine = lab.document.vms?.find(({ name }) => name === vm);
  const found = lab.document.networks?.find(({ name }) => name === network);
  if (!machine && !found) {
    const missing = vm ?? network;
    return void fill(pane, missing ? element('p', { role: 'alert' }, `This lab has no ${vm ? 'VM' : 'network'} ${missing}.`) : null);
  }
  const addresses = await lab.ask('addresses');
  const section = machine ? await ofMachine(lab, machine, addresses) : await ofNetwork(lab, found, addresses);
  if (alive()) fill(pane, section);
  return undefined;
}

async function ofMachine(lab, machine, addresses) {
  const { endpoints, matrix } = await lab.ask('connectivity');
  const row = endpoints.indexOf(machine.name);
  const reaches = endpoints.filter((_, index) => isReachable(matrix[row][index]));
  const reachedBy = endpoints.filter((_, index) => isReachable(matrix[index][row]));
  const rows = addresses.adapters.filter((each) => each.vm === machine.name);
  return element('section', { class: 'card', 'aria-label': `VM ${machine.name}` },
    element('h2', {}, `VM ${machine.name}`), element('p', { class: 'quiet' }, machine.os ?? 'no system named'),
    element('table', { class: 'facts' },
      element('thead', {}, element('tr', {}, ['Adapter', 'Network', 'Address', 'MAC', 'Change'].map((text) => element('th', { scope: 'col' }, text)))),
      element('tbody', {}, (machine.adapters ?? []).map((adapter, index) => adapterRow(lab, machine, adapter, index, rows)))),
    machine.adapters?.length ? null : element('p', {}, 'It has no adapter.'),
    element('p', {}, `Reaches ${list(reaches)}.`), element('p', {}, `Is reached by ${list(reachedBy)}.`),
    element('p', { class: 'actions' },
      menu('Attach to a network', () => (lab.document.networks ?? []).map(({ name, mode }) => ({
        name: `${name} (${mode})`,
        action: () => tried(lab, `Attach ${machine.name} to ${name}`, (document) => attached(document, machine.name, name)),
      }))),
      mayWrite() ? [rename(lab, machine),
        button('Remove VM', () => tried(lab, `Remove ${machine.name}`, (document) => removed(document, machine.name)))] : null,
      button('Close', () => choose({ vm: null }))));
}

function adapterRow(lab, machine, adapter, index, rows) {
  const slot = adapter.slot ?? rows[index]?.slot ?? index + 1;
  const planned = rows.find((each) => each.slot === slot);
  const label = `Detach adapter ${slot} of ${machine.name}`;
  return element('tr', {}, element('td', {}, slot), element('td', {}, adapter.network ?? 'not attached'),
    element('td', {}, planned?.ipv4?.address ?? planned?.ipv4?.source ?? '—'),
    element('td', {}, planned?.mac ?? '—'),
    element('td', {}, adapter.cable_connected === false ? 'unplugged ' : null,
      button('Detach', () => tried(lab, label, (document) => detached(document, machine.name, index)),
        { 'aria-label': label, class: 'small' })));
}

function rename(lab, machine) {
  const field = element('input', { 'aria-label': 'New name', value: machine.name, size: 14, maxlength: 63 });
  return element('form', {
    class: 'inline',
    onsubmit: async (event) => {
      event.preventDefault();
      const to = field.value.trim();
      if (to === machine.name) return;
      await apply(lab, `Rename ${machine.name} to ${to}`, (document) => renamed(document, machine.name, to));
      choose({ vm: to }, { replace: true });
    },
  }, field, element('button', { type: 'submit', 'data-writes': '' }, 'Rename'));
}

async function ofNetwork(lab, network, addresses) {
  const { modes } = await get('/v1/modes');
  const planned = addresses.networks.find(({ name }) => name === network.name);
  const members = addresses.adapters.filter((each) => each.network === network.name);
  const mode = modes.find((each) => each.mode === network.mode);
  const choice = element('select', {
    'aria-label': `Mode of ${network.name}`,
    onchange: ({ target }) => tried(lab, `Make ${network.name} ${target.value}`,
      (document) => withMode(document, network.name, target.value)),
  }, modes.map((each) => element('option', { value: each.mode, selected: each.mode === network.mode }, each.mode)));
  return element('section', { class: 'card', 'aria-label': `Network ${network.name}` },
    element('h2', {}, `Network ${network.name}`),
    element('p', {}, `${mode?.name ?? network.mode}: ${mode?.description ?? ''}`),
    element('p', {}, planned?.ipv4 ? [element('code', {}, planned.ipv4.prefix),
      planned.ipv4.gateway ? ` · gateway ${planned.ipv4.gateway}` : '', ` · ${planned.ipv4.free} addresses free`] : 'Its prefix is not known before boot.'),
    element('ul', { class: 'plain small-list' }, members.map((each) => element('li', {},
      link(each.vm, labAddress(lab.name, '', { vm: each.vm })), ` adapter ${each.slot} `,
      element('code', {}, each.ipv4?.address ?? each.ipv4?.source ?? '—')))),
    members.length ? null : element('p', { class: 'quiet' }, 'Nothing is attached to it.'),
    element('p', { class: 'actions' }, element('label', {}, 'Try it as ', choice),
      button('Close', () => choose({ network: null }))));
}

/** `a, b and c`, cut where it is long. */
function list(names) {
  if (names.length === 0) return 'nobody';
  const shown = names.slice(0, 12);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length === 1 ? shown[0] : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
