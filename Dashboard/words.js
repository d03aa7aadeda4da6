/** Every text of the page that does not come from the planner. */

/** Outcomes by how they are shown: a sign and a class of colours for each. */
export const OUTCOMES = {
  self: { sign: '·', kind: 'self' },
  direct: { sign: '●', kind: 'direct' },
  routed: { sign: '◆', kind: 'routed' },
  translated: { sign: '▲', kind: 'translated' },
  forwarded: { sign: '■', kind: 'forwarded' },
};
const BLOCKED = { sign: '×', kind: 'blocked' };

/** How an outcome is shown. */
export const look = (outcome) => OUTCOMES[outcome] ?? BLOCKED;

/** Whether a pair with that outcome can talk. */
export const isReachable = (outcome) => outcome in OUTCOMES && outcome !== 'self';

/** `reachable, direct`, `blocked, no-route` or `self`. */
export function verdict(outcome) {
  if (outcome === 'self') return 'self';
  if (outcome === null || outcome === undefined) return 'gone';
  return `${isReachable(outcome) ? 'reachable' : 'blocked'}, ${outcome}`;
}

/** `1 cell`, `2 cells`. */
export const count = (number, one, many = `${one}s`) => `${number} ${number === 1 ? one : many}`;

export const VIEWS = [
  { path: '', name: 'Plan', key: 'p' },
  { path: 'addresses', name: 'Addresses', key: 'a' },
  { path: 'findings', name: 'Findings', key: 'f' },
  { path: 'text', name: 'Text', key: 't' },
  { path: 'recommendations', name: 'Recommendations', key: 'r' },
  { path: 'history', name: 'History', key: 'h' },
];

export const SOURCES = {
  static: 'The document gives this address.',
  planned: 'The planner chose it. Configure it in the guest.',
  reserved: 'The planner chose it in the DHCP pool. A reservation pins it there.',
  engine: 'NAT gives every guest this address.',
  lan: 'The DHCP server of the LAN decides.',
  'link-local': 'The guest gives itself an address of the link.',
  none: 'It has no address.',
};

export const KINDS = {
  created: 'created', changed: 'changed', deleted: 'deleted', restored: 'restored',
};

export const NEEDS = [
  { need: 'vm-to-vm', label: 'The VMs reach each other' },
  { need: 'internet', label: 'The VMs reach the internet' },
  { need: 'host-to-vm', label: 'My computer reaches the VMs' },
  { need: 'visible-on-lan', label: 'Other machines on my network reach the VMs' },
  { need: 'isolated', label: 'Nothing gets in or out' },
];

export const OBSTACLES = [
  { key: 'wireless', label: 'My computer is on Wi-Fi' },
  { key: 'administrator', label: 'I am not administrator here' },
  { key: 'security', label: 'The network allows known machines only' },
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** `2 minutes ago`. */
export function age(time) {
  const seconds = (Date.parse(time) - Date.now()) / 1000;
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]]) {
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit);
  }
  return 'just now';
}

/** A time in words. */
export const when = (time) => moment.format(new Date(time));
