/** Changes by others, as they are made: one stream a browser, shared by its tabs. */

import { authorization } from './api.js';

const channel = new BroadcastChannel('labplan');
const listeners = new Set();
let started = null;
let lastID = null;

/** Tells a listener of every change: `{lab, revision, kind, token}`. Returns how to end that. */
export function onChange(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Begins to listen; again with another token. */
export function listen() {
  started?.abort();
  started = new AbortController();
  const { signal } = started;
  // Locks need a secure context; a tab elsewhere has a stream of its own.
  if (navigator.locks) {
    navigator.locks.request('labplan-events', { signal }, () => follow(signal)).catch(() => {});
  } else follow(signal);
}

channel.onmessage = ({ data }) => tell(data);

function tell(change) {
  for (const listener of [...listeners]) listener(change);
}

async function follow(signal) {
  let pause = 250;
  while (!signal.aborted) {
    try {
      const headers = { Accept: 'text/event-stream', ...authorization() };
      if (lastID !== null) headers['Last-Event-ID'] = lastID;
      const response = await fetch('/v1/events', { headers, signal });
      if (!response.ok) {
        if (response.status === 401 || response.status === 403) return;
        throw new Error(response.statusText);
      }
      pause = 250;
      tell({ connected: true });
      await read(response.body.getReader());
    } catch {
      if (signal.aborted) return;
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(3000, pause * 2);
  }
}

async function read(reader) {
  const decoder = new TextDecoder();
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += decoder.decode(value, { stream: true });
    const events = text.split('\n\n');
    text = events.pop();
    events.forEach(take);
  }
}

function take(event) {
  const fields = Object.fromEntries(event.split('\n').filter((line) => line && !line.startsWith(':'))
    .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
  if (fields.id !== undefined) lastID = fields.id;
  if (fields.event !== 'change' || !fields.data) return;
  const change = JSON.parse(fields.data);
  channel.postMessage(change);
  tell(change);
}
