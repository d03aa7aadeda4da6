/** Undo of this tab's own changes: the history of the service does the work. */

import { send, labPath } from './api.js';

/** By lab: what can be taken back, and what can be done again. The newest is last. */
const stacks = new Map();

function stack(lab) {
  if (!stacks.has(lab)) stacks.set(lab, { undo: [], redo: [] });
  return stacks.get(lab);
}

/**
 * Remembers a change of this tab.
 * @param {{label: string, before: number, after: number}} change the revisions before and after
 */
export function noteChange(lab, change) {
  const { undo, redo } = stack(lab);
  undo.push({ label: change.label, to: change.before, at: change.after });
  redo.length = 0;
}

/** What can be undone and redone of a lab at a revision: labels, or null. */
export function offers(lab, revision) {
  const { undo, redo } = stack(lab);
  const top = undo.at(-1);
  const next = redo.at(-1);
  return {
    undo: top ?? null, canUndo: top?.at === revision,
    redo: next ?? null, canRedo: next?.at === revision,
  };
}

/** Takes the last own change back. */
export function undoLast(lab) {
  return move(lab, 'undo', 'redo');
}

/** Does again what was taken back last. */
export function redoLast(lab) {
  return move(lab, 'redo', 'undo');
}

async function move(lab, from, to) {
  const all = stack(lab.name);
  const entry = all[from].at(-1);
  if (!entry) return null;
  lab.writing += 1;
  try {
    const path = labPath(lab.name, 'revisions', String(entry.to), 'restore');
    const { revision } = await send('POST', path, { headers: { 'If-Match': `"${entry.at}"` } });
    all[from].pop();
    all[to].push({ label: entry.label, to: entry.at, at: revision });
    // What lies below was made at the revision that is restored, and is so again.
    if (all[from].at(-1)?.at === entry.to) all[from].at(-1).at = revision;
    await lab.refresh('own');
    return entry;
  } finally {
    lab.writing -= 1;
  }
}
