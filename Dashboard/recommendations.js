/** Labs that meet the requirements, best first. */

import { button, element, fill } from './element.js';
import { apply, tried } from './explanation.js';
import { picture } from './picture.js';
import { go, labAddress } from './router.js';
import { mayWrite } from './session.js';
import { count } from './words.js';

/** Shows the view. */
export async function showRecommendations({ body, lab, alive }) {
  const paint = async () => {
    const answer = await lab.ask('recommendations');
    if (!alive()) return;
    const requirements = lab.document.requirements ?? [];
    fill(body, requirements.length === 0
      ? element('p', { class: 'card' }, 'This lab requires nothing. Add requirements beside the matrix of the plan, and the best lab for them appears here.') : null,
    element('ol', { class: 'plain cards', 'aria-label': 'Recommendations' },
      (answer.recommendations ?? []).map((each) => card(lab, each))),
    others(answer));
  };
  await paint();
  return { end: lab.subscribe(paint) };
}

function card(lab, each) {
  const edit = () => ({ ...each.lab, name: lab.name });
  return element('li', { class: 'card' },
    element('h2', {}, `${each.rank}. ${each.summary}`),
    element('p', { class: 'quiet' }, `${count(each.adapters, 'adapter')}, ${count(each.networks ?? 0, 'network')}, `
      + `exposure ${each.exposure}: so many pairs can talk although nobody asked`),
    picture(each.lab), list('Why', each.because), list('Mind', each.caveats),
    element('p', { class: 'actions' },
      button('Try', async () => {
        await tried(lab, each.summary, edit);
        go(labAddress(lab.name, '', { only: 'changed' }));
      }, { 'aria-label': `Try: ${each.summary}` }),
      mayWrite() ? button('Apply', () => apply(lab, each.summary, edit), {
        'aria-label': `Apply: ${each.summary}`, class: 'primary', 'data-writes': '' }) : null));
}

function list(title, texts) {
  if (!texts?.length) return null;
  return [element('h3', {}, title), element('ul', { class: 'small-list' }, texts.map((text) => element('li', {}, text)))];
}

/** Why the other modes do not do. */
export function others({ ruled_out: ruledOut }) {
  if (!ruledOut?.length) return null;
  return element('section', { 'aria-label': 'Why not the others', class: 'card' },
    element('h2', {}, 'Why not the others'),
    element('dl', { class: 'reasons' }, ruledOut.map(({ mode, because }) => [
      element('dt', {}, mode), element('dd', {}, because)])));
}
