/** A scene, as `GET …/drawing` answers it, as SVG. */

import { shape } from './element.js';

const path = (points) => points.map(([x, y], index) => `${index ? 'L' : 'M'}${x} ${y}`).join('');

/** The texts of a part. */
const labels = (all) => all.map(({ text, style, x, y, centred }) => shape('text', {
  x, y, class: style, 'text-anchor': centred ? 'middle' : null,
}, text));

/** A line: hanger, riser, cable or link. */
export function line(each) {
  return shape('g', { class: `line ${each.kind} ${each.network ?? ''}${each.unplugged ? ' unplugged' : ''}` },
    shape('path', { d: path(each.points) }), labels(each.labels));
}

/** A bar, and what it is called. */
export function bar(each) {
  return [
    shape('rect', { x: each.x, y: each.y, width: each.width, height: each.height, rx: 3 }),
    labels(each.labels),
  ];
}

/** A box, and what it is called. */
export function box(each) {
  return [
    shape('rect', { x: each.x, y: each.y, width: each.width, height: each.height, rx: 4 }),
    labels(each.labels),
  ];
}

/** What holds VMs together that are alike. */
export function frameOf(each) {
  return shape('rect', {
    class: 'frame', x: each.x, y: each.y, width: each.width, height: each.height, rx: 6,
  });
}

/** The way of a pair, with its sentence. */
export function way(each) {
  const mark = each.mark && shape('path', {
    class: 'stop', d: `M${each.mark[0] - 7} ${each.mark[1] - 7}l14 14m0-14l-14 14`,
  });
  return shape('g', { role: 'img', class: `way ${each.stop ? 'stopped' : ''}`, 'aria-label': each.title },
    each.legs.map((leg, index) => shape('g', { class: 'leg', 'data-leg': index },
      shape('path', { d: path(leg.points) }),
      shape('path', { class: 'arrow', d: `${path(leg.arrow)}Z` }))), mark);
}

/** The extent of a way, to bring it into sight: `{x, y, width, height}`. */
export function extent(points) {
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  return {
    x: Math.min(...xs), y: Math.min(...ys),
    width: Math.max(...xs) - Math.min(...xs), height: Math.max(...ys) - Math.min(...ys),
  };
}
