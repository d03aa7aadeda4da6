/** Which part of a picture is seen, and how large. */

/** Names have letters of this many units. */
const NAME_LETTER = 12;
const READABLE = 9;

export class Viewport {
  #scene = { width: 1, height: 1 };
  #view = { x: 0, y: 0, width: 1, height: 1 };

  constructor(svg) {
    this.svg = svg;
    svg.addEventListener('wheel', (event) => {
      event.preventDefault();
      this.zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, this.place(event));
    }, { passive: false });
    this.#pan();
    this.#pinch();
  }

  /** Another picture: all of it is shown. */
  setScene({ width, height }) {
    this.#scene = { width, height };
    this.svg.setAttribute('height', Math.min(height, 640));
    this.fit();
  }

  /** Shows all of it, at most in its own size. */
  fit() {
    const { width, height } = this.#size();
    const scale = Math.max(this.#scene.width / width, this.#scene.height / height, 1);
    this.#set({
      x: (this.#scene.width - width * scale) / 2, y: (this.#scene.height - height * scale) / 2,
      width: width * scale, height: height * scale,
    });
  }

  /** Shows more or less, around a place. */
  zoom(factor, place = null) {
    const { x, y, width, height } = this.#view;
    const bounded = Math.min(Math.max(width * factor, 60), this.#scene.width * 4 + 400) / width;
    const at = place ?? { x: x + width / 2, y: y + height / 2 };
    this.#set({
      x: at.x - (at.x - x) * bounded, y: at.y - (at.y - y) * bounded,
      width: width * bounded, height: height * bounded,
    });
  }

  /** Brings a part into sight, large enough to be read. */
  reveal(part) {
    const { width, height } = this.#size();
    const scale = this.#view.width / width;
    const isSeen = part.x >= this.#view.x && part.x + part.width <= this.#view.x + this.#view.width
      && part.y >= this.#view.y && part.y + part.height <= this.#view.y + this.#view.height;
    const largest = NAME_LETTER / READABLE;
    if (isSeen && scale <= largest) return;
    const wanted = Math.min(Math.max((part.width + 160) / width, (part.height + 120) / height, 1), largest);
    this.#set({
      x: part.x + part.width / 2 - width * wanted / 2, y: part.y + part.height / 2 - height * wanted / 2,
      width: width * wanted, height: height * wanted,
    });
  }

  /** The place of the picture under a pointer. */
  place({ clientX, clientY }) {
    const area = this.svg.getBoundingClientRect();
    return {
      x: this.#view.x + (clientX - area.x) / area.width * this.#view.width,
      y: this.#view.y + (clientY - area.y) / area.height * this.#view.height,
    };
  }

  #size() {
    const { width, height } = this.svg.getBoundingClientRect();
    return { width: Math.max(width, 1), height: Math.max(height, 1) };
  }

  #set(view) {
    this.#view = view;
    this.svg.setAttribute('viewBox', [view.x, view.y, view.width, view.height].map((each) => each.toFixed(1)).join(' '));
  }

  #pan() {
    this.svg.addEventListener('pointerdown', (event) => {
      if (event.target.closest('[data-kind]') || event.button !== 0) return;
      const start = { ...this.#view };
      const { width } = this.#size();
      const move = (moved) => this.#set({
        ...start,
        x: start.x - (moved.clientX - event.clientX) * start.width / width,
        y: start.y - (moved.clientY - event.clientY) * start.width / width,
      });
      this.svg.setPointerCapture(event.pointerId);
      this.svg.addEventListener('pointermove', move);
      this.svg.addEventListener('pointerup', () => this.svg.removeEventListener('pointermove', move), { once: true });
    });
  }

  #pinch() {
    const fingers = new Map();
    const spread = () => {
      const [a, b] = [...fingers.values()];
      return Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    };
    let before = 0;
    this.svg.addEventListener('pointerdown', (event) => {
      fingers.set(event.pointerId, event);
      if (fingers.size === 2) before = spread();
    });
    this.svg.addEventListener('pointermove', (event) => {
      if (!fingers.has(event.pointerId)) return;
      fingers.set(event.pointerId, event);
      if (fingers.size !== 2) return;
      const now = spread();
      if (now > 0 && before > 0) this.zoom(before / now, this.place(event));
      before = now;
    });
    for (const name of ['pointerup', 'pointercancel']) {
      this.svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
    }
  }
}
