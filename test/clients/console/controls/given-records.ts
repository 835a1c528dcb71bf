/** Answers of the API, as the tests of the controls give them. */

import type { Verb } from '../../../../shared/endpoints/endpoint/lifecycle.ts';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';

export type Connection = ApiAnswer<'GET /v1/connections/{name}'>;
type Endpoint = NonNullable<Connection['endpoint']>;
type TokenAnswer = ApiAnswer<'GET /v1/connections/{name}/endpoint/token'>;
type Provider = ApiAnswer<'GET /v1/providers/{id}'>;
type Event = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;
type Timeline = ApiAnswer<'GET /v1/connections/{name}/events/{id}/timeline'>;
type EventPage = ApiAnswer<'GET /v1/connections/{name}/events'>;
type Destination = ApiAnswer<'GET /v1/destinations/{name}'>;
type Delivery = ApiAnswer<'GET /v1/deliveries/{id}'>;
type Redelivery = ApiAnswer<'GET /v1/destinations/{name}/redeliveries/{id}'>;
type Job = ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>;

export const admin: ApiAnswer<'GET /v1/me'> = {
  id: 'op-1',
  name: 'Ada',
  role: 'connection_admin',
  allowedActions: [
    'createConnection',
    'createDestination',
    'changeDestination',
    'listOperators',
    'createOperator',
    'revokeOperator',
  ],
};

export const designer: ApiAnswer<'GET /v1/me'> = {
  id: 'op-2',
  name: 'Bob',
  role: 'flow_designer',
  allowedActions: [],
};

const provider = (id: string, name: string, more: Partial<Provider> = {}): Provider => ({
  id,
  name,
  docs: `https://${id}.example/docs`,
  kind: 'token',
  secretFrom: 'operator',
  confidence: 'stated',
  url: 'Enter the URL in the settings.',
  secret: 'Enter the token beside it.',
  older: [],
  ...more,
  guide: { url: 'Enter the URL in the settings.', secret: more.secret ?? 'Enter the token beside it.' },
});

export const providers = {
  acme: provider('acme', 'Acme'),
  generic: provider('generic', 'Any other sender'),
  pay: provider('pay', 'PayCo', { kind: 'signature', secretFrom: 'sender', secret: 'Copy the signing secret.' }),
  tasks: provider('tasks', 'Tasks', { kind: 'signature', secretFrom: 'handshake', secret: 'It is delivered.' }),
};

const at = '2026-11-26T10:00:00.000Z';

/** A token, made at 10 o'clock. */
export const aToken = (id: string, more: Partial<Endpoint['tokens'][number]> = {}): Endpoint['tokens'][number] => ({
  id,
  createdAt: at,
  createdBy: 'Ada',
  ...more,
});

export const url = 'https://hooks.example/hooks/shop/e1';

const endpoint: Endpoint = {
  id: 'e1',
  status: 'active',
  held: false,
  url,
  allowedActions: [],
  auth: { kind: 'token', accept: [{ in: 'query', name: 'key' }] },
  answer: null,
  dedupe: { by: 'none' },
  allowFrom: null,
  methods: ['POST', 'PUT', 'PATCH'],
  retentionDays: 30,
  secretFrom: 'operator',
  alerts: null,
  split: false,
  raw: false,
  type: null,
  tokens: [aToken('t1')],
};

/** What an admin may do with an active endpoint that has a token. */
const whenActive: Verb[] = [
  ...(['edit', 'configure', 'revealToken', 'rotateToken', 'removeToken', 'deactivate', 'hold', 'test'] as const),
];

/** The connection `shop`, with an active endpoint whose URL has the token, in version 3. */
export const shop = (more: Partial<Connection> = {}, change: Partial<Endpoint> = {}): Connection => ({
  id: '0a1b2c3d-0000-4000-8000-000000000002',
  name: 'shop',
  provider: 'acme',
  description: '',
  version: 3,
  createdAt: at,
  updatedAt: at,
  updatedBy: 'Ada',
  status: 'active',
  allowedActions: whenActive,
  ...more,
  endpoint: more.endpoint === null ? null : { ...endpoint, ...change },
});

export const inactive = (change: Partial<Endpoint> = {}): Connection =>
  shop(
    {
      status: 'inactive',
      version: 4,
      allowedActions: ['edit', 'configure', 'revealToken', 'rotateToken', 'removeToken', 'activate', 'hold'],
    },
    { status: 'inactive', ...change },
  );

export const unconfigured = (more: Partial<Connection> = {}): Connection =>
  shop({ status: 'unconfigured', allowedActions: ['edit', 'delete', 'configure'], endpoint: null, ...more });

/** The answer with a token, of a record. */
export const tokenOf = (connection: Connection, token = 'the-token'): TokenAnswer => ({
  token,
  url,
  connection,
  deliveryUrls: [
    {
      placement: { in: 'query', name: 'key' },
      url: `${url}?key=${token}`,
      curl: `curl -d '{}' '${url}?key=${token}'`,
    },
  ],
});

export const anEvent = (id: string, more: Partial<Event> = {}): Event => ({
  ...{
    id,
    endpointId: 'e1',
    tokenId: 't1',
    method: 'POST',
    connection: 'shop',
    provider: 'acme',
    type: 'order.paid',
    receivedAt: at,
    expiresAt: '2026-12-26T10:00:00.000Z',
  },
  path: '',
  sourceIp: '192.0.2.7',
  sha256: 'ab12',
  verifiedBy: 'token',
  bytesAltered: false,
  size: 8,
  ...{
    publication: 'published',
    publicationAsOf: at,
    headers: { 'x-a': 'b' },
    query: '',
    body: '{"a": 1}',
    contentType: 'application/json',
  },
  ...more,
});

/** The timeline of an event that nothing is known of but its publication. */
export const aTimeline = (items: Timeline['items'] = [], more: Partial<Timeline> = {}): Timeline => ({
  items,
  ...{ publication: 'published', publicationAsOf: at },
  ...more,
});

/** The destination `shop`, in version 3. */
export const aDestination = (more: Partial<Destination> = {}): Destination => ({
  id: 'dst-1',
  name: 'shop',
  description: '',
  origin: 'https://shop.example',
  method: 'POST',
  headerNames: [],
  authKind: 'none',
  timeoutSeconds: 15,
  giveUpAfterHours: 72,
  status: 'active',
  version: 3,
  createdAt: at,
  updatedAt: at,
  updatedBy: 'Ada',
  signing: { createdAt: at, createdBy: 'Ada' },
  ...more,
});

/** A delivery to `shop` that was given up after an attempt. */
export const aDelivery = (more: Partial<Delivery> = {}): Delivery => ({
  ...{ id: 'dlv_1', event: 'evt_1', connection: 'orders', receivedAt: at, rule: 'to-shop', destination: 'shop' },
  status: 'given_up',
  attempts: 1,
  last: { at, ms: 12, outcome: 'answered', status: 503 },
  history: [{ attempt: 1, at, ms: 12, outcome: 'answered', status: 503 }],
  ...more,
});

/** A page of the list of events. @param nextCursor null on the last page */
export const eventsOf = (ids: readonly string[], nextCursor: string | null = null): EventPage => ({
  items: ids.map((id) => {
    const { endpointId, tokenId, method, type, receivedAt, size } = anEvent(id);
    return { id, endpointId, tokenId, method, type, receivedAt, size };
  }),
  nextCursor,
});

export const aJob = (more: Partial<Job> = {}): Job => ({
  id: 'job-1',
  kind: 'replay',
  state: 'running',
  from: at,
  to: at,
  startedAt: at,
  begunAt: at,
  etaSeconds: null,
  count: 12,
  done: 3,
  failed: 0,
  skipped: 0,
  skippedBecause: {},
  rate: 50,
  ...more,
});

/** A redelivery of many to `shop` that an operator began. */
export const aRedelivery = (more: Partial<Redelivery> = {}): Redelivery => {
  const { kind: _, skippedBecause: __, ...job } = aJob();
  return {
    ...job,
    ...{ id: 'rdl-1', destination: 'shop', statuses: ['given_up'], by: 'op_0', skippedBecause: {} },
    ...more,
  };
};
