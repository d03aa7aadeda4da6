/** The line that says what happened, politely. */

import { element, fill } from './element.js';

const line = element('p', { role: 'status', 'aria-live': 'polite', class: 'status' });

/** The element, for the frame. */
export const statusLine = line;

/** Says something, with an action to take it back or go on where there is one. */
export function say(text, action = null) {
  fill(line, text, action ? [' ', action] : null);
}
