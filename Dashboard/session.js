/** Who is at the page: a token of this tab, and what it may do. */

const KEY = 'labplan:token';

let identity = { token: null, role: 'admin', labs: null };

/** The token of this tab; null without one. Never kept beyond the tab. */
export const token = () => sessionStorage.getItem(KEY);

export function keepToken(text) {
  sessionStorage.setItem(KEY, text);
}

export function forgetToken() {
  sessionStorage.removeItem(KEY);
  identity = { token: null, role: 'admin', labs: null };
}

/** Asks who this tab is. An older service does not say. */
export async function identify(api) {
  const answer = await api.get('/v1/whoami').catch((error) => {
    if (error.status === 401) throw error;
    return null;
  });
  if (answer) identity = answer;
  return identity;
}

/** Whether it may change labs. */
export const mayWrite = () => identity.role !== 'read';

export const who = () => identity;
