/** What a lab is for: its requirements, met or not, edited beside the matrix. */

import { button, element, fill } from './element.js';
import { mayWrite } from './session.js';

/** Requirements of a lab, and what they say of each pair. */
export class Unmet {
  #marks = new Map();

  constructor(lab) {
    this.lab = lab;
    this.element = element('section', { class: 'pane', 'aria-label': 'Requirements' });
  }

  /** Reads which are met. A service without that answer says nothing of it. */
  async load() {
    const answer = await this.lab.ask('requirements').catch((error) => {
      if (error.status === 404) return null;
      throw error;
    });
    const given = this.lab.document.requirements ?? [];
    const judged = answer?.requirements ?? given.map((requirement) => ({ requirement }));
    this.#marks.clear();
    for (const each of judged) {
      for (const pair of each.pairs ?? []) this.#note(pair, each);
    }
    this.#paint(judged.map((each) => ({ ...each, requirement: each.requirement ?? each })));
  }

  #note({ from, to, met }, { allow, requirement }) {
    const isForbidden = (requirement?.allow ?? allow) === false;
    const text = isForbidden ? (met ? 'forbidden' : 'forbidden, but possible')
      : (met ? 'required' : 'required, not met');
    const key = `${from} ${to}`;
    const before = this.#marks.get(key);
    // What is not met is what has to be seen.
    if (!before || !/not met|but possible/.test(before)) this.#marks.set(key, text);
  }

  /** What is asked of a pair: `required`, `forbidden, but possible` …; null for nothing. */
  mark(from, to) {
    return this.#marks.get(`${from} ${to}`) ?? null;
  }

  #paint(judged) {
    const met = judged.filter((each) => each.met).length;
    const known = judged.some((each) => typeof each.met === 'boolean');
    fill(this.element, element('div', { class: 'pane-head' },
      element('h2', {}, `Requirements${known ? `: ${met} of ${judged.length} met` : ''}`)),
    judged.length === 0 ? element('p', { class: 'quiet' }, 'Nothing is required. Say what must work, and what must not.') : null,
    element('ul', { class: 'plain', 'aria-label': 'Requirements' },
      judged.map((each, index) => this.#item(each, index))),
    mayWrite() ? this.#form() : null);
  }

  #item({ requirement, met }, index) {
    const text = sentence(requirement);
    return element('li', { class: met === false ? 'unmet' : null },
      met === undefined ? null : element('span', { class: met ? 'yes' : 'no' }, met ? '✓ ' : '✗ '), text,
      mayWrite() ? button('Remove', () => this.lab.change(`Remove requirement ${text}`, (document) => {
        document.requirements.splice(index, 1);
        return document;
      }), { 'aria-label': `Remove requirement ${text}`, 'data-writes': '', class: 'small' }) : null);
  }

  #form() {
    const names = [...(this.lab.document.vms ?? []).map(({ name }) => name), 'vms', 'host', 'lan', 'internet',
      ...new Set((this.lab.document.vms ?? []).flatMap(({ tags }) => tags ?? []).map((tag) => `tag:${tag}`))];
    const options = () => names.map((name) => element('option', { value: name }, name));
    const from = element('select', { 'aria-label': 'From' }, options());
    const to = element('select', { 'aria-label': 'To' }, options());
    const kind = element('select', { 'aria-label': 'Whether it must be possible' },
      element('option', { value: 'must' }, 'must reach'), element('option', { value: 'not' }, 'must not reach'));
    const port = element('input', { 'aria-label': 'TCP port, empty for all', size: '5', inputmode: 'numeric', placeholder: 'port' });
    const add = async (event) => {
      event.preventDefault();
      const made = { from: from.value, to: to.value };
      if (kind.value === 'not') made.allow = false;
      if (port.value) Object.assign(made, { protocol: 'tcp', port: Number(port.value) });
      await this.lab.change(`Require ${sentence(made)}`, (document) => {
        document.requirements = [...(document.requirements ?? []), made];
        return document;
      });
    };
    return element('form', { class: 'controls', onsubmit: add }, from, kind, to, port,
      element('button', { type: 'submit', 'data-writes': '' }, 'Add requirement'));
  }
}

/** `vms to internet, tcp 80`. */
export function sentence({ from, to, allow, protocol, port }) {
  const service = port ? `, ${protocol ?? 'tcp'} ${port}` : protocol ? `, ${protocol}` : '';
  return `${from} ${allow === false ? 'not to' : 'to'} ${to}${service}`;
}
