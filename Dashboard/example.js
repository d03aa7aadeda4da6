/** The lab of the lesson: three systems that reach each other and the internet. */

export const EXAMPLE = {
  description: 'Android, Windows and Linux clients of one internal app',
  host: {
    name: 'laptop', os: 'linux',
    uplink: { interface: 'eth0', kind: 'wired', ipv4: '192.168.1.20/24', gateway: '192.168.1.1' },
  },
  networks: [{ name: 'shared', mode: 'nat-network', ipv4: '10.0.2.0/24', dhcp: true }],
  vms: [
    { name: 'android', os: 'android', adapters: [{ network: 'shared' }] },
    { name: 'windows', os: 'windows', adapters: [{ network: 'shared' }] },
    { name: 'ubuntu', os: 'linux', adapters: [{ network: 'shared' }] },
  ],
  requirements: [{ from: 'vms', to: 'vms' }, { from: 'vms', to: 'internet' }],
};
