/** A deployment that a test makes up, request by request. Nothing is sent. */

/** A request that a command made. */
export interface Asked {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  /** The header If-Match, if the request has one. */
  ifMatch?: string;
}

/** The variables with which a command uses a made-up deployment. */
export const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };

export const answered = (body: object, status = 200): Response => new Response(JSON.stringify(body), { status });

const askedOf = (url: string, { method = 'GET', body, headers }: RequestInit): Asked => {
  const { pathname: path, searchParams } = new URL(url);
  const text = typeof body === 'string' ? body : 'null';
  const ifMatch = new Headers(headers).get('if-match');
  const query = Object.fromEntries(searchParams);
  return { method, path, query, body: JSON.parse(text), ...(ifMatch !== null && { ifMatch }) };
};

/** A `fetch` that gives these answers, and what it was asked. */
export function aDeployment(reply: (asked: Asked) => Response | Promise<Response>) {
  const asked: Asked[] = [];
  const fetch = (async (url: string, init: RequestInit = {}) => {
    const request = askedOf(url, init);
    asked.push(request);
    return reply(request);
  }) as typeof globalThis.fetch;
  return { asked, fetch };
}

export const aConnection = (more: object = {}) => ({
  id: '0a1b2c3d-0000-4000-8000-000000000001',
  name: 'orders',
  provider: 'generic',
  description: '',
  version: 1,
  status: 'active',
  allowedActions: [],
  createdAt: '2026-03-01T12:00:00.000Z',
  updatedAt: '2026-03-01T12:00:00.000Z',
  updatedBy: 'ada',
  endpoint: {
    ...{
      methods: ['POST'],
      allowFrom: null,
      dedupe: { by: 'none' },
      type: null,
      split: false,
      raw: false,
      retentionDays: 30,
    },
    id: 'e',
    held: false,
    url: 'https://hooks.example.com/hooks/orders/e',
    secretFrom: 'operator',
    auth: { kind: 'token' },
    tokens: [],
  },
  ...more,
});

export const aReplay = (more: object = {}) => ({
  id: 'run_1',
  kind: 'replay',
  state: 'done',
  from: '2026-03-01T12:00:00.000Z',
  to: '2026-03-01T13:00:00.000Z',
  count: 2,
  done: 2,
  failed: 0,
  skipped: 0,
  skippedBecause: {},
  rate: 50,
  etaSeconds: null,
  startedAt: '2026-03-01T14:00:00.000Z',
  endedAt: '2026-03-01T14:00:01.000Z',
  ...more,
});

export const aRedelivery = (more: object = {}) => {
  const { kind: _, ...job } = aReplay();
  return {
    ...job,
    id: 'rdl_1',
    destination: 'shop',
    statuses: ['failed', 'given_up'],
    connection: 'orders',
    rule: 'paid',
    by: 'ada',
    ...more,
  };
};

export const aDestination = (more: object = {}) => ({
  id: 'dst_1',
  name: 'shop',
  description: 'the shop',
  origin: 'https://shop.example.com',
  method: 'POST',
  headerNames: ['x-key', 'x-team'],
  authKind: 'bearer',
  timeoutSeconds: 15,
  rate: { perMinute: 100 },
  concurrency: 4,
  giveUpAfterHours: 48,
  schedule: [30, 300],
  retryOn: ['408', '5xx'],
  forwardHeaders: ['x-a'],
  status: 'paused',
  pausedSince: '2026-03-01T11:00:00.000Z',
  version: 4,
  createdAt: '2026-03-01T12:00:00.000Z',
  updatedAt: '2026-03-01T12:00:00.000Z',
  updatedBy: 'op_1',
  signing: { createdAt: '2026-03-01T12:00:00.000Z', createdBy: 'op_1', previousUntil: '2026-03-02T12:00:00.000Z' },
  ...more,
});
