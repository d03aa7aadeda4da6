/** Asks for a token. */

import { element, fill } from './element.js';
import { setHeading } from './frame.js';
import { keepToken } from './session.js';

/** Shows the form; goes on with what was asked for once a token was typed. */
export function showSignIn(main, { wasRefused, onSuccess }) {
  setHeading('Sign in');
  const field = element('input', {
    type: 'password', id: 'token', autocomplete: 'current-password', required: true,
    'aria-invalid': wasRefused ? 'true' : null, 'aria-describedby': wasRefused ? 'refused' : null,
  });
  const submit = (event) => {
    event.preventDefault();
    if (!field.value.trim()) return;
    keepToken(field.value.trim());
    onSuccess();
  };
  fill(main, element('h1', {}, 'Sign in'),
    element('p', {}, 'This service asks for a token. Whoever runs it makes one with ',
      element('code', {}, 'labplan token create'), '.'),
    element('form', { class: 'card narrow', onsubmit: submit },
      wasRefused ? element('p', { role: 'alert', id: 'refused', class: 'error' },
        'The service does not know this token, or it is over.') : null,
      element('label', { for: 'token' }, 'Token'), field,
      element('button', { type: 'submit', class: 'primary' }, 'Sign in')));
  field.focus();
}
