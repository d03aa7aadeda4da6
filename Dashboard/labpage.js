/** A lab: its head, its views, and what happens when it changes. */

import { button, element, fill, link } from './element.js';
import { exportMenu } from './exportmenu.js';
import { findableIn, setFindable } from './find.js';
import { setHeading } from './frame.js';
import { Lab } from './lab.js';
import { onChange } from './live.js';
import { labAddress } from './router.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { offers, redoLast, undoLast } from './undo.js';
import { age, VIEWS } from './words.js';
import { showAddresses } from './addresses.js';
import { showFindings } from './findings.js';
import { showHistory } from './history.js';
import { showPlan } from './plan.js';
import { showRecommendations } from './recommendations.js';
import { showText } from './text.js';

const SHOW = {
  '': showPlan, addresses: showAddresses, findings: showFindings, text: showText,
  recommendations: showRecommendations, history: showHistory,
};

/** Shows a lab in the page. */
export async function showLab({ main, route, alive }) {
  const lab = new Lab(route.lab);
  main.setAttribute('aria-busy', 'true');
  try {
    await lab.load();
  } catch (error) {
    if (error.status !== 404 || !alive()) throw error;
    setHeading('No such lab');
    fill(main, element('h1', {}, `There is no lab ${route.lab}`),
      element('p', {}, 'It may have been deleted or renamed. ', link('Go to the labs', '/')));
    return {};
  } finally {
    main.removeAttribute('aria-busy');
  }
  if (!alive()) return {};
  const head = element('div', { class: 'lab-head' });
  const body = element('div', { class: 'view' });
  fill(main, head, body);
  let view = { path: null };

  const paintHead = () => {
    fill(head, ...headOf(lab, view.path));
    setFindable(findableIn(lab.document));
  };
  const update = async (to) => {
    if (view.path === to.view) return view.update?.(to);
    view.end?.();
    const visit = { path: to.view, alive: true };
    view = { ...visit, end: () => { visit.alive = false; visit.leave?.(); } };
    paintHead();
    setHeading(lab.name, VIEWS.find(({ path }) => path === to.view).name);
    fill(body);
    body.setAttribute('aria-busy', 'true');
    const made = await SHOW[to.view]({ body, lab, route: to, alive: () => visit.alive && alive() });
    body.removeAttribute('aria-busy');
    visit.leave = made?.end;
    if (visit.alive) view.update = made?.update;
  };
  const endings = [
    lab.subscribe(paintHead),
    onChange((change) => follow(lab, change, alive)),
    ...listenTo({
      'labplan:undo': () => undo(lab), 'labplan:redo': () => redo(lab),
      'labplan:found': () => lab.refresh('other'),
    }),
  ];
  await update(route);
  return { update, end: () => { endings.forEach((end) => end()); view.end?.(); } };
}

function headOf(lab, path) {
  const { undo: last, canUndo, redo: next, canRedo } = offers(lab.name, lab.revision);
  return [
    element('div', { class: 'title' }, element('h1', {}, lab.name),
      element('span', { class: 'quiet' }, `revision ${lab.revision}`),
      lab.document.description ? element('span', { class: 'quiet' }, lab.document.description) : null,
      element('span', { class: 'actions' },
        mayWrite() ? [
          button(last ? `Undo: ${last.label}` : 'Undo', () => undo(lab), { disabled: !canUndo, 'data-writes': '' }),
          button(next ? `Redo: ${next.label}` : 'Redo', () => redo(lab), { disabled: !canRedo, 'data-writes': '' }),
        ] : null,
        exportMenu(lab))),
    element('nav', { 'aria-label': 'Lab', class: 'views' },
      VIEWS.map(({ path: to, name }) => link(name, labAddress(lab.name, to),
        { 'aria-current': to === path ? 'page' : null }))),
  ];
}

async function undo(lab) {
  if (!offers(lab.name, lab.revision).canUndo) return;
  const done = await undoLast(lab);
  if (done) say(`Undone: ${done.label}`);
}

async function redo(lab) {
  if (!offers(lab.name, lab.revision).canRedo) return;
  const done = await redoLast(lab);
  if (done) say(`Done again: ${done.label}`);
}

/** Takes up what another client did. One's own changes come back by the stream too. */
async function follow(lab, change, alive) {
  if (change.lab !== lab.name || !alive()) return;
  while (lab.writing > 0) await new Promise((resolve) => setTimeout(resolve, 20));
  if (change.revision <= lab.revision || !alive()) return;
  if (change.kind === 'deleted') {
    say(`${lab.name} was deleted by ${change.token ?? 'somebody else'}.`);
    return;
  }
  await lab.refresh('other');
  say(`${lab.name} was changed by ${change.token ?? 'somebody else'}, ${age(change.changed_at)}.`);
}

function listenTo(handlers) {
  return Object.entries(handlers).map(([name, handler]) => {
    addEventListener(name, handler);
    return () => removeEventListener(name, handler);
  });
}
