/** Everything a lab can be downloaded as. */

import { get, send } from './api.js';
import { button, element } from './element.js';
import { menu } from './menu.js';
import { say } from './status.js';

/** The button and its menu. */
export function exportMenu(lab) {
  return menu('Export', async () => {
    const { exports } = await get('/v1/exports');
    const own = [
      ['YAML…', () => save(lab, '', `${lab.name}.yaml`, 'application/yaml')],
      ['JSON…', () => save(lab, '', `${lab.name}.json`, 'application/json')],
      ['SVG…', () => save(lab, 'drawing', `${lab.name}.svg`, 'image/svg+xml')],
      ['PNG…', () => savePicture(lab)],
      ['Matrix as CSV…', () => save(lab, 'connectivity', `${lab.name}-matrix.csv`, 'text/csv')],
      ['Addresses as CSV…', () => save(lab, 'addresses', `${lab.name}-addresses.csv`, 'text/csv')],
    ];
    const others = exports.filter(({ format }) => format !== 'svg' && format !== 'csv')
      .map(({ format, summary }) => [
        `${format}…`, () => saveExport(lab, format), summary]);
    return [...own, ...others].map(([name, action, title]) => ({ name, action, title }));
  });
}

async function save(lab, path, name, accept) {
  const { value } = await send('GET', lab.path(path), { as: 'blob', headers: { Accept: accept } });
  download(value, name);
}

async function saveExport(lab, format) {
  const ask = (query) => send('GET', lab.path(`exports/${format}${query}`), { as: 'blob', headers: { Accept: '*/*' } });
  try {
    take(await ask(''), lab, format);
  } catch (error) {
    if (error.status !== 409) throw error;
    say(`${error.message} `, button('Export it all the same', async () => take(await ask('?force=true'), lab, format)));
  }
}

function take({ value, headers }, lab, format) {
  const named = /filename="([^"]+)"/.exec(headers.get('Content-Disposition') ?? '');
  download(value, named?.[1] ?? `${lab.name}.${format}`);
  const warnings = Number(headers.get('Labplan-Warnings') ?? 0);
  if (warnings) say(`Exported. ${warnings} things could not be said in ${format}; the file names them.`);
}

async function savePicture(lab) {
  const { value } = await send('GET', lab.path('drawing'), {
    as: 'text', headers: { Accept: 'image/svg+xml' },
  });
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(value)}`;
  await image.decode();
  const scale = Math.min(2, 8000 / Math.max(image.naturalWidth, image.naturalHeight));
  const canvas = element('canvas');
  canvas.width = image.naturalWidth * scale;
  canvas.height = image.naturalHeight * scale;
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => download(blob, `${lab.name}.png`), 'image/png');
}

function download(blob, name) {
  const anchor = element('a', { href: URL.createObjectURL(blob), download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(anchor.href), 10_000);
}
