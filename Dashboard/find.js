/** Finds a VM or network by its name. */

import { choose, go, labAddress, route } from './router.js';
import { get, labPath } from './api.js';
import { element, fill } from './element.js';
import { say } from './status.js';

let names = [];

/** What can be found: `{kind: 'vm'|'network', name}`. */
export function setFindable(all) {
  names = all;
  fill(document.getElementById('find-names'),
    all.slice(0, 500).map(({ name }) => element('option', { value: name })));
}

/** Opens the first hit for what a search box holds. */
export async function findAndOpen(box) {
  const text = box.value.trim().toLowerCase();
  if (!text) return;
  const hit = best(names, text);
  const { page, lab } = route();
  if (hit && page === 'lab') {
    const selection = hit.kind === 'vm' ? { vm: hit.name, network: null } : { vm: null, network: hit.name };
    if (document.querySelector('.topology')) choose({ ...selection, from: null, to: null });
    else go(labAddress(lab, '', hit.kind === 'vm' ? { vm: hit.name } : { network: hit.name }));
    return;
  }
  const found = await elsewhere(text);
  if (found) go(found);
  else say(`Nothing is called "${text.slice(0, 64)}".`);
}

function best(all, text) {
  return all.find(({ name }) => name === text) ?? all.find(({ name }) => name.startsWith(text))
    ?? all.find(({ name }) => name.includes(text));
}

/** A lab of that name, or one that has such a VM or network; the first hundred are looked through. */
async function elsewhere(text) {
  const { labs } = await get('/v1/labs?limit=100');
  const lab = labs.find(({ name }) => name === text) ?? labs.find(({ name }) => name.startsWith(text));
  if (lab) return labAddress(lab.name);
  for (const { name } of labs) {
    const document = await get(labPath(name));
    const hit = best(findableIn(document), text);
    if (hit) return labAddress(name, '', { [hit.kind]: hit.name });
  }
  return null;
}

/** What a document has to be found. */
export function findableIn(document) {
  return [
    ...(document.vms ?? []).map(({ name }) => ({ kind: 'vm', name })),
    ...(document.networks ?? []).map(({ name }) => ({ kind: 'network', name })),
  ];
}
