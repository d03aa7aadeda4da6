/** Everything wrong or risky, and what would mend it. */

import { button, element, fill, link } from './element.js';
import { apply } from './explanation.js';
import { applied } from './patch.js';
import { labAddress } from './router.js';
import { mayWrite } from './session.js';

/** Shows the view. */
export async function showFindings({ body, lab, alive }) {
  const paint = async () => {
    const { findings, summary, more } = await lab.ask('findings');
    if (!alive()) return;
    if (findings.length === 0) {
      fill(body, element('p', { class: 'card yes' }, 'Nothing is wrong with this lab, as far as a document can tell.'));
      return;
    }
    fill(body, element('p', {}, `${summary.error} errors, ${summary.warning} warnings, ${summary.info} remarks`,
      more ? `; ${more} more are not listed` : ''),
    element('ul', { 'aria-label': 'Findings', class: 'plain findings' }, findings.map((each) => item(lab, each))));
  };
  await paint();
  return { end: lab.subscribe(paint) };
}

function item(lab, finding) {
  const label = finding.fix_summary ?? finding.summary ?? described(finding);
  return element('li', { class: `card ${finding.severity}` },
    element('strong', { class: 'severity' }, finding.severity), ' ', finding.detail,
    element('span', { class: 'actions' },
      parties(lab, finding).map(({ name, kind }) => link(name, labAddress(lab.name, '', { [kind]: name }))),
      link('In the text', labAddress(lab.name, 'text')),
      mayWrite() && finding.fix?.length ? button(`Fix: ${label}`,
        () => apply(lab, `Fix: ${label}`, (document) => applied(document, finding.fix)), { 'data-writes': '' }) : null));
}

/** What a fix does, by its operations. */
function described({ fix }) {
  if (!fix?.length) return '';
  const [{ op, path, value }] = fix;
  const name = path.split('/').at(-1);
  const what = op === 'remove' ? `take ${name} away`
    : `set ${name === '-' ? path.split('/').at(-2) : name} to ${JSON.stringify(value)}`;
  return fix.length > 1 ? `${what}, and ${fix.length - 1} more` : what;
}

/** The VMs and networks that a finding is about. */
function parties(lab, { pointer, related }) {
  const found = new Map();
  for (const place of [pointer, ...(related ?? [])]) {
    const [, list, index] = place.split('/');
    const each = lab.document[list]?.[Number(index)];
    const kind = { vms: 'vm', networks: 'network' }[list];
    if (kind && each?.name) found.set(each.name, { kind, name: each.name });
    if (list === 'port_forwards' && each?.vm) found.set(each.vm, { kind: 'vm', name: each.vm });
  }
  return [...found.values()].slice(0, 4);
}
