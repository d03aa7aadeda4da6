/** A whole matrix of many endpoints in few pixels. */

import { element } from './element.js';
import { look } from './words.js';

const CELL = 3;

/** A picture of all cells; a click goes there. */
export function heatMap({ endpoints, matrix }, goTo) {
  const size = endpoints.length * CELL;
  const canvas = element('canvas', {
    width: size, height: size, role: 'img', class: 'heat',
    'aria-label': `All ${endpoints.length} times ${endpoints.length} cells; the grid has them one by one`,
    onclick: (event) => {
      const scale = endpoints.length / canvas.clientWidth;
      goTo(Math.floor(event.offsetY * scale), Math.floor(event.offsetX * scale));
    },
  });
  const colours = palette();
  const pen = canvas.getContext('2d');
  matrix.forEach((row, y) => row.forEach((outcome, x) => {
    pen.fillStyle = colours[look(outcome).kind];
    pen.fillRect(x * CELL, y * CELL, CELL, CELL);
  }));
  return canvas;
}

function palette() {
  const style = getComputedStyle(document.documentElement);
  const kinds = ['self', 'direct', 'routed', 'translated', 'forwarded', 'blocked'];
  return Object.fromEntries(kinds.map((kind) => [kind, style.getPropertyValue(`--${kind}-ground`).trim()]));
}
