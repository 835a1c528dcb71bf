/** Which requests the steps of a plan send: each for the version that the record has then, so that nobody's change is overwritten unseen. */
import { describe, expect, test } from '@jest/globals';
import type { ApiClient } from '../../../../shared/operators/api/api-client.ts';
import { ApplyStopped, applyPlan } from '../../../../shared/operators/manifest/apply-plan.ts';
import type {
  ConnectionItem,
  ConnectionStep,
  DestinationStep,
  PlanItem,
} from '../../../../shared/operators/manifest/plan.ts';
import { readSecrets } from '../../../../shared/operators/manifest/plan-secrets.ts';

const managedBy = { kind: 'file', name: 'shop' } as const;
const values = new Map(
  Object.entries({
    'env:LIVE': 'live',
    'env:OLD': 'old',
    'env:NEW': 'new',
    'env:BOTH': '{"value":"live","signingSecret":"signs"}',
    'env:OTHER_SIGNING': '{"value":"live","signingSecret":"other"}',
    'env:OLD_BOTH': '{"value":"old","signingSecret":"signed"}',
    'env:HALF': '{"value":"new"}',
    'env:NUMBERS': '{"value":1,"signingSecret":2}',
    'env:OTHER_NAME': '{"token":"new","signingSecret":"signs"}',
    'env:LIST': '["new","signs"]',
    'env:NOTHING': '{}',
    'env:WORD': 'null',
    'env:DIGITS': '12345',
    'env:SIGNS': '{"signingSecret":"signs"}',
  }),
);

type Request = [key: string, request: object];

/** An API that answers the first request with the version 11, the second with 12, and so on. */
function anApi(kind = 'token', isInGrace = true) {
  const asked: Request[] = [];
  const call = async (key: string, request: object) => {
    asked.push([key, request]);
    const version = 10 + asked.length;
    const endpoint = { auth: { kind } };
    return {
      ...{ version, endpoint, connection: { version, endpoint } },
      ...{ token: 'live', signingSecret: 'signs', secret: 'live' },
      ...(isInGrace && { previous: { token: 'old', signingSecret: 'signed', secret: 'old' } }),
    };
  };
  return { asked, api: { call } as unknown as ApiClient };
}

/** The requests of some steps about the record of version 3. */
async function requestsOf(
  item: Pick<PlanItem, 'kind' | 'steps'>,
  { version, auth, isInGrace }: { version?: number; auth?: string; isInGrace?: boolean },
) {
  const { asked, api } = anApi(auth, isInGrace);
  const items = [{ ...item, name: 'x', action: 'change', differences: [], ...(version && { version }) } as PlanItem];
  await applyPlan({ items, kept: [], left: [], notCompared: [] }, { api, values });
  return asked;
}

const params = { name: 'x' };
const describedAs = (description: string, ifMatch: number): Request => [
  'PATCH /v1/connections/{name}',
  { params, ifMatch, body: { description } },
];
const endpoint = '/v1/connections/{name}/endpoint';

describe('a connection', () => {
  const ofSteps = (steps: ConnectionStep[], auth?: string) =>
    requestsOf({ kind: 'connection', steps }, { version: 3, ...(auth !== undefined && { auth }) });
  const edit: ConnectionStep = { verb: 'edit', description: 'then' };

  test.each<[ConnectionStep, string, object | undefined]>([
    [{ verb: 'manage', managedBy }, 'PATCH /v1/connections/{name}', { managedBy }],
    [{ verb: 'manage', managedBy: null }, 'PATCH /v1/connections/{name}', { managedBy: null }],
    [{ verb: 'edit', description: '' }, 'PATCH /v1/connections/{name}', { description: '' }],
    [{ verb: 'configure', settings: { retentionDays: null } }, `PUT ${endpoint}`, { retentionDays: null }],
    [
      { verb: 'configure', settings: { auth: { kind: 'token' } }, reference: 'env:NEW', managedBy },
      `PUT ${endpoint}`,
      { auth: { kind: 'token' }, values: { value: 'new', managedBy } },
    ],
    [
      { verb: 'configure', settings: { auth: { kind: 'token' } }, reference: 'env:BOTH', managedBy },
      `PUT ${endpoint}`,
      { auth: { kind: 'token' }, values: { value: '{"value":"live","signingSecret":"signs"}', managedBy } },
    ],
    [
      { verb: 'configure', settings: { auth: { kind: 'both' } }, reference: 'env:BOTH', managedBy },
      `PUT ${endpoint}`,
      { auth: { kind: 'both' }, values: { value: 'live', signingSecret: 'signs', managedBy } },
    ],
    [
      { verb: 'configure', settings: { auth: { kind: 'token' } }, reference: 'generate', managedBy },
      `PUT ${endpoint}`,
      { auth: { kind: 'token' }, values: { managedBy } },
    ],
    [{ verb: 'replaceToken', reference: 'generate', managedBy }, `POST ${endpoint}/token/rotate`, { managedBy }],
    [{ verb: 'setRoutes', routes: { rules: [] } }, 'PUT /v1/connections/{name}/routes', { rules: [] }],
    [{ verb: 'activate', managedBy }, `POST ${endpoint}/activate`, { managedBy }],
    [{ verb: 'deactivate', managedBy }, `POST ${endpoint}/deactivate`, { managedBy }],
    [{ verb: 'release' }, `POST ${endpoint}/release`, undefined],
    [{ verb: 'removeToken' }, `DELETE ${endpoint}/token`, undefined],
    [{ verb: 'deconfigure' }, `DELETE ${endpoint}`, undefined],
  ])('by %j', async (step, key, body) => {
    expect(await ofSteps([step, edit])).toEqual([
      [key, { params, ifMatch: 3, ...(body && { body }) }],
      describedAs('then', 11),
    ]);
  });

  test('is made without a version, and is deleted for the last one', async () => {
    const create: ConnectionStep = { verb: 'create', provider: 'github', description: 'Code', managedBy };
    expect(await requestsOf({ kind: 'connection', steps: [create, edit, { verb: 'delete' }] }, {})).toEqual([
      ['POST /v1/connections', { body: { name: 'x', provider: 'github', description: 'Code', managedBy } }],
      describedAs('then', 11),
      ['DELETE /v1/connections/{name}', { params, ifMatch: 12 }],
    ]);
  });

  test.each<[reference: string, auth: string, body: object]>([
    ['generate', 'token', {}],
    ['env:NEW', 'token', { value: 'new' }],
    ['env:BOTH', 'token', { value: '{"value":"live","signingSecret":"signs"}' }],
    ['generate', 'both', {}],
    ['env:BOTH', 'both', { value: 'live', signingSecret: 'signs' }],
    ['env:HALF', 'both', { value: 'new' }],
    ['env:SIGNS', 'both', { signingSecret: 'signs' }],
    ['env:NEW', 'both', { value: 'new' }],
    ['env:WORD', 'both', { value: 'null' }],
    ['env:DIGITS', 'both', { value: '12345' }],
  ])('gets a first token from %s for the auth %s', async (reference, auth, body) => {
    expect(await ofSteps([{ verb: 'createToken', reference, managedBy }, edit], auth)).toEqual([
      ['GET /v1/connections/{name}', { params }],
      [`POST ${endpoint}/token`, { params, ifMatch: 3, body: { ...body, managedBy } }],
      describedAs('then', 12),
    ]);
  });

  test.each<[reference: string, auth: string, key: string, body: object]>([
    ['env:LIVE', 'token', 'PATCH /v1/connections/{name}', {}],
    ['env:NEW', 'token', `POST ${endpoint}/token/rotate`, { value: 'new' }],
    // The one that goes out comes back, so its grace ends.
    ['env:OLD', 'token', `POST ${endpoint}/token/rotate`, { value: 'old', force: true }],
    ['env:BOTH', 'token', `POST ${endpoint}/token/rotate`, { value: '{"value":"live","signingSecret":"signs"}' }],
    ['env:BOTH', 'both', 'PATCH /v1/connections/{name}', {}],
    ['env:SIGNS', 'both', 'PATCH /v1/connections/{name}', {}],
    ['env:OTHER_SIGNING', 'both', `POST ${endpoint}/token/rotate`, { value: 'live', signingSecret: 'other' }],
    ['env:OLD_BOTH', 'both', `POST ${endpoint}/token/rotate`, { value: 'old', signingSecret: 'signed', force: true }],
  ])('has a live token, and gets that of %s for the auth %s', async (reference, auth, key, body) => {
    expect(await ofSteps([{ verb: 'replaceToken', reference, managedBy }, edit], auth)).toEqual([
      [`GET ${endpoint}/token`, { params, ifMatch: 3 }],
      // The history has that it was revealed.
      [key, { params, ifMatch: 11, body: { ...body, managedBy } }],
      describedAs('then', 12),
    ]);
  });
});

describe('a destination', () => {
  const ofSteps = (steps: DestinationStep[]) => requestsOf({ kind: 'destination', steps }, { version: 3 });
  const edit: DestinationStep = { verb: 'edit', settings: { timeoutSeconds: 5 }, hidden: {} };
  const edited = (ifMatch: number): Request => [
    'PATCH /v1/destinations/{name}',
    { params, ifMatch, body: { timeoutSeconds: 5 } },
  ];

  test('is made without a version, and is deleted for the last one', async () => {
    const create: DestinationStep = {
      verb: 'create',
      settings: { method: 'PUT' },
      hidden: { url: 'env:NEW', headers: { 'x-key': 'env:OLD', 'x-team': 'shop' } },
      managedBy,
    };
    const body = { name: 'x', method: 'PUT', url: 'new', headers: { 'x-key': 'old', 'x-team': 'shop' }, managedBy };
    expect(await requestsOf({ kind: 'destination', steps: [create, edit, { verb: 'delete' }] }, {})).toEqual([
      ['POST /v1/destinations', { body }],
      edited(11),
      ['DELETE /v1/destinations/{name}', { params, ifMatch: 12 }],
    ]);
  });

  test.each<[signingSecret: string, body: object]>([
    ['generate', {}],
    ['keep', {}],
    ['env:NEW', { signingSecret: 'new' }],
  ])('is made with the signing secret %s', async (signingSecret, body) => {
    const create: DestinationStep = { verb: 'create', settings: {}, hidden: { signingSecret }, managedBy };
    expect(await requestsOf({ kind: 'destination', steps: [create] }, {})).toEqual([
      ['POST /v1/destinations', { body: { name: 'x', ...body, managedBy } }],
    ]);
  });

  test.each<[DestinationStep, object]>([
    [{ verb: 'manage', managedBy: null }, { managedBy: null }],
    [{ verb: 'edit', settings: { rate: null }, hidden: {} }, { rate: null }],
    [
      { verb: 'edit', settings: {}, hidden: { auth: { kind: 'bearer', token: 'env:NEW' } }, managedBy },
      { auth: { kind: 'bearer', token: 'new' }, managedBy },
    ],
  ])('is changed by %j', async (step, body) => {
    expect(await ofSteps([step, edit])).toEqual([
      ['PATCH /v1/destinations/{name}', { params, ifMatch: 3, body }],
      edited(11),
    ]);
  });

  test.each<[reference: string, body: object | undefined]>([
    ['env:LIVE', undefined],
    ['env:NEW', { value: 'new' }],
    ['env:OLD', { value: 'old', force: true }],
  ])('gets the signing secret of %s', async (reference, body) => {
    expect(await ofSteps([{ verb: 'replaceSigningSecret', reference }, edit])).toEqual([
      ['GET /v1/destinations/{name}/secret', { params, ifMatch: 3 }],
      // The history has that it was revealed, and that it was replaced.
      ...(body ? [['POST /v1/destinations/{name}/secret/rotate', { params, ifMatch: 4, body }]] : []),
      edited(body ? 5 : 4),
    ]);
  });
});

test.each(['NUMBERS', 'OTHER_NAME', 'LIST', 'NOTHING'])(
  'a secret for the auth both that is an object with anything else makes no other one: %s',
  async (name) => {
    const { asked, api } = anApi('both');
    const steps: ConnectionStep[] = [{ verb: 'createToken', reference: `env:${name}`, managedBy }];
    const item: PlanItem = { kind: 'connection', name: 'x', action: 'change', differences: [], version: 3, steps };
    const stopped: unknown = await applyPlan(
      { items: [item], kept: [], left: [], notCompared: [] },
      { api, values },
    ).catch((error: unknown) => error);
    expect(stopped).toMatchObject({
      cause: {
        name: 'SecretFormError',
        message: `env:${name} must lead to a JSON object of value, signingSecret or both, each a text, because auth.kind is both.`,
      },
    });
    expect(asked.map(([key]) => key)).toEqual(['GET /v1/connections/{name}']);
  },
);

test.each<Pick<PlanItem, 'kind' | 'steps'>>([
  { kind: 'connection', steps: [{ verb: 'replaceToken', reference: 'env:OLD', managedBy }] },
  { kind: 'destination', steps: [{ verb: 'replaceSigningSecret', reference: 'env:OLD' }] },
])('without a grace no value comes back: %j', async (item) => {
  const [, rotation] = await requestsOf(item, { version: 3, isInGrace: false });
  expect(rotation?.[0]).toMatch(/\/rotate$/);
  expect(rotation?.[1]).not.toHaveProperty('body.force');
});

describe('a plan', () => {
  const item = (name: string, reference: string): ConnectionItem => ({
    ...{ kind: 'connection', name, action: 'change', differences: [], version: 3 },
    steps: [
      { verb: 'edit', description: '' },
      { verb: 'createToken', reference, managedBy },
    ],
  });
  const items = [item('a', 'env:ONE'), item('b', 'generate'), item('c', 'env:TWO'), item('d', 'env:ONE')];
  const plan = { items, kept: [], left: [], notCompared: [] };

  test('reads each secret once, and none is left out', async () => {
    const read: string[] = [];
    const readSecret = async (reference: string) => {
      read.push(reference);
      if (reference === 'env:TWO') throw new Error('TWO is not set');
      return 'a value';
    };
    await expect(readSecrets(plan, readSecret)).rejects.toThrow('TWO is not set');
    expect(read).toEqual(['env:ONE', 'env:TWO']);
    expect(await readSecrets(plan, async (reference) => `of ${reference}`)).toEqual(
      new Map([
        ['env:ONE', 'of env:ONE'],
        ['env:TWO', 'of env:TWO'],
      ]),
    );
  });

  test('tells each item, and stops at the first refusal', async () => {
    const { asked, api } = anApi();
    const told: unknown[] = [];
    const refusal = new Error('refused');
    const call = async (key: string, request: { params: { name: string } }) => {
      if (request.params.name === 'c' && key.startsWith('POST ')) throw refusal;
      return (api as unknown as { call: (key: string, request: object) => Promise<unknown> }).call(key, request);
    };
    const stopped: unknown = await applyPlan(plan, {
      api: { call } as unknown as ApiClient,
      values: new Map(),
      onItem: ({ name }, at, count) => void told.push([name, at, count]),
    }).catch((error: unknown) => error);
    expect(stopped).toBeInstanceOf(ApplyStopped);
    const [a, b, c, d] = items;
    expect(stopped).toMatchObject({ done: [a, b], stoppedAt: c, notDone: [d], cause: refusal });
    expect(told).toEqual([
      ['a', 0, 4],
      ['b', 1, 4],
      ['c', 2, 4],
    ]);
    expect(asked).toHaveLength(8);
  });
});
