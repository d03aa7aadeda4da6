/** The plan: the drawing, who reaches whom, and why. */

import { element } from './element.js';
import { choose } from './router.js';
import { Topology } from './topology.js';
import { Matrix } from './matrix.js';
import { showExplanation } from './explanation.js';
import { showPanel } from './panel.js';
import { whatWouldChange } from './whatif.js';
import { Unmet } from './requirements.js';

/** Shows the view. */
export async function showPlan({ body, lab, route, alive }) {
  const topology = new Topology(lab);
  const requirements = new Unmet(lab);
  const matrix = new Matrix(lab, requirements);
  const explanation = element('div', { class: 'pane' });
  const panel = element('div', { class: 'pane' });
  const trial = element('div', { class: 'pane' });
  body.append(element('div', { class: 'plan' },
    element('div', { class: 'left' }, topology.element, panel),
    element('div', { class: 'right' }, matrix.element, trial, explanation, requirements.element)));

  let selection = read(route);
  const paint = async ({ isNew }) => {
    const pair = selection.from && selection.to ? selection : null;
    await Promise.all([
      topology.show({ ...selection, pair }), matrix.show(selection, { isNew }),
    ]);
    if (!alive()) return;
    performance.mark('labplan:drawn');
    whatWouldChange(trial, lab);
    matrix.ring(lab.trial?.changes?.cells ?? []);
    await Promise.all([
      showExplanation(explanation, lab, selection, alive),
      showPanel(panel, lab, selection, alive),
    ]);
  };
  matrix.onLit = (names) => topology.light(names);
  const ends = [
    lab.subscribe(async (what) => {
      if (what === 'trial') {
        whatWouldChange(trial, lab);
        matrix.ring(lab.trial?.changes?.cells ?? []);
        return;
      }
      await paint({ isNew: true });
      if (what === 'other') body.firstElementChild.classList.add('glow');
      setTimeout(() => body.firstElementChild?.classList.remove('glow'), 1500);
    }),
  ];
  const onEscape = (event) => {
    if (event.key !== 'Escape' || event.target.closest('dialog, [role=menu], input')) return;
    if (lab.trial) lab.discard();
    else choose({ from: null, to: null, vm: null, network: null });
  };
  document.addEventListener('keydown', onEscape);
  await paint({ isNew: true });
  return {
    update: (to) => {
      const before = selection;
      selection = read(to);
      return paint({ isNew: ['port', 'protocol', 'family', 'group'].some((key) => before[key] !== selection[key]) });
    },
    end: () => {
      ends.forEach((end) => end());
      document.removeEventListener('keydown', onEscape);
    },
  };
}

/** What the address says is selected. */
function read({ query }) {
  const keys = ['from', 'to', 'port', 'protocol', 'family', 'vm', 'network', 'group', 'only'];
  return Object.fromEntries(keys.map((key) => [key, query.get(key)]));
}
