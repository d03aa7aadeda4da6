/** JSON Patch (RFC 6902), as remedies and fixes are given: add, replace, remove, test. */

const parts = (path) => path.split('/').slice(1)
  .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));

/** A document with a patch applied; the one given stays as it is. */
export function applied(document, patch) {
  let root = structuredClone(document);
  for (const { op, path, value } of patch) {
    const keys = parts(path);
    const last = keys.pop();
    if (last === undefined) {
      root = structuredClone(value);
      continue;
    }
    let parent = root;
    for (const key of keys) parent = parent?.[key];
    if (parent === undefined || parent === null) throw new Error(`${path} is not in the document`);
    change(parent, op, last, structuredClone(value));
  }
  return root;
}

function change(parent, op, key, value) {
  if (op === 'test') return;
  if (Array.isArray(parent)) {
    const index = key === '-' ? parent.length : Number(key);
    if (op === 'add') parent.splice(index, 0, value);
    else if (op === 'remove') parent.splice(index, 1);
    else parent[index] = value;
  } else if (op === 'remove') delete parent[key];
  else parent[key] = value;
}
