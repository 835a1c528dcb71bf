/** What has happened in a world: what an admin has set up, and the webhooks that came. */

import type { Placement } from '../../../shared/endpoints/credential/token-placement.ts';
import { rejectionReasons, rejectionSampleOf } from '../../../shared/events/arrival/rejection.ts';
import { eventOf } from '../../../shared/events/event/accepted-arrival.ts';
import { eventIdFor } from '../../../shared/events/event/event-id.ts';
import { encodings, issuer } from './given-receivers.ts';
import { digestOf, guesses, headGuesses, type Secrets } from './given-secrets.ts';
import type { World } from './given-world.ts';

export const destinations = Object.keys(encodings);

/** The connections, and where each accepts its token. */
const placements: Record<string, Placement[]> = {
  orders: [
    { in: 'header', name: 'x-token' },
    { in: 'query', name: 'token' },
    { in: 'path' },
    { in: 'basic', username: 'ada' },
  ],
  forms: [{ in: 'body', path: '/token' }],
  /** Meta: a signature, and a verify token in a form. */
  pages: [],
};
export const connections = Object.keys(placements);

const managedBy = (secret: string) => ({ kind: 'file', name: 'shop', tokenRef: digestOf(secret) });

/** The proof of each destination: all kinds in turn. */
const authOf = ({ bearer, password, header, clientSecret }: Secrets, at: number): object => {
  const kinds = [
    { kind: 'bearer', token: bearer },
    { kind: 'basic', username: 'ada', password },
    { kind: 'header', name: 'x-auth', value: header },
    { kind: 'oauth2', tokenUrl: `${issuer}/token`, clientId: 'us', clientSecret },
    { kind: 'none' },
  ];
  return kinds[at % kinds.length] ?? {};
};

const rules = destinations.map((to, at) => ({
  id: `to-${to}`,
  to,
  ...(at % 4 === 1 && { transform: 'data' }),
  ...(at % 3 === 2 && { when: { data: { kind: ['one', 'two'] } } }),
}));

/** All that an admin does. */
export async function setUp(world: World, secrets: Secrets): Promise<void> {
  async function wanted(key: string, params: Record<string, string>, body: object) {
    const answer = await world.ask({ key, params, body, role: 'connection_admin' });
    if (JSON.parse(answer).statusCode > 201) throw new Error(`${key}: ${answer}`);
    world.moments.clock.ms += 1_000;
  }
  for (const [at, name] of destinations.entries()) {
    const url = `https://${name}.example.com${secrets.path}`;
    const hidden = { headers: { 'x-key': secrets.header }, signingSecret: secrets.signing, auth: authOf(secrets, at) };
    const manager = at % 2 === 0 ? { managedBy: managedBy(secrets.path) } : {};
    await wanted('POST /v1/destinations', {}, { name, url, ...hidden, ...manager });
  }
  await wanted('PATCH /v1/destinations/{name}', { name: 'hex' }, { headers: { 'x-key': secrets.bearer } });
  await wanted('POST /v1/destinations/{name}/test', { name: 'plain' }, {});
  for (const [name, accept] of Object.entries(placements)) {
    const isForm = accept.length === 0;
    const value = isForm ? secrets.appSecret : name === 'forms' ? secrets.bodyToken : secrets.token;
    await wanted('POST /v1/connections', {}, { name, provider: isForm ? 'meta' : 'generic' });
    const settings = isForm ? {} : { auth: { kind: 'token', accept } };
    await wanted('PUT /v1/connections/{name}/endpoint', { name }, settings);
    await wanted('POST /v1/connections/{name}/endpoint/token', { name }, { value });
    await wanted('POST /v1/connections/{name}/endpoint/activate', { name }, {});
    await wanted('PUT /v1/connections/{name}/routes', { name }, { rules });
    await wanted('PATCH /v1/connections/{name}', { name }, { managedBy: managedBy(value) });
  }
}

/** A request to this URL, with its token at the place whose turn it is, and a guess at many others. */
function deliveryOf(name: string, number: number, { token, bodyToken }: Secrets) {
  const [guess = '', headGuess = ''] = [guesses, headGuesses].map((all) => all[(number * 37) % all.length]);
  const [answer, kind] = [[200, 500, 410, 200, 404][number % 5], ['one', 'two', 'three'][number % 3]];
  const more = { guess, more: [guess, { guess: `${guess} and more` }] };
  const data = { answer, kind, number, ...(name === 'forms' && { token: bodyToken }), ...more };
  const isText = name === 'orders' && number % 5 === 4;
  const at = name === 'orders' ? ['header', 'query', 'path', 'basic'][number % 4] : 'body';
  const basic = `Basic ${Buffer.from(`ada:${token}`).toString('base64')}`;
  return {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-guess': headGuess },
      ...(at === 'header' && { 'x-token': token }),
      ...(at === 'basic' && { authorization: basic }),
    },
    rawQueryString: `q=${encodeURIComponent(headGuess)}${at === 'query' ? `&token=${encodeURIComponent(token)}` : ''}`,
    rest: at === 'path' ? token : undefined,
    sourceIp: '192.0.2.1',
    requestId: `r${number}`,
    body: Buffer.from(isText ? `"answer":${answer} ${guess}` : JSON.stringify(data)),
  };
}

/** One webhook is stored as it came, and another one is refused. */
export async function receive(number: number, world: World, secrets: Secrets): Promise<void> {
  const name = connections[number % connections.length] ?? '';
  const connection = await world.readConnection(name);
  if (!connection?.endpoint) throw new Error(`there is no endpoint ${name}`);
  const accept = placements[name] ?? [];
  const delivery = deliveryOf(name, number, secrets);
  const usual = { hold: null, batch: undefined, raw: false, retentionDays: 2, dedupe: { by: 'none' as const } };
  const types = [{ in: 'body' as const, path: '/kind' }];
  const receiver = { connection, endpoint: { id: connection.endpoint.id, accept, types, ...usual } };
  const at = new Date(world.moments.clock.ms);
  const id = eventIdFor(connection.id, `${number}`);
  await world.append(eventOf(delivery, receiver, { tokenId: 't1', verifiedBy: 'token' }, id, at));
  const reason = rejectionReasons[number % rejectionReasons.length] ?? 'token_unknown';
  await world.refuse({ connectionId: connection.id, reason, sample: rejectionSampleOf(delivery, accept, []), at });
  world.moments.clock.ms += 1_000;
}
