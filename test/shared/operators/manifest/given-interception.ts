/** What happens to the requests of a client in a test: one may never be sent, or its answer may be lost. */

import type { Role } from '../../../../shared/ground/base/actor.ts';
import { routes } from '../../../../shared/operators/api/routes.ts';

/** The route of a request, and the parameters in its path. */
export function routeOf(method: string, path: string): { key: string; params: Record<string, string> } {
  for (const key of Object.keys(routes)) {
    const [verb = '', template = ''] = key.split(' ');
    const form = new RegExp(`^${template.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
    const found = verb === method ? form.exec(path) : null;
    if (found) return { key, params: { ...found.groups } };
  }
  throw new Error(`there is no route ${method} ${path}`);
}

/** What a client asks for, by the key of its route. */
export interface Asked {
  key: string;
  params: Record<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: each route takes something else
  body: any;
}

export interface Interception {
  /** Sees each request. It may throw in its place, or have the answer lost. */
  before?: ((asked: Asked) => 'lost' | undefined) | undefined;
  /** The role of the client. By default an admin. */
  role?: Role | undefined;
}

export const lostAnswer = () => new TypeError('fetch failed');

/** A `fetch` whose requests are seen first. */
export const intercepted = (given: Interception, asked: Asked[], fetch: typeof globalThis.fetch) =>
  (async (url: string, request: RequestInit = {}) => {
    const { method = 'GET', body } = request;
    const route = routeOf(method, new URL(url).pathname);
    const seen = { ...route, body: typeof body === 'string' ? JSON.parse(body) : undefined };
    asked.push(seen);
    const fate = given.before?.(seen);
    const answer = await fetch(url, request);
    if (fate === 'lost') throw lostAnswer();
    return answer;
  }) as typeof globalThis.fetch;
