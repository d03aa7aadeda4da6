/** Files of other programs, dropped on the page, as labs. */

import { get, send } from './api.js';
import { button, element, fill } from './element.js';
import { store } from './labs.js';
import { go, labAddress } from './router.js';
import { say } from './status.js';

/** A place to drop a file on; nothing where the service reads none. */
export function importing() {
  const result = element('div');
  const holder = element('section', { class: 'card drop', 'aria-label': 'Import', hidden: true });
  get('/v1/imports').then(({ imports }) => {
    const format = element('select', { 'aria-label': 'Format' },
      imports.map((each) => element('option', { value: each.format }, each.format)));
    const take = async (files) => {
      const texts = await Promise.all([...files].map(async (file) => ({ name: file.name, content: await file.text() })));
      if (texts.length) await read(guess(texts[0], imports) ?? format.value, texts, result);
    };
    const picker = element('input', { type: 'file', multiple: true, 'aria-label': 'Files to import', onchange: ({ target }) => take(target.files) });
    holder.addEventListener('dragover', (event) => event.preventDefault());
    holder.addEventListener('drop', (event) => {
      event.preventDefault();
      take(event.dataTransfer.files);
    });
    fill(holder, element('h2', {}, 'Import'),
      element('p', {}, 'Drop a .vbox file, a Vagrantfile, a script or another lab file here.'),
      element('div', { class: 'controls' }, format, picker), result);
    holder.hidden = false;
  }).catch(() => holder.remove());
  return holder;
}

function guess({ name, content }, imports) {
  const formats = new Set(imports.map(({ format }) => format));
  const known = [
    [/\.vbox(-prev)?$/, 'vbox'], [/^Vagrantfile/, 'vagrant'], [/\.clab\.ya?ml$/, 'containerlab'],
    [/\.ovf$/, 'ovf'], [/compose.*\.ya?ml$/, 'compose'], [/\.sh$/, 'vboxmanage'],
  ];
  const found = known.find(([pattern]) => pattern.test(name))?.[1]
    ?? (/^\s*name="/m.test(content) && /^nic1=/m.test(content) ? 'showvminfo' : null);
  return formats.has(found) ? found : null;
}

async function read(format, files, result) {
  try {
    const { value } = await send('POST', `/v1/imports/${format}`, { body: { files } });
    const { lab, warnings } = value;
    fill(result, element('p', {}, `${lab.vms?.length ?? 0} VMs and ${lab.networks?.length ?? 0} networks read.`),
      element('ul', { class: 'small-list' }, warnings.map(({ file, line, detail }) => element('li', {}, `${file ?? ''}${line ? `:${line}` : ''} ${detail}`))),
      button('Create lab', async () => {
        const name = await store(lab, lab.name ?? 'lab');
        go(labAddress(name));
        say(`Made ${name} from ${files[0].name}.`);
      }, { class: 'primary' }));
  } catch (error) {
    fill(result, element('p', { role: 'alert', class: 'error' }, error.message),
      element('ul', { class: 'small-list' }, error.errors.slice(0, 20).map(({ detail, line }) => element('li', {}, `${line ? `line ${line}: ` : ''}${detail}`))));
  }
}
