/** Changes of a document, as people make them. Each gives the document that it changed. */

/** A VM with one adapter more, on a network. */
export function attached(document, vm, network) {
  machine(document, vm).adapters = [...(machine(document, vm).adapters ?? []), { network }];
  return document;
}

/** A VM without the adapter at an index. */
export function detached(document, vm, index) {
  const adapter = machine(document, vm).adapters[index];
  const slot = adapter.slot ?? index + 1;
  machine(document, vm).adapters.splice(index, 1);
  document.port_forwards = document.port_forwards?.filter((each) => each.vm !== vm || (each.slot ?? 1) !== slot);
  return document;
}

/** The document without a VM, and without what speaks of it. */
export function removed(document, vm) {
  document.vms = document.vms.filter(({ name }) => name !== vm);
  document.port_forwards = document.port_forwards?.filter((each) => each.vm !== vm);
  document.requirements = document.requirements?.filter(({ from, to }) => from !== vm && to !== vm);
  return document;
}

/** The document with another name for a VM, wherever it is named. */
export function renamed(document, from, to) {
  const swap = (value, key) => {
    if (Array.isArray(value)) return value.map((each) => swap(each, key));
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, swap(inner, name)]));
    }
    return NAMING.has(key) && value === from ? to : value;
  };
  const { vms, ...rest } = document;
  return {
    ...swap(rest, ''),
    vms: vms.map((vm) => ({ ...swap(vm, ''), name: vm.name === from ? to : vm.name })),
  };
}

/** Keys whose value may be the name of a VM. */
const NAMING = new Set(['vm', 'from', 'to', 'gateway', 'gateway6', 'via', 'dhcp', 'server', 'copy_of', 'target']);

/** A network with another mode. What only the old one could be is taken away. */
export function withMode(document, network, mode) {
  const found = document.networks.find(({ name }) => name === network);
  found.mode = mode;
  if (mode === 'nat' || mode === 'bridged') {
    for (const key of ['ipv4', 'ipv6', 'dhcp', 'gateway', 'gateway6', 'size', 'host_address']) delete found[key];
  } else if (mode !== 'host-only') delete found.host_address;
  return document;
}

function machine(document, vm) {
  return document.vms.find(({ name }) => name === vm);
}
