/** What is asked of the matrix: grouping, protocol, port, family, a filter. All in the address. */

import { element } from './element.js';
import { choose } from './router.js';

/** The fields, and how to make them show a selection. */
export function matrixControls() {
  const group = select(['nothing', 'alike', 'tag', 'network'], (value) => choose({ group: value }));
  const protocol = select(['tcp', 'udp', 'icmp'], (value) => choose({
    protocol: value === 'tcp' ? null : value, ...(value === 'icmp' ? { port: null } : {}) }));
  const family = select(['ipv4', 'ipv6'], (value) => choose({ family: value === 'ipv4' ? null : value }));
  const port = element('input', {
    inputmode: 'numeric', size: '6', pattern: '[0-9]*', maxlength: '5',
    onchange: ({ target }) => {
      const number = Number(target.value);
      const isPort = target.value === '' || (Number.isInteger(number) && number >= 1 && number <= 65535);
      target.setAttribute('aria-invalid', String(!isPort));
      if (isPort) choose({ port: target.value || null });
    },
  });
  const only = select(['all', 'unmet', 'changed'], (value) => choose({ only: value === 'all' ? null : value }));
  const form = element('div', { class: 'controls' },
    element('label', {}, 'Group rows by ', group), element('label', {}, 'Protocol ', protocol),
    element('label', {}, 'Port ', port), element('label', {}, 'Family ', family),
    element('label', {}, 'Show ', only));
  return {
    element: form,
    setGroup(value) { group.value = value; },
    show(selection) {
      protocol.value = selection.protocol ?? 'tcp';
      family.value = selection.family ?? 'ipv4';
      if (document.activeElement !== port) port.value = selection.port ?? '';
      port.disabled = selection.protocol === 'icmp';
      only.value = selection.only ?? 'all';
    },
  };
}

function select(values, onchoose) {
  return element('select', { onchange: ({ target }) => onchoose(target.value) },
    values.map((value) => element('option', { value }, value)));
}
