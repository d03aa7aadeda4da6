/** The document as text, checked while it is typed. */

import { send } from './api.js';
import { button, element, fill, link } from './element.js';
import { labAddress } from './router.js';
import { conflict } from './conflict.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { count } from './words.js';

const TYPES = { yaml: 'application/yaml', json: 'application/json' };
/** After so many milliseconds without a key the text is checked. */
const PAUSE = 200;

/** Shows the view. */
export async function showText({ body, lab, alive }) {
  const draft = JSON.parse(sessionStorage.getItem(key(lab)) ?? 'null');
  let format = draft?.format ?? 'yaml';
  let stored = '';
  const box = element('textarea', {
    'aria-label': 'Lab document', spellcheck: 'false', wrap: 'off', readOnly: !mayWrite(), class: 'code', autocomplete: 'off',
  });
  const gutter = element('div', { class: 'gutter' });
  const faults = element('section', { 'aria-label': 'Faults', class: 'faults' });
  const radios = Object.keys(TYPES).map((each) => element('label', {}, element('input', {
    type: 'radio', name: 'format', value: each, checked: each === format, onchange: () => change(each),
  }), ` ${each.toUpperCase()}`));
  const save = button('Save', () => store(), { class: 'primary', 'data-writes': '' });
  fill(body, element('div', { class: 'controls' }, mayWrite() ? save : null, radios),
    element('div', { class: 'editor' }, gutter, box), faults);

  const load = async () => {
    stored = (await send('GET', lab.path(), { as: 'text', headers: { Accept: TYPES[format] } })).value;
    if (format === 'json') stored = `${JSON.stringify(JSON.parse(stored), null, 2)}\n`;
  };
  const change = async (to) => {
    if (box.value !== stored) {
      say('Save or undo the text first: another format shows what is stored.');
      radios.forEach((label) => { label.firstChild.checked = label.firstChild.value === format; });
      return;
    }
    format = to;
    await load();
    box.value = stored;
    number([]);
  };
  const number = (lines) => paintGutter(gutter, box.value.split('\n').length, lines);
  let timer = null;
  let checking = null;
  const typed = () => {
    if (box.value === stored) sessionStorage.removeItem(key(lab));
    else sessionStorage.setItem(key(lab), JSON.stringify({ text: box.value, format, revision: lab.revision }));
    clearTimeout(timer);
    timer = setTimeout(check, PAUSE);
    number([]);
  };
  const check = async () => {
    checking?.abort();
    checking = new AbortController();
    const text = box.value;
    try {
      const { changes } = await lab.dryRun(text, TYPES[format], checking.signal);
      if (!alive() || text !== box.value) return;
      lab.trial = text === stored ? null : { label: 'The text as typed', changes, edit: null };
      const cells = changes.cells.length + (changes.more?.cells ?? 0);
      fill(faults, element('p', { class: 'yes' }, 'No faults. ',
        link(`${count(cells, 'cell')} would change`, labAddress(lab.name, '', { only: cells ? 'changed' : null }))));
      number([]);
    } catch (error) {
      if (error.name === 'AbortError' || !alive() || text !== box.value) return;
      showFaults(faults, error, box);
      number(error.errors.filter(({ line }) => line));
    }
  };
  const store = async () => {
    try {
      await lab.storeText('Edit the text', box.value, TYPES[format]);
      sessionStorage.removeItem(key(lab));
      await load();
      box.value = stored;
      say(`Saved as revision ${lab.revision}.`);
      await check();
    } catch (error) {
      if (error.status === 412) await settle();
      else if (error.errors?.length) showFaults(faults, error, box);
      else throw error;
    }
  };
  const settle = async () => {
    await lab.load();
    await load();
    const choice = await conflict(box.value, stored);
    if (choice === 'mine') await store();
    else if (choice === 'theirs') {
      box.value = stored;
      sessionStorage.removeItem(key(lab));
      await check();
    }
  };
  await load();
  if (!alive()) return {};
  box.value = draft?.text ?? stored;
  if (draft) say('This is text of yours that is not saved.');
  box.addEventListener('input', typed);
  box.addEventListener('scroll', () => { gutter.scrollTop = box.scrollTop; });
  number([]);
  if (draft) check();
  const end = lab.subscribe(async () => {
    const isUnsaved = box.value !== stored;
    await load();
    if (!isUnsaved) box.value = stored;
    number([]);
  });
  return { end: () => { end(); clearTimeout(timer); checking?.abort(); if (lab.trial && !lab.trial.edit && !location.search.includes('only')) lab.trial = null; } };
}

const key = (lab) => `labplan:text:${lab.name}`;

function paintGutter(gutter, lines, faults) {
  const at = new Map(faults.map((fault) => [fault.line, fault]));
  fill(gutter, Array.from({ length: Math.min(lines, 20_000) }, (_, index) => {
    const fault = at.get(index + 1);
    return element('div', { class: fault ? 'faulty' : null },
      fault ? element('span', { role: 'img', 'aria-label': `Fault on line ${index + 1}: ${fault.detail}` }, '●') : null, index + 1);
  }));
}

function showFaults(section, error, box) {
  const faults = error.errors.length ? error.errors : [{ detail: error.message }];
  fill(section, element('h2', {}, 'Faults'), element('ul', { class: 'plain' }, faults.slice(0, 100).map((fault) => element('li', {},
    fault.line ? button(`Line ${fault.line}: ${fault.detail}`, () => goToLine(box, fault)) : `${fault.pointer ?? ''} ${fault.detail}`))));
}

function goToLine(box, { line, column }) {
  const lines = box.value.split('\n');
  const start = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0) + (column ?? 1) - 1;
  box.focus();
  box.setSelectionRange(start, start);
  const height = parseFloat(getComputedStyle(box).lineHeight);
  box.scrollTop = Math.max(0, (line - 5) * height);
}
