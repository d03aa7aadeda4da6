/** Rows of the matrix that are the same become one. */

/**
 * The entries of rows and columns.
 * @param {{endpoints: string[], matrix: string[][]}} answer
 * @param {{by: string, document: Object, alone: Set<string>, open: Set<string>}} how `alone` stand out
 *   of their groups; the groups in `open` are shown one by one.
 * @returns {{label: string, key: string, members: number[], isOpen?: boolean}[]}
 */
export function entriesOf(answer, { by, document, alone, open }) {
  const { endpoints } = answer;
  if (by === 'nothing') return endpoints.map((name, index) => single(name, index));
  const keys = keysOf(endpoints, by, document);
  const groups = [];
  const byKey = new Map();
  endpoints.forEach((name, index) => {
    if (alone.has(name)) {
      groups.push({ members: [index], isAlone: true });
      return;
    }
    const candidates = byKey.get(keys[index]) ?? byKey.set(keys[index], []).get(keys[index]);
    const group = candidates.find(({ members }) => areAlike(answer.matrix, members[0], index));
    if (group) group.members.push(index);
    else {
      const made = { members: [index] };
      candidates.push(made);
      groups.push(made);
    }
  });
  return groups.flatMap(({ members }) => {
    const first = endpoints[members[0]];
    if (members.length === 1) return [single(first, members[0])];
    if (open.has(first)) {
      return members.map((index, at) => ({ ...single(endpoints[index], index), group: at === 0 ? first : null }));
    }
    return [{ label: `${first} and ${members.length - 1} alike`, key: first, members, isGroup: true }];
  });
}

const single = (name, index) => ({ label: name, key: name, members: [index] });

/** What must be equal for two endpoints to be in one group, beside their cells. */
function keysOf(endpoints, by, document) {
  const vms = new Map((document.vms ?? []).map((vm) => [vm.name, vm]));
  return endpoints.map((name) => {
    const vm = vms.get(name);
    if (!vm) return `endpoint ${name}`;
    if (by === 'tag') return `tag ${(vm.tags ?? []).join(' ')}`;
    if (by === 'network') return `network ${(vm.adapters ?? []).map(({ network }) => network).join(' ')}`;
    return 'vm';
  });
}

/** Whether two endpoints could change places and nobody would notice. */
function areAlike(matrix, a, b) {
  if (matrix[a][b] !== matrix[b][a]) return false;
  for (let other = 0; other < matrix.length; other += 1) {
    if (other === a || other === b) continue;
    if (matrix[a][other] !== matrix[b][other] || matrix[other][a] !== matrix[other][b]) return false;
  }
  return true;
}

/** The pair of endpoints that a cell stands for: indices. */
export function pairOf(from, to) {
  if (from === to && from.members.length > 1) return [from.members[0], from.members[1]];
  return [from.members[0], to.members[0]];
}
