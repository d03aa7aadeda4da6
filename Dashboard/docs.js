/** The API, to read and try: made from the description that the service gives of itself. */

import { get } from './api.js';
import { button, element, fill } from './element.js';
import { setHeading } from './frame.js';
import { say } from './status.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** Shows the page. */
export async function showDocs({ main, alive }) {
  setHeading('API');
  main.setAttribute('aria-busy', 'true');
  const description = await get('/openapi.json');
  main.removeAttribute('aria-busy');
  if (!alive()) return {};
  const operations = Object.entries(description.paths).flatMap(([path, item]) => METHODS.filter((method) => item[method])
    .map((method) => ({ method, path, common: item.parameters ?? [], ...item[method] })));
  const tags = (description.tags ?? []).map(({ name }) => name);
  const list = element('div');
  const paint = (filter) => fill(list, tags.map((tag) => {
    const found = operations.filter((each) => each.tags?.includes(tag)
      && `${each.method} ${each.path} ${each.summary}`.toLowerCase().includes(filter));
    return found.length ? element('section', { 'aria-label': tag }, element('h2', {}, tag), found.map((each) => operation(each, description))) : null;
  }));
  fill(main, element('h1', {}, `${description.info.title} API`),
    element('p', {}, `Version ${description.info.version}. The same as `, element('a', { href: '/openapi.yaml' }, 'openapi.yaml'), '.'),
    element('div', { class: 'controls' }, element('label', {}, 'Filter ', element('input', {
      type: 'search', oninput: ({ target }) => paint(target.value.toLowerCase()) }))), list);
  paint('');
  return {};
}

function operation(each, description) {
  const details = element('details', { class: 'card operation' }, element('summary', {},
    element('code', { class: 'method' }, each.method.toUpperCase()), ' ', element('code', {}, each.path), ` ${each.summary}`));
  // What nobody opens is not made: there are many.
  details.addEventListener('toggle', () => {
    if (details.open && details.children.length === 1) details.append(...inside(each, description));
  });
  return details;
}

function inside(each, description) {
  const parameters = [...each.common, ...(each.parameters ?? [])].map((one) => resolved(one, description));
  const command = curl(each, parameters, description);
  return [
    each.description ? element('p', { class: 'prose' }, each.description) : null,
    parameters.length ? element('table', { class: 'list' }, element('caption', {}, 'Parameters'),
      element('tbody', {}, parameters.map((one) => element('tr', {}, element('th', { scope: 'row' }, one.name),
        element('td', {}, one.in), element('td', {}, one.description ?? ''))))) : null,
    body('Body', each.requestBody && resolved(each.requestBody, description), description),
    Object.entries(each.responses ?? {}).map(([status, one]) => body(`Answer ${status}`, resolved(one, description), description)),
    element('pre', { tabindex: '0' }, command),
    element('p', { class: 'actions' }, button('Copy as curl', async () => {
      await navigator.clipboard?.writeText(command);
      say('The command is in the clipboard.');
    }), each.method === 'get' ? element('a', { href: each.path.replace(/\{[^}]+\}/g, 'x'), hidden: each.path.includes('{') }, 'Open') : null),
  ].flat().filter(Boolean);
}

function resolved(node, description) {
  if (!node?.$ref) return node;
  return node.$ref.split('/').slice(1).reduce((found, key) => found?.[key.replaceAll('~1', '/')], description) ?? {};
}

function body(title, node, description) {
  const content = Object.entries(node?.content ?? {});
  if (!node || (!content.length && !node.description)) return null;
  return element('details', {}, element('summary', {}, title, node.description ? ` — ${node.description}` : ''),
    content.map(([type, { schema, example, examples }]) => {
      const shown = example ?? Object.values(examples ?? {})[0]?.value ?? resolved(schema, description);
      return [element('p', {}, element('code', {}, type)),
        element('pre', { tabindex: '0' }, typeof shown === 'string' ? shown : JSON.stringify(shown ?? {}, null, 2).slice(0, 6000))];
    }));
}

function curl(each, parameters, description) {
  const words = ['curl'];
  if (each.method !== 'get') words.push('-X', each.method.toUpperCase());
  const content = resolved(each.requestBody, description)?.content;
  const type = content && Object.keys(content)[0];
  if (type) words.push('-H', `'Content-Type: ${type}'`, '--data-binary', '@FILE');
  const query = parameters.filter(({ in: place, required }) => place === 'query' && required).map(({ name }) => `${name}=`);
  words.push(`'${location.origin}${each.path.replace(/\{([^}]+)\}/g, (_, name) => name.toUpperCase())}${query.length ? `?${query.join('&')}` : ''}'`);
  return words.join(' ');
}
