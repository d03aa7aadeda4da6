/** Builds elements without a word of HTML: texts are text nodes, whatever they say. */

const SVG = 'http://www.w3.org/2000/svg';

/** What is a property and not an attribute of form controls. */
const PROPERTIES = new Set(['value', 'checked', 'disabled', 'readOnly', 'selected', 'indeterminate']);

/**
 * An element of HTML.
 * @param {string} name
 * @param {Object<string, any>} [attributes] `onclick` and its like are listeners; null, undefined and
 *   false are omitted.
 * @param {...(Node|string|number|Array|null)} children
 * @returns {HTMLElement}
 */
export function element(name, attributes = {}, ...children) {
  return build(document.createElement(name), attributes, children);
}

/** An element of SVG, like {@link element}. */
export function shape(name, attributes = {}, ...children) {
  return build(document.createElementNS(SVG, name), attributes, children);
}

/** Puts other children in the place of an element's. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

/** A button. */
export function button(text, onclick, attributes = {}) {
  return element('button', { type: 'button', onclick, ...attributes }, text);
}

/** A link within the page, or to elsewhere. */
export function link(text, href, attributes = {}) {
  return element('a', { href, ...attributes }, text);
}

function build(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) {
      if (value) node.addEventListener(key.slice(2), value);
    } else if (PROPERTIES.has(key)) {
      node[key] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(key, value === true ? '' : value);
    }
  }
  append(node, children);
  return node;
}

function append(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false) continue;
    node.append(child instanceof Node ? child : String(child));
  }
}
