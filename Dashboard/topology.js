/** The lab as a picture: looked at, moved, and asked. */

import { button, element, fill, shape } from './element.js';
import { choose } from './router.js';
import { bar, box, extent, frameOf, line, way } from './scene.js';
import { Viewport } from './viewport.js';
import { startDrag } from './drag.js';
import { moveAmong } from './arrows.js';

export class Topology {
  #scene = null;
  #shown = null;
  #nodes = new Map();

  constructor(lab) {
    this.lab = lab;
    this.svg = shape('svg', { class: 'topology', role: 'group', 'aria-label': `Topology of ${lab.name}` });
    this.viewport = new Viewport(this.svg);
    this.element = element('section', { 'aria-label': 'Topology', class: 'pane topology-pane' },
      element('div', { class: 'pane-head' }, element('h2', {}, 'Topology'),
        element('span', { class: 'actions' },
          button('Zoom in', () => this.viewport.zoom(0.8)),
          button('Zoom out', () => this.viewport.zoom(1.25)),
          button('Fit', () => this.viewport.fit()))),
      this.svg);
    this.svg.addEventListener('click', (event) => this.#select(event.target.closest('[data-kind]')));
    this.svg.addEventListener('keydown', (event) => this.#key(event));
    startDrag(this);
  }

  /** Draws the lab as it is, with the way of a pair where one is selected. */
  async show({ pair, vm, network, port, protocol, family }) {
    const scene = await this.#load(pair, { port, protocol, family });
    if (!scene) return;
    const isOther = this.#scene?.width !== scene.width || this.#scene?.height !== scene.height;
    this.#scene = scene;
    this.#paint(scene);
    if (isOther || !this.#shown) this.viewport.setScene(scene);
    const key = JSON.stringify([pair?.from, pair?.to, vm, network]);
    if (key !== this.#shown) {
      const points = scene.way?.legs.flatMap((leg) => leg.points) ?? [];
      const chosen = scene.boxes.find((each) => each.kind === 'vm' && each.node === vm)
        ?? scene.bars.find((each) => each.networks.includes(network));
      if (points.length) this.viewport.reveal(extent(points));
      else if (chosen) this.viewport.reveal(chosen);
    }
    this.#shown = key;
    this.light(vm ? [vm] : []);
  }

  async #load(pair, query) {
    const asked = pair ? Object.entries({ from: pair.from, to: pair.to, ...query }) : [];
    const text = new URLSearchParams(asked.filter(([, value]) => value)).toString();
    return this.lab.ask(`drawing${text ? `?${text}` : ''}`, { headers: { Accept: 'application/json' } });
  }

  #paint(scene) {
    const focused = document.activeElement?.dataset?.id;
    this.#nodes.clear();
    fill(this.svg,
      shape('g', {}, scene.lines.map((each) => line(each))),
      shape('g', {}, scene.bars.map((each) => this.#bar(each))),
      shape('g', {}, scene.lines.filter((each) => each.kind === 'cable').map((each) => this.#cable(each))),
      scene.frames.map(frameOf),
      shape('g', {}, scene.boxes.map((each) => this.#box(each))),
      scene.way ? way(scene.way) : null);
    const first = this.#nodes.get(focused) ?? this.svg.querySelector('[role=button]');
    first?.setAttribute('tabindex', '0');
    if (focused) first?.focus({ preventScroll: true });
  }

  #button(id, kind, name, label, children, className) {
    const node = shape('g', {
      role: 'button', tabindex: '-1', 'aria-label': label, class: className,
      'data-kind': kind, 'data-name': name, 'data-id': id,
    }, shape('title', {}, label), children);
    if (!this.#nodes.has(id)) this.#nodes.set(id, node);
    return node;
  }

  #bar(each) {
    const isFirst = /^(network:[^:]*|lan-bar)$/.test(each.id);
    const [name, ...more] = isFirst ? each.networks : [];
    const drawn = shape('g', { class: `bar ${each.kind}` }, bar(each));
    if (!name) return drawn;
    const width = each.width / (more.length + 1);
    return [name, ...more].map((network, index) => this.#button(`network:${network}`, 'network', network,
      `network ${network}, ${this.#mode(network)}`,
      index === 0 ? drawn : shape('rect', {
        class: 'target', x: each.x + width * index, y: each.y, width, height: each.height }), 'bar-button'));
  }

  #cable(each) {
    const [name] = each.networks;
    const at = each.labels[0];
    if (!name || !at) return null;
    return this.#button(`network:${name}`, 'network', name, `network ${name}, ${this.#mode(name)}`,
      shape('rect', { class: 'target', x: at.x - 30, y: at.y - 12, width: 60, height: 24 }), 'cable-button');
  }

  #mode(network) {
    return this.lab.document.networks?.find(({ name }) => name === network)?.mode ?? '';
  }

  #box(each) {
    const className = `box ${each.kind}${each.gateway ? ' gateway' : ''}`;
    const text = each.labels.map((label) => label.text).join(', ');
    if (each.kind === 'router') return shape('g', { class: className, 'data-node': each.node }, box(each));
    const label = each.kind === 'vm' ? `VM ${text.startsWith(each.node) ? text : `${each.node}, ${text}`}`
      : `${each.kind}, ${text}`;
    const node = this.#button(each.id, each.kind, each.node, label, box(each), className);
    node.dataset.node = each.node;
    return node;
  }

  /** Lights machines by their names. */
  light(names) {
    for (const node of this.svg.querySelectorAll('[data-node]')) {
      node.classList.toggle('lit', names.includes(node.dataset.node));
    }
  }

  /** Lights one step of the way. */
  step(index) {
    this.svg.querySelectorAll('.leg').forEach((leg, at) => leg.classList.toggle('lit', at === index));
  }

  /** The network whose bar is at a place of the picture. */
  networkAt({ x, y }) {
    const hit = this.#scene?.bars.find((each) => each.networks.length > 0
      && x >= each.x && x <= each.x + each.width && y >= each.y - 8 && y <= each.y + each.height + 8);
    return hit?.networks[0] ?? null;
  }

  #select(node) {
    if (!node) return;
    const { kind, name } = node.dataset;
    if (kind === 'vm') choose({ vm: name, network: null, from: null, to: null });
    else if (kind === 'network') choose({ network: name, vm: null, from: null, to: null });
  }

  #key(event) {
    const node = event.target.closest('[data-kind]');
    if (!node) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      this.#select(node);
    } else moveAmong(event, [...this.svg.querySelectorAll('[role=button]')], node);
  }
}
