/** Arrows between things in a picture: the nearest in that direction is next. */

const WAYS = {
  ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
};

/** Moves the focus from one of many to its neighbour; one of them is the Tab stop. */
export function moveAmong(event, all, from) {
  const way = WAYS[event.key];
  if (!way) return;
  event.preventDefault();
  const here = middle(from);
  let nearest = null;
  for (const node of all) {
    if (node === from) continue;
    const there = middle(node);
    const along = (there.x - here.x) * way[0] + (there.y - here.y) * way[1];
    const aside = Math.abs((there.x - here.x) * way[1]) + Math.abs((there.y - here.y) * way[0]);
    if (along <= 1) continue;
    const distance = along + 3 * aside;
    if (!nearest || distance < nearest.distance) nearest = { node, distance };
  }
  if (!nearest) return;
  from.setAttribute('tabindex', '-1');
  nearest.node.setAttribute('tabindex', '0');
  nearest.node.focus();
}

function middle(node) {
  const { x, y, width, height } = node.getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
}
