/** The service's API, as the page asks it. */

import { forgetToken, token } from './session.js';

/** An answer that is a problem (RFC 9457), or no answer at all. */
export class Problem extends Error {
  /** @param {number} status 0 where the service cannot be reached. */
  constructor(status, problem = {}) {
    super(problem.detail ?? 'The service cannot be reached.');
    this.status = status;
    this.code = problem.code ?? null;
    this.errors = problem.errors ?? [];
    this.requestID = problem.request_id ?? null;
  }
}

const listeners = { unauthorized: () => {}, connection: () => {} };

/** Who is told when a token is refused, and when the service is lost or found. */
export function onTrouble(handlers) {
  Object.assign(listeners, handlers);
}

/** What goes with every request. */
export function authorization() {
  return token() ? { Authorization: `Bearer ${token()}` } : {};
}

/**
 * Sends a request.
 * @param {string} method
 * @param {string} path
 * @param {{body?: any, headers?: Object, as?: 'json'|'text'|'blob', signal?: AbortSignal}} [options]
 *   A body that is no text is sent as JSON.
 * @returns {Promise<{value: any, revision: number|null, headers: Headers, status: number}>}
 * @throws {Problem}
 */
export async function send(method, path, options = {}) {
  const { body, headers = {}, as = 'json', signal } = options;
  const isText = typeof body === 'string';
  const request = {
    // One entity tag names a revision in every format: a cache would give one for the other.
    method, signal, cache: 'no-store',
    headers: { ...authorization(), ...headers },
  };
  if (body !== undefined) {
    request.body = isText ? body : JSON.stringify(body);
    if (!isText && !headers['Content-Type']) request.headers['Content-Type'] = 'application/json';
  }
  const response = await fetched(path, request);
  if (response.status === 429 || response.status === 503) {
    const seconds = Number(response.headers.get('Retry-After') ?? 0);
    if (response.status === 429 && seconds > 0 && seconds <= 5) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
      return send(method, path, options);
    }
  }
  if (!response.ok) await refuse(response);
  const tag = /"(\d+)/.exec(response.headers.get('ETag') ?? '');
  const value = response.status === 204 ? null : await response[as]();
  return { value, revision: tag ? Number(tag[1]) : null, headers: response.headers, status: response.status };
}

async function fetched(path, request) {
  try {
    const response = await fetch(path, request);
    listeners.connection(true);
    return response;
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    listeners.connection(false);
    throw new Problem(0);
  }
}

async function refuse(response) {
  const problem = await response.json().catch(() => ({ detail: response.statusText }));
  if (response.status === 401) {
    const had = token() !== null;
    forgetToken();
    listeners.unauthorized(had);
  }
  throw new Problem(response.status, problem);
}

/** Reads an answer as JSON. */
export async function get(path, options) {
  return (await send('GET', path, options)).value;
}

/** A path below a lab, every part of it encoded. */
export function labPath(lab, ...parts) {
  return ['/v1/labs', lab, ...parts.flat()].map((part, index) => (index ? encodeURIComponent(part) : part))
    .join('/');
}
