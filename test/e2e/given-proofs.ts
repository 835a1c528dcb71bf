/** Steps for tests of auth: endpoints with each kind of auth, and deliveries that match it. */

import type { Placement } from '../../shared/endpoints/credential/token-placement.ts';
import type { ConnectionView } from '../../shared/endpoints/endpoint/connection-view.ts';
import { schemeOf } from '../../shared/endpoints/endpoint/settings-in-force.ts';
import type { Auth } from '../../shared/endpoints/settings/auth.ts';
import { sign } from '../../shared/endpoints/signature/signing.ts';
import type { Received } from '../local/http-client.ts';
import { aName, deliver, type Operator, ok } from '../support/given.ts';

export interface Value {
  token: string;
  signingSecret?: string;
}

export interface Revealed extends Value {
  url: string;
  previous?: Value & { expiresAt: string };
}

export interface Proved {
  name: string;
  /** `/v1/connections/<name>` */
  path: string;
  url: string;
  value: Value;
}

export const reveal = async (world: Operator, path: string) =>
  (await ok(world, 'GET', `${path}/endpoint/token`)) as unknown as Revealed;

export const viewOf = async (world: Operator, path: string) =>
  (await ok(world, 'GET', path)) as unknown as ConnectionView;

/** An active GitHub endpoint with this authentication, and these values if given. */
export async function aProvedEndpoint(world: Operator, auth: Auth, wish: Partial<Value> = {}): Promise<Proved> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  const { token: value, ...rest } = wish;
  await ok(world, 'POST', '/v1/connections', { name, provider: 'github' });
  await ok(world, 'PUT', `${path}/endpoint`, { auth });
  const wished = { ...rest, ...(value === undefined ? {} : { value }) };
  const made = (await ok(world, 'POST', `${path}/endpoint/token`, wished)) as unknown as Value;
  const { endpoint } = (await ok(world, 'POST', `${path}/endpoint/activate`)) as unknown as ConnectionView;
  const { token, signingSecret } = made;
  return {
    name,
    path,
    url: endpoint?.url ?? '',
    value: { token, ...(signingSecret === undefined ? {} : { signingSecret }) },
  };
}

/** The tokens and signatures that a delivery carries. */
export interface Carried {
  tokens?: { at: Placement; token: string }[];
  signatures?: { scheme: string; secret: string }[];
}

export const body = '{"action": "opened"}';

/** Sends a delivery with tokens in the URL or in headers, and with signatures. */
export function send(url: string, { tokens = [], signatures = [] }: Carried): Promise<Received> {
  const namedIn = (where: Placement['in']) =>
    Object.fromEntries(tokens.flatMap(({ at, token }) => (at.in === where && 'name' in at ? [[at.name, token]] : [])));
  const query = new URLSearchParams(namedIn('query'));
  const at = query.size > 0 ? `${url}?${query}` : url;
  let headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    ...namedIn('header'),
  };
  for (const { scheme: name, secret } of signatures) {
    const scheme = schemeOf('github', name);
    if (!scheme) throw new Error(`${name} is not a scheme of GitHub`);
    headers = sign(scheme, secret, { method: 'POST', url: at, headers, body: Buffer.from(body), now: new Date() })
      ?.headers as typeof headers;
  }
  return deliver(at, { headers: headers as Record<string, string>, body });
}

/** The tokens and signatures with which an endpoint with this auth and this value accepts a delivery. */
export function proofOf(auth: Auth, { token, signingSecret = token }: Value): Carried {
  const tokens = 'accept' in auth ? auth.accept.slice(0, 1).map((at) => ({ at, token })) : [];
  const signatures = 'scheme' in auth ? [{ scheme: String(auth.scheme), secret: signingSecret }] : [];
  return { tokens, signatures };
}

/** The status of a delivery with this authentication. */
export const statusBy = async (url: string, auth: Auth, value: Value): Promise<number> =>
  (await send(url, proofOf(auth, value))).status;

/** What is stored of an accepted delivery. */
export async function keptOf(world: Operator, path: string, answer: Received) {
  const { verifiedBy, tokenId, query } = await ok(world, 'GET', `${path}/events/${answer.json()['id']}`);
  return { verifiedBy, tokenId, query };
}

const inQuery: Placement = { in: 'query', name: 'token' };
const inHeader: Placement = { in: 'header', name: 'x-token' };

/** An auth of each kind before and after a change. No credential of the one works for the other. */
export const earlier = {
  token: { kind: 'token', accept: [inQuery] },
  signature: { kind: 'signature', scheme: 'github-sha1' },
  both: { kind: 'both', accept: [inQuery], scheme: 'github-sha1' },
} as const satisfies Record<string, Auth>;

export const present = {
  token: { kind: 'token', accept: [inHeader] },
  signature: { kind: 'signature', scheme: 'github' },
  both: { kind: 'both', accept: [inHeader], scheme: 'github' },
} as const satisfies Record<string, Auth>;

export type Kind = keyof typeof earlier;
