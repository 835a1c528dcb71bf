/** Every placement, with a delivery that uses it. */

import type { Sent } from '../local/http-client.ts';
import { bearer } from '../support/given.ts';

/** A delivery that carries a token to a bare URL. */
export type Delivery = (token: string, url: string) => { url: string } & Omit<Sent, 'path'>;

const basic = (token: string) => ({ authorization: `Basic ${Buffer.from(`shop:${token}`).toString('base64')}` });
const withHeaders = (headersFor: (token: string) => Record<string, string>): Delivery => {
  return (token, url) => ({ url, headers: headersFor(token) });
};

/** A placement with a delivery that uses it. */
export interface Use {
  accept: { in: string; [more: string]: string };
  delivery: Delivery;
}

export const inPath: Use = {
  accept: { in: 'path' },
  delivery: (token, url) => ({ url: `${url}/${encodeURIComponent(token)}` }),
};

export const inQuery: Use = {
  accept: { in: 'query', name: 'key' },
  delivery: (token, url) => ({ url: `${url}?key=${encodeURIComponent(token)}` }),
};

/** Every placement. */
export const placements: Use[] = [
  inPath,
  inQuery,
  { accept: { in: 'header', name: 'x-hook-token' }, delivery: withHeaders((token) => ({ 'x-hook-token': token })) },
  { accept: { in: 'header', name: 'authorization', scheme: 'Bearer' }, delivery: withHeaders(bearer) },
  { accept: { in: 'header', name: 'x-key', scheme: 'Key' }, delivery: withHeaders((t) => ({ 'x-key': `Key ${t}` })) },
  { accept: { in: 'basic', username: 'shop' }, delivery: withHeaders(basic) },
  {
    accept: { in: 'body', path: '/auth/token' },
    delivery: (token, url) => ({
      url,
      headers: { 'content-type': 'application/json', 'x-exempt': 'body' },
      body: JSON.stringify({ auth: { token } }),
    }),
  },
];
