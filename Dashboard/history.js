/** Every revision: what it changed, and the way back. */

import { get, send } from './api.js';
import { button, element, fill } from './element.js';
import { choose } from './router.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { age, count, KINDS, verdict, when } from './words.js';

/** Shows the view. */
export async function showHistory({ body, lab, route, alive }) {
  const list = element('ul', { 'aria-label': 'Revisions', class: 'plain' });
  const detail = element('div', { class: 'pane' });
  const from = element('select', { 'aria-label': 'Compare revision' });
  const to = element('select', { 'aria-label': 'with revision' });
  fill(body, element('div', { class: 'controls' }, 'Compare ', from, ' with ', to,
    button('Compare', () => choose({ from: from.value, to: to.value }))), detail, list);
  const paint = async () => {
    const { revisions } = await get(`${lab.path('revisions')}?limit=200`);
    if (!alive()) return;
    fill(list, revisions.map((each) => item(lab, each, detail)));
    for (const box of [from, to]) {
      const before = box.value;
      fill(box, revisions.map(({ revision }) => element('option', { value: revision }, revision)));
      if (before) box.value = before;
    }
    from.value = String(revisions.at(Math.min(1, revisions.length - 1)).revision);
  };
  const compare = async ({ query }) => {
    const [first, second] = [query.get('from'), query.get('to')];
    if (!first || !second) return void fill(detail);
    const answer = await get(lab.path(`revisions/${encodeURIComponent(first)}/diff?to=${encodeURIComponent(second)}`));
    if (alive()) fill(detail, difference(answer));
    return undefined;
  };
  await paint();
  await compare(route);
  return { update: compare, end: lab.subscribe(paint) };
}

function item(lab, each, detail) {
  const who = each.token ?? (each.client ? `from ${each.client}` : 'somebody');
  const what = each.restored_from ? `restored revision ${each.restored_from}` : KINDS[each.kind];
  return element('li', { class: 'card revision', 'aria-label': `Revision ${each.revision}, ${what}` },
    element('strong', {}, `Revision ${each.revision}, ${what}`),
    element('span', { class: 'quiet', title: when(each.changed_at) }, ` ${age(each.changed_at)}, ${who}`),
    element('span', { class: 'actions' },
      each.revision > 1 && each.kind !== 'deleted' ? button('Changes', async () => {
        fill(detail, difference(await get(lab.path(`revisions/${each.revision - 1}/diff?to=${each.revision}`))));
        detail.scrollIntoView({ block: 'nearest' });
      }, { 'aria-label': `Changes of revision ${each.revision}` }) : null,
      mayWrite() && each.revision !== lab.revision && each.kind !== 'deleted' ? button('Restore',
        () => restore(lab, each.revision), { 'aria-label': `Restore revision ${each.revision}`, 'data-writes': '' }) : null));
}

async function restore(lab, number) {
  const before = lab.revision;
  lab.writing += 1;
  try {
    const { revision } = await send('POST', lab.path(`revisions/${number}/restore`), { headers: { 'If-Match': `"${before}"` } });
    await lab.stored(`Restore revision ${number}`, before, revision);
    say(`Restored revision ${number}, as revision ${revision}.`);
  } finally {
    lab.writing -= 1;
  }
}

function difference({ from, to, patch, changes }) {
  const { cells, addresses } = changes;
  return element('section', { class: 'card', 'aria-label': `From revision ${from} to ${to}` },
    element('h2', {}, `From revision ${from} to ${to}`),
    element('p', {}, `${count(cells.length, 'cell')}, ${count(addresses.length, 'address', 'addresses')}`),
    element('ul', { class: 'small-list' },
      cells.slice(0, 100).map((each) => element('li', {}, `${each.from} to ${each.to}: ${verdict(each.before)} becomes ${verdict(each.after)}`)),
      addresses.slice(0, 100).map((each) => element('li', {}, `${each.vm}, adapter ${each.slot}: ${each.before ?? 'no address'} becomes ${each.after ?? 'no address'}`))),
    element('details', {}, element('summary', {}, 'In the document'),
      element('pre', { class: 'difference', tabindex: '0' }, (patch ?? []).map((each) => `${each.op} ${each.path}${each.value === undefined ? '' : ` ${JSON.stringify(each.value)}`}\n`))));
}
