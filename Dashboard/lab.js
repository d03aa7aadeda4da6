/** A stored lab, as the page knows it: its document and what is answered about it. */

import { get, labPath, Problem, send } from './api.js';
import { noteChange } from './undo.js';

/** A lab and everything asked about it, until it changes. */
export class Lab {
  #answers = new Map();
  #listeners = new Set();
  /** What is tried and not stored: `{label, document, changes}`; null for nothing. */
  trial = null;
  /** How many writes of this tab are under way. */
  writing = 0;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    this.document = null;
    this.revision = 0;
  }

  /** Reads the document, and forgets what was answered about another. */
  async load() {
    const { value, revision } = await send('GET', labPath(this.name));
    if (revision !== this.revision) this.#answers.clear();
    this.document = value;
    this.revision = revision;
  }

  /** An answer about the lab as it is; asked once a revision. */
  ask(path, options) {
    if (!this.#answers.has(path)) {
      const answer = get(this.path(path), options);
      answer.catch(() => this.#answers.delete(path));
      this.#answers.set(path, answer);
    }
    return this.#answers.get(path);
  }

  /** A path below the lab's. */
  path(rest = '') {
    return labPath(this.name) + (rest ? `/${rest}` : '');
  }

  /** Tells a listener of changes; returns how to end that. */
  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(what) {
    for (const listener of [...this.#listeners]) listener(what);
  }

  /** Reads the lab again and says so. */
  async refresh(what = 'changed') {
    await this.load();
    if (this.trial) await this.tryOut(this.trial.label, this.trial.edit).catch(() => this.discard());
    this.tell(what);
  }

  /**
   * Changes the document, stores it and remembers how to undo that. Where somebody else was faster,
   * the same change is made to the newer document.
   * @param {string} label what it does, in words
   * @param {(document: Object) => Object|Promise<Object>} edit
   */
  async change(label, edit) {
    this.writing += 1;
    try {
      for (let attempt = 0; ; attempt += 1) {
        const document = await edit(structuredClone(this.document));
        try {
          return await this.#store(label, document);
        } catch (error) {
          if (error.status !== 412 || attempt > 1) throw error;
          await this.load();
        }
      }
    } finally {
      this.writing -= 1;
    }
  }

  async #store(label, body, type = 'application/json') {
    const before = this.revision;
    const { revision } = await send('PUT', this.path(), {
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { 'Content-Type': type, 'If-Match': `"${before}"` },
    });
    await this.stored(label, before, revision);
  }

  /** Stores a text as it is. A newer document of somebody else's is a problem of status 412. */
  async storeText(label, text, type) {
    this.writing += 1;
    try {
      await this.#store(label, text, type);
    } finally {
      this.writing -= 1;
    }
  }

  /** Goes on after a write of one's own. */
  async stored(label, before, revision) {
    this.trial = null;
    if (revision !== before) noteChange(this.name, { label, before, after: revision });
    await this.refresh('own');
  }

  /** Asks what a change would do, and keeps that as what is tried. */
  async tryOut(label, edit) {
    const document = await edit(structuredClone(this.document));
    const answer = await this.dryRun(JSON.stringify(document), 'application/json');
    this.trial = { label, edit, document, ...answer };
    return this.trial;
  }

  /** What storing a text would change. */
  async dryRun(body, type, signal) {
    const { value } = await send('PUT', `${this.path()}?dry_run=true`, {
      body, signal, headers: { 'Content-Type': type },
    });
    return value;
  }

  /** Stores what is tried. */
  async applyTrial() {
    const { label, edit } = this.trial ?? {};
    if (!edit) throw new Problem(0, { detail: 'Nothing is tried.' });
    await this.change(label, edit);
  }

  /** Forgets what is tried. */
  discard() {
    if (!this.trial) return;
    this.trial = null;
    this.tell('trial');
  }
}
