/** A lab for beginners, in their words: what should work, and what does that best. */

import { send } from './api.js';
import { element, fill } from './element.js';
import { setHeading } from './frame.js';
import { importing } from './imports.js';
import { store } from './labs.js';
import { picture } from './picture.js';
import { others } from './recommendations.js';
import { go, labAddress } from './router.js';
import { say } from './status.js';
import { NEEDS, OBSTACLES, count } from './words.js';

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Shows the page. */
export async function showWizard({ main, alive }) {
  setHeading('New lab');
  const name = element('input', { id: 'lab-name', value: 'lab', autocomplete: 'off', 'aria-describedby': 'name-fault', oninput: () => checkName() });
  const nameFault = element('p', { id: 'name-fault', class: 'error', 'aria-live': 'polite' });
  const machines = element('input', { id: 'how-many', value: '3', oninput: () => ask(), 'aria-describedby': 'how-many-help' });
  const needs = NEEDS.map(({ need, label }, index) => tick(label, need, index < 2, (box) => exclude(box)));
  const obstacles = OBSTACLES.map(({ key, label }) => tick(label, key, false, () => ask()));
  const result = element('div', { class: 'result' });
  const create = element('button', { type: 'submit', class: 'primary', disabled: true, 'data-writes': '' }, 'Create lab');
  let chosen = null;

  const checkName = () => {
    const isGood = LABEL.test(name.value);
    const better = name.value.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
    name.setAttribute('aria-invalid', String(!isGood));
    nameFault.textContent = isGood ? '' : `A name has small letters, digits and hyphens${better ? `; "${better}" would do` : ''}.`;
    create.disabled = !isGood || !chosen;
  };
  // Who lets nothing in or out asks for neither the internet nor the LAN.
  const exclude = (box) => {
    const by = Object.fromEntries(needs.map((each) => [each.box.value, each.box]));
    if (box.checked && box.value === 'isolated') by.internet.checked = by['visible-on-lan'].checked = false;
    else if (box.checked && ['internet', 'visible-on-lan'].includes(box.value)) by.isolated.checked = false;
    ask();
  };
  let turn = 0;
  const ask = async () => {
    const mine = turn += 1;
    const question = questionOf(machines.value, ticked(needs), ticked(obstacles));
    chosen = null;
    create.disabled = true;
    if (typeof question === 'string') return void fill(result, element('p', { class: 'quiet' }, question));
    result.setAttribute('aria-busy', 'true');
    try {
      const { value } = await send('POST', '/v1/recommendations', { body: question });
      if (mine === turn && alive()) show(value);
    } catch (error) {
      if (mine === turn && alive()) fill(result, element('p', { role: 'alert', class: 'error' }, error.errors[0]?.detail ?? error.message));
    }
    if (mine === turn) result.removeAttribute('aria-busy');
    return undefined;
  };
  const show = (answer) => {
    const offers = answer.recommendations.filter(({ lab }) => lab);
    if (offers.length === 0) return void fill(result, impossible(answer), others(answer));
    fill(result, element('div', { role: 'radiogroup', 'aria-label': 'Recommendations', class: 'cards' },
      offers.map((each, index) => offer(each, index === 0, () => { chosen = each.lab; checkName(); }))), others(answer));
    chosen = offers[0].lab;
    checkName();
    return undefined;
  };
  const submit = async (event) => {
    event.preventDefault();
    if (!chosen) return;
    const made = await store(chosen, name.value);
    go(labAddress(made));
    say(`Made ${made}.`);
  };
  fill(main, element('h1', {}, 'New lab'), element('form', { class: 'wizard', onsubmit: submit },
    element('div', { class: 'card questions' },
      element('label', { for: 'lab-name' }, 'Name of the lab'), name, nameFault,
      element('label', { for: 'how-many' }, 'How many VMs?'), machines,
      element('p', { class: 'quiet', id: 'how-many-help' }, 'A number, or names: android, windows, ubuntu'),
      element('fieldset', {}, element('legend', {}, 'What should work?'), needs.map(({ label }) => label)),
      element('fieldset', {}, element('legend', {}, 'What stands in the way?'), obstacles.map(({ label }) => label)), create),
    element('div', {}, element('h2', {}, 'What does it best'), result)), importing());
  await ask();
  return {};
}

function tick(text, value, checked, onchange) {
  const box = element('input', { type: 'checkbox', value, checked, onchange: ({ target }) => onchange(target) });
  return { box, label: element('label', { class: 'tick' }, box, ` ${text}`) };
}

const ticked = (all) => all.filter(({ box }) => box.checked).map(({ box }) => box.value);

/** The question to the planner, or what is missing. */
function questionOf(machines, needs, obstacles) {
  const text = machines.trim();
  const names = text.split(/[\s,]+/).filter(Boolean);
  const vms = /^\d+$/.test(text) ? Number(text) : names;
  if (needs.length === 0) return 'Say what should work.';
  if (vms === 0 || names.length === 0) return 'Say how many VMs there are.';
  const question = { vms, needs };
  if (obstacles.includes('wireless')) question.host = { uplink: { kind: 'wireless' } };
  const constraints = {};
  if (obstacles.includes('administrator')) constraints.administrator = false;
  if (obstacles.includes('security')) constraints.port_security = true;
  if (Object.keys(constraints).length) question.constraints = constraints;
  return question;
}

function offer(each, isBest, onchoose) {
  return element('label', { class: 'card offer' },
    element('input', { type: 'radio', name: 'recommendation', checked: isBest, onchange: onchoose, 'aria-label': `${each.summary}. ${count(each.adapters, 'adapter')}` }),
    element('strong', {}, ` ${each.summary}`), picture(each.lab),
    element('ul', { class: 'small-list' }, (each.because ?? []).slice(0, 3).map((text) => element('li', {}, text)),
      (each.caveats ?? []).map((text) => element('li', { class: 'quiet' }, text))));
}

function impossible(answer) {
  const core = answer.unsatisfiable ?? answer.conflict ?? answer.core;
  const texts = (core?.requirements ?? core ?? []).map?.(({ from, to, allow }) => `${from} ${allow === false ? 'not to' : 'to'} ${to}`) ?? [];
  return element('p', { role: 'alert', class: 'card error' }, 'No lab does all of this.',
    texts.length ? ` In the way: ${texts.join('; ')}.` : ' Untick one wish, or one thing that stands in the way.');
}
