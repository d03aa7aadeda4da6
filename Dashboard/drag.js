/** A VM dragged onto a network: what would change is said before it is let go. */

import { shape } from './element.js';
import { mayWrite } from './session.js';
import { say } from './status.js';
import { attached } from './edits.js';
import { count } from './words.js';

const FAR = 6;

/** Makes the VMs of a topology draggable. */
export function startDrag(topology) {
  const { svg, lab } = topology;
  svg.addEventListener('pointerdown', (event) => {
    const node = event.target.closest('[data-kind=vm]');
    if (!node || event.button !== 0) return;
    const drag = new Drag(topology, node, event);
    const move = (moved) => drag.move(moved);
    const end = (ended) => {
      svg.removeEventListener('pointermove', move);
      removeEventListener('keydown', leave, true);
      drag.end(ended.type === 'pointerup');
    };
    const leave = (key) => {
      if (key.key !== 'Escape' || !drag.isUnderWay) return;
      key.stopPropagation();
      lab.discard();
      end({ type: 'escape' });
    };
    svg.addEventListener('pointermove', move);
    addEventListener('keydown', leave, true);
    svg.addEventListener('pointerup', end, { once: true });
    svg.addEventListener('pointercancel', end, { once: true });
  });
}

class Drag {
  isUnderWay = false;
  #over = null;
  #hanger = null;

  constructor(topology, node, event) {
    this.topology = topology;
    this.vm = node.dataset.name;
    this.node = node;
    this.from = event;
  }

  move(event) {
    const far = Math.hypot(event.clientX - this.from.clientX, event.clientY - this.from.clientY);
    if (!this.isUnderWay && far < FAR) return;
    this.isUnderWay = true;
    this.node.classList.add('dragged');
    const place = this.topology.viewport.place(event);
    this.#draw(place);
    const network = this.topology.networkAt(place);
    if (network !== this.#over) this.#enter(network);
  }

  #draw(place) {
    const start = this.topology.viewport.place(this.from);
    this.#hanger ??= this.topology.svg.appendChild(shape('path', { class: 'dashed' }));
    this.#hanger.setAttribute('d', `M${start.x} ${start.y}L${place.x} ${place.y}`);
  }

  async #enter(network) {
    this.#over = network;
    const { svg, lab } = this.topology;
    for (const each of svg.querySelectorAll('[data-kind=network]')) {
      each.classList.toggle('lit', each.dataset.name === network);
    }
    if (!network) return lab.discard();
    const label = `Attach ${this.vm} to ${network}`;
    const trial = await lab.tryOut(label, (document) => attached(document, this.vm, network));
    if (this.#over !== network) return null;
    lab.tell('trial');
    say(`${label}: ${count(trial.changes.cells.length, 'cell')} would change. `
      + 'Let go to try it, Escape to leave it.');
    return null;
  }

  end(isDropped) {
    this.#hanger?.remove();
    this.node.classList.remove('dragged');
    for (const each of this.topology.svg.querySelectorAll('.lit[data-kind=network]')) each.classList.remove('lit');
    if (!this.isUnderWay) return;
    this.#swallowClick();
    if (!isDropped || !this.#over) this.topology.lab.discard();
    else if (!mayWrite()) say('This token may look and try, but not store.');
  }

  /** The click that comes of letting go selects nothing. */
  #swallowClick() {
    const { svg } = this.topology;
    const stop = (event) => event.stopImmediatePropagation();
    svg.addEventListener('click', stop, { capture: true });
    setTimeout(() => svg.removeEventListener('click', stop, { capture: true }));
  }
}
