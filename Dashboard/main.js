/** Where the page begins: shows what the address names, and what comes of a change of it. */

import { onTrouble } from './api.js';
import { frame, setHeading, setLost, showSession } from './frame.js';
import { element, fill } from './element.js';
import { listen, onChange } from './live.js';
import { onRoute, route } from './router.js';
import { identify } from './session.js';
import { say } from './status.js';
import { startShortcuts } from './shortcuts.js';
import * as api from './api.js';
import { showLabs } from './labs.js';
import { showLab } from './labpage.js';
import { showWizard } from './wizard.js';
import { showDocs } from './docs.js';
import { showSignIn } from './signin.js';

const main = frame();
/** Ends what is shown. */
let leave = () => {};
let shown = null;

/** Shows what the address names. */
async function show(to = route()) {
  const place = to.page === 'lab' ? `lab ${to.lab}` : to.page;
  if (place === shown?.place && shown.update) return shown.update(to);
  leave();
  const visit = { place, alive: true, update: null };
  shown = visit;
  leave = () => { visit.alive = false; visit.end?.(); };
  fill(main);
  const page = { main, route: to, alive: () => visit.alive };
  try {
    const views = {
      labs: showLabs, new: showWizard, docs: showDocs, lab: showLab, unknown: showUnknown,
    };
    Object.assign(visit, await views[to.page](page) ?? {});
  } catch (error) {
    if (visit.alive && error.status !== 401) fail(error);
  }
}

function showUnknown() {
  setHeading('Not found');
  fill(main, element('h1', {}, 'Not found'), element('p', {}, 'No page has this address. ',
    element('a', { href: '/' }, 'Go to the labs')));
}

function fail(error) {
  setHeading('Something failed');
  const id = error.requestID ? ` (request ${error.requestID})` : '';
  fill(main, element('h1', {}, 'This did not work'), element('p', { role: 'alert' }, error.message + id));
}

async function start() {
  try {
    showSession(await identify(api));
    listen();
    await show();
  } catch (error) {
    if (error.status !== 401) fail(error);
  }
}

onTrouble({
  unauthorized: (had) => {
    leave();
    shown = null;
    showSignIn(main, { wasRefused: had, onSuccess: start });
  },
  connection: setLost,
});
onRoute(show);
onChange((change) => { if (change.connected) setLost(true); });
startShortcuts();
addEventListener('unhandledrejection', ({ reason }) => {
  if (reason?.status !== 401) say(reason?.message ?? String(reason));
});
start();
