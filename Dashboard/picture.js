/** A drawing of a document that is not stored: for cards. */

import { send } from './api.js';
import { element, fill, shape } from './element.js';
import { bar, box, frameOf, line } from './scene.js';

/** An element that shows the picture once the service has drawn it. */
export function picture(document) {
  const holder = element('div', { class: 'picture' });
  send('POST', '/v1/drawing', { body: document, headers: { Accept: 'application/json' } })
    .then(({ value }) => fill(holder, drawn(value)))
    .catch(() => holder.remove());
  return holder;
}

function drawn(scene) {
  return shape('svg', {
    viewBox: `0 0 ${scene.width} ${scene.height}`, role: 'img', 'aria-label': scene.title, class: 'topology still',
  }, scene.lines.map(line), scene.bars.map((each) => shape('g', { class: `bar ${each.kind}` }, bar(each))),
  scene.frames.map(frameOf),
  scene.boxes.map((each) => shape('g', { class: `box ${each.kind}${each.gateway ? ' gateway' : ''}` }, box(each))));
}
