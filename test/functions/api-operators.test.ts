import { describe, expect, test } from '@jest/globals';
import { resetOperators } from '../../clients/cli/recovery/reset-operators.ts';
import { tokenDigest } from '../../shared/endpoints/credential/token.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { Operator, Roster } from '../../shared/operators/operator/roster.ts';
import type { RosterTable } from '../../shared/operators/operator/roster-table.ts';
import { anOperator, noon, type OperatorRequest } from './given-operator.ts';

// The module makes its clients when it is loaded. No test here uses them.
process.env['OIDC_OPERATOR_DAYS'] = '';
for (const name of variables) process.env[name] ??= 'unused';
const { apiOperators } = await import('../../functions/api-operators.ts');

const anAdmin = (id: string, more: Partial<Operator> = {}): Operator => ({
  id,
  name: `name of ${id}`,
  role: 'connection_admin',
  digest: 'd'.repeat(64),
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'bootstrap',
  ...more,
});
const closed = '2026-02-01T00:00:00.000Z';

/** The API of a deployment with these operators. The bootstrap token is closed unless `open`. */
function aWorld(
  operators: Operator[] = [anAdmin('op_1')],
  { open = false, oidcOperatorDays = 0, earlier = [] as Operator[] } = {},
) {
  let roster: Roster = { version: 5, operators, ...(open ? {} : { bootstrapClosedAt: closed }) };
  const writers: string[] = [];
  /** Runs before each write, as another operator would. */
  const meanwhile: (() => void)[] = [];
  const table: RosterTable = {
    readRoster: async () => roster,
    async replaceRoster(next, requestId) {
      meanwhile.shift()?.();
      if (next.version !== roster.version + 1) return 'lost';
      roster = next;
      writers.push(requestId);
      return 'written';
    },
  };
  const pages: unknown[] = [];
  let made = 0;
  const operator = anOperator(
    apiOperators({
      roster: table,
      history: {
        async list(page) {
          pages.push(page);
          const line = { version: 4, verb: 'closeBootstrap' as const, by: 'op_1', at: closed, requestId: 'r4' };
          // Each page has one of the operators that were added and revoked before.
          const at = page.before === undefined ? 0 : earlier.length + 5 - page.before;
          const { [at]: operator } = earlier;
          const isLast = page.before !== undefined && at >= earlier.length - 1;
          return {
            lines: [operator ? { ...line, verb: 'createOperator' as const, operator } : line],
            next: isLast ? undefined : earlier.length + 4 - at,
          };
        },
      },
      uses: { lastUses: async () => new Map([['op_1', '2026-03-01T11:59:00.000Z']]) },
      newId: () => `op_new${++made}`,
      newToken: () => `hlo_token${made + 1}`,
      oidcOperatorDays,
    }),
  );
  const add = (body: object, more: OperatorRequest = {}) => operator.ask('POST /v1/operators', { body, ...more });
  const revoke = (id: string, more: OperatorRequest = {}) =>
    operator.ask('DELETE /v1/operators/{id}', { params: { id }, ...more });
  const replace = (next: Partial<Roster>) => {
    roster = { ...roster, ...next, version: roster.version + 1 };
  };
  return { ...operator, add, revoke, replace, meanwhile, writers, pages, table, roster: () => roster };
}

test.each([
  [
    'connection_admin',
    ['createConnection', 'createDestination', 'changeDestination', 'listOperators', 'createOperator', 'revokeOperator'],
  ],
  ['flow_designer', []],
] as const)('an operator with the role %s reads what the own token allows', async (role, allowedActions) => {
  const { ask } = aWorld();
  expect(await ask('GET /v1/me', { operator: 'op_9', role })).toMatchObject({
    status: 200,
    body: { id: 'op_9', name: 'name of op_9', role, allowedActions },
  });
});

test('the list shows the last use and the expiry of each operator, but no digest', async () => {
  const { ask } = aWorld([anAdmin('op_1'), anAdmin('op_2', { role: 'flow_designer', expiresAt: noon.toISOString() })]);
  const { status, body } = await ask('GET /v1/operators');
  expect(status).toBe(200);
  expect(body).toEqual({
    items: [
      {
        id: 'op_1',
        name: 'name of op_1',
        role: 'connection_admin',
        expired: false,
        createdAt: '2026-01-01T00:00:00.000Z',
        createdBy: 'bootstrap',
        lastUsedAt: '2026-03-01T11:59:00.000Z',
      },
      {
        id: 'op_2',
        name: 'name of op_2',
        role: 'flow_designer',
        expired: true,
        expiresAt: noon.toISOString(),
        createdAt: '2026-01-01T00:00:00.000Z',
        createdBy: 'bootstrap',
        lastUsedAt: null,
      },
    ],
    nextCursor: null,
    bootstrap: 'closed',
  });
  expect((await aWorld([], { open: true }).ask('GET /v1/operators')).body.bootstrap).toBe('open');
});

const idsOf = ({ body }: { body: { items: { id: string }[] } }) => body.items.map(({ id }) => id);

test('the list is in pages, and starts again after the cursor of a revoked operator', async () => {
  const { ask, revoke } = aWorld(['op_1', 'op_2', 'op_3', 'op_4'].map((id) => anAdmin(id)));
  const list = (query: Record<string, string>) => ask('GET /v1/operators', { query });
  const first = await list({ limit: '2' });
  expect(idsOf(first)).toEqual(['op_1', 'op_2']);
  const second = await list({ limit: '2', cursor: first.body.nextCursor });
  expect([idsOf(second), second.body.nextCursor]).toEqual([['op_3', 'op_4'], null]);
  await revoke('op_2');
  expect(idsOf(await list({ limit: '2', cursor: first.body.nextCursor }))).toEqual(['op_1', 'op_3']);
});

test('a page ends with its last operator, whose id can be of any length', async () => {
  const { ask } = aWorld(['op_first', 'op_2nd', 'op_third', 'op_4'].map((id) => anAdmin(id)));
  const first = await ask('GET /v1/operators', { query: { limit: '1' } });
  const rest = await ask('GET /v1/operators', { query: { limit: '3', cursor: first.body.nextCursor } });
  expect([idsOf(first), idsOf(rest)]).toEqual([['op_first'], ['op_2nd', 'op_third', 'op_4']]);
});

test.each(['op_1 ', ' op_1', 'op_', 'op_A'])('the list takes no cursor of %j', async (position) => {
  const { refusal } = aWorld();
  const cursor = Buffer.from(position).toString('base64url');
  expect(await refusal('GET /v1/operators', { query: { cursor } })).toEqual([400, 'invalid_cursor']);
});

test.each(['2026-03-01T12:00:00.000Z', '2025-12-31T00:00:00Z'])(
  'no operator is added who expired at %s',
  async (at) => {
    const { add, writers } = aWorld();
    expect(await add({ name: 'ci', role: 'flow_designer', expiresAt: at })).toMatchObject({
      status: 422,
      body: {
        code: 'invalid_request',
        detail: 'expiresAt must be in the future.',
        errors: [{ path: 'expiresAt', pointer: '/expiresAt', message: 'must be in the future' }],
      },
    });
    expect(writers).toEqual([]);
  },
);

test('an operator is added with the digest of a token that only this answer has', async () => {
  const { add, roster, writers } = aWorld();
  const { status, body } = await add({ name: 'ci', role: 'flow_designer', expiresAt: '2026-03-02T01:00:00Z' });
  expect(status).toBe(201);
  expect(body).toEqual({
    token: 'hlo_token1',
    operator: {
      id: 'op_new1',
      name: 'ci',
      role: 'flow_designer',
      expiresAt: '2026-03-02T01:00:00.000Z',
      expired: false,
      createdAt: '2026-03-01T12:00:00.000Z',
      createdBy: 'op_1',
      lastUsedAt: null,
    },
  });
  expect(roster().operators[1]?.digest).toBe(tokenDigest('hlo_token1').toString('hex'));
  expect(roster()).toMatchObject({
    version: 6,
    entry: { verb: 'createOperator', by: 'op_1', at: '2026-03-01T12:00:00.000Z', operator: { id: 'op_new1' } },
  });
  expect(writers).toEqual(['request-1']);
});

test('an operator without an expiry has none', async () => {
  const { add, roster } = aWorld();
  expect((await add({ name: 'ci', role: 'connection_admin' })).body.operator).not.toHaveProperty('expiresAt');
  expect(roster().operators[1]).not.toHaveProperty('expiresAt');
});

test.each([
  ['2026-03-01T12:00:00.000Z', { status: 422, body: { code: 'invalid_request' } }],
  ['2026-03-01T12:00:00.001Z', { status: 201 }],
])('at noon, an expiry of %s is answered %j', async (expiresAt, expected) => {
  const { add } = aWorld();
  expect(await add({ name: 'ci', role: 'flow_designer', expiresAt })).toMatchObject(expected);
});

test.each<[string, Operator[], [status: number, code: string]]>([
  ['of a known name', [anAdmin('op_1'), anAdmin('op_2', { name: 'ci' })], [409, 'operator_exists']],
  ['beside 100 others', Array.from({ length: 100 }, (_, at) => anAdmin(`op_${at}`)), [409, 'too_many_operators']],
])('an operator %s is refused, and nothing is written', async (_, operators, [status, code]) => {
  const { add, writers } = aWorld(operators);
  expect(await add({ name: 'ci', role: 'flow_designer' })).toMatchObject({ status, body: { code } });
  expect(writers).toEqual([]);
});

test('the history says who revoked whom', async () => {
  const { revoke, roster } = aWorld([anAdmin('op_1'), anAdmin('op_2')]);
  await revoke('op_2');
  expect(roster().entry).toMatchObject({ verb: 'revokeOperator', by: 'op_1', operator: { id: 'op_2' } });
});

test('an operator is revoked, and may be the one who asks', async () => {
  const { revoke, roster } = aWorld([anAdmin('op_1'), anAdmin('op_2')]);
  expect(await revoke('op_1')).toMatchObject({ status: 204, body: undefined });
  expect(roster()).toMatchObject({
    operators: [{ id: 'op_2' }],
    entry: { verb: 'revokeOperator', by: 'op_1', operator: { id: 'op_1' } },
  });
});

test.each([
  ['op_1', 409, 'last_admin', /^This is the last connection_admin without an expiry\./],
  ['op_9', 404, 'operator_not_found', /^There is no operator with this id\./],
])('the revocation of %s is answered %s %s', async (id, status, code, detail) => {
  const { revoke, writers } = aWorld([anAdmin('op_1'), anAdmin('op_2', { role: 'flow_designer' })]);
  expect(await revoke(id)).toMatchObject({ status, body: { code, detail: expect.stringMatching(detail) } });
  expect(writers).toEqual([]);
});

const added = { name: 'ci', role: 'flow_designer' };

// The authorizer accepted these tokens before. Another request changed the roster since.
test.each<[string, string, Operator[], boolean]>([
  ['was revoked', 'op_9', [anAdmin('op_1')], false],
  ['became a flow_designer', 'op_9', [anAdmin('op_1'), anAdmin('op_9', { role: 'flow_designer' })], false],
  ['expired', 'op_9', [anAdmin('op_1'), anAdmin('op_9', { expiresAt: noon.toISOString() })], false],
  ['is the closed bootstrap token', 'bootstrap', [anAdmin('op_1')], false],
])('an operator whose token %s adds nobody', async (_, operator, operators, open) => {
  const { add, writers } = aWorld(operators, { open });
  expect(await add(added, { operator })).toMatchObject({ status: 403, body: { code: 'operator_revoked' } });
  expect(writers).toEqual([]);
});

test('the open bootstrap token adds an operator without being in the list', async () => {
  const { add } = aWorld([anAdmin('op_1')], { open: true });
  expect(await add(added, { operator: 'bootstrap' })).toMatchObject({ status: 201 });
});

test('after a reset that revokes all others, a stolen bootstrap token adds nobody who could revoke the new admin', async () => {
  const { add, table, roster, writers } = aWorld([anAdmin('op_1')], { open: true });
  const actor = { by: 'iam:ada', now: noon };
  const reset = { name: 'reset', id: 'op_reset', requestId: 'reset-1', actor };
  await resetOperators(table, { ...reset, revokeAll: true });
  expect(await add(added, { operator: 'bootstrap' })).toMatchObject({
    status: 403,
    body: { code: 'operator_revoked' },
  });
  expect([roster().operators.map(({ id }) => id), writers]).toEqual([['op_reset'], ['reset-1']]);
});

const tomorrow = '2026-03-02T12:00:00.000Z';
const aMomentLater = '2026-03-02T12:00:00.001Z';

describe('an admin that expires', () => {
  const aWorldThatEnds = () => aWorld([anAdmin('op_1'), anAdmin('op_2', { expiresAt: tomorrow })]);

  test.each([
    ['that never expires', {}],
    ['that expires a moment later', { expiresAt: aMomentLater }],
    ['that expires a moment later, in another form', { expiresAt: '2026-03-02T12:00:00.0019Z' }],
    ['that expires in the year 9999', { expiresAt: '9999-12-31T23:59:59.999Z' }],
  ])('adds no operator %s, of either role', async (_, more) => {
    const { add, writers } = aWorldThatEnds();
    for (const role of ['connection_admin', 'flow_designer'])
      expect(await add({ name: 'ci', role, ...more }, { operator: 'op_2', expiresAt: tomorrow })).toMatchObject({
        status: 422,
        body: {
          code: 'expiry_too_late',
          latestExpiry: tomorrow,
          errors: [{ path: 'expiresAt', pointer: '/expiresAt' }],
          detail:
            'expiresAt must be 2026-03-02T12:00:00.000Z at the latest, when your own token ends. Only an admin without an expiry adds operators that stay longer.',
        },
      });
    expect(writers).toEqual([]);
  });

  test('adds operators that expire with it, or earlier', async () => {
    const { add, roster } = aWorldThatEnds();
    for (const [at, expiresAt] of [tomorrow, '2026-03-01T12:00:00.001Z'].entries())
      expect(await add({ ...added, name: `ci-${at}`, expiresAt }, { operator: 'op_2' })).toMatchObject({ status: 201 });
    expect(
      roster()
        .operators.slice(2)
        .map(({ expiresAt }) => expiresAt),
    ).toEqual([tomorrow, '2026-03-01T12:00:00.001Z']);
  });

  test('is bound by the expiry in the list, whatever the authorizer said', async () => {
    const { add } = aWorldThatEnds();
    expect(await add(added, { operator: 'op_2' })).toMatchObject({ status: 422, body: { code: 'expiry_too_late' } });
  });

  test('reads how late the operators that it adds may expire', async () => {
    const { body } = await aWorldThatEnds().ask('GET /v1/me', { operator: 'op_2', expiresAt: tomorrow });
    expect(body).toMatchObject({ latestOperatorExpiry: tomorrow });
  });
});

describe('an admin of an OpenID Connect issuer', () => {
  const bo = { operator: 'oidc:bo', expiresAt: '2026-03-01T13:00:00.000Z' };

  test('adds no operator by default, and is told what to do', async () => {
    const { add, ask, writers } = aWorld();
    const body = { ...added, expiresAt: '2026-03-01T12:00:01Z' };
    expect(await add(body, bo)).toMatchObject({
      status: 403,
      body: {
        code: 'oidc_operators_not_allowed',
        detail:
          'In this deployment, an admin of an OpenID Connect issuer adds no operators. Send the token of an operator with the role connection_admin, or deploy with the setting oidcOperatorDays.',
      },
    });
    expect(writers).toEqual([]);
    const me = (await ask('GET /v1/me', bo)).body;
    expect(me.allowedActions).toEqual([
      'createConnection',
      'createDestination',
      'changeDestination',
      'listOperators',
      'revokeOperator',
    ]);
    expect(me).not.toHaveProperty('latestOperatorExpiry');
  });

  test.each([
    ['that never expires', {}],
    ['that expires after more days', { expiresAt: aMomentLater }],
  ])('adds no operator %s than the deployment allows', async (_, more) => {
    const { add, writers } = aWorld(undefined, { oidcOperatorDays: 1 });
    expect(await add({ ...added, ...more }, bo)).toMatchObject({
      status: 422,
      body: {
        code: 'expiry_too_late',
        latestExpiry: tomorrow,
        detail:
          'expiresAt must be 2026-03-02T12:00:00.000Z at the latest: the setting oidcOperatorDays is 1. Only an admin without an expiry adds operators that stay longer.',
      },
    });
    expect(writers).toEqual([]);
  });

  test('adds operators for as many days as the deployment allows', async () => {
    const { add, ask, roster } = aWorld(undefined, { oidcOperatorDays: 1 });
    expect((await ask('GET /v1/me', bo)).body).toMatchObject({
      allowedActions: [
        'createConnection',
        'createDestination',
        'changeDestination',
        'listOperators',
        'createOperator',
        'revokeOperator',
      ],
      latestOperatorExpiry: tomorrow,
    });
    expect(await add({ ...added, expiresAt: tomorrow }, bo)).toMatchObject({ status: 201 });
    expect(roster().entry).toMatchObject({ by: 'oidc:bo', operator: { expiresAt: tomorrow } });
  });

  test('revokes an operator, but not the last admin without an expiry', async () => {
    const { revoke } = aWorld([anAdmin('op_1'), anAdmin('op_2')]);
    expect(await revoke('op_1', bo)).toMatchObject({ status: 204 });
    expect(await revoke('op_2', bo)).toMatchObject({ status: 409, body: { code: 'last_admin' } });
  });
});

test('an operator without an expiry, and the bootstrap token, may add operators that never expire', async () => {
  const { add, ask } = aWorld([anAdmin('op_1')], { open: true });
  for (const [at, operator] of ['op_1', 'bootstrap'].entries()) {
    expect((await ask('GET /v1/me', { operator })).body).not.toHaveProperty('latestOperatorExpiry');
    expect(await add({ name: `ci-${at}`, role: 'connection_admin' }, { operator })).toMatchObject({ status: 201 });
  }
});

test('a change is decided again if another operator was faster', async () => {
  const { add, meanwhile, replace, roster } = aWorld();
  meanwhile.push(() => replace({ operators: [anAdmin('op_1'), anAdmin('op_2')] }));
  expect(await add(added)).toMatchObject({ status: 201 });
  expect(roster().operators.map(({ id }) => id)).toEqual(['op_1', 'op_2', 'op_new1']);
});

test('an operator who is revoked while the change is decided again adds nobody', async () => {
  const { add, meanwhile, replace, writers } = aWorld([anAdmin('op_1'), anAdmin('op_2')]);
  meanwhile.push(() => replace({ operators: [anAdmin('op_2')] }));
  expect(await add(added)).toMatchObject({ status: 403, body: { code: 'operator_revoked' } });
  expect(writers).toEqual([]);
});

test('a change that others beat every time is superseded', async () => {
  const { add, meanwhile, replace } = aWorld();
  meanwhile.push(...Array.from({ length: 8 }, () => () => replace({})));
  expect(await add(added)).toMatchObject({ status: 409, body: { code: 'superseded' } });
});

test('everybody may read the names of operators, also of those that are gone, and nothing else of them', async () => {
  const present = [anAdmin('op_1', { name: 'Ada' }), anAdmin('op_2', { name: 'Bob' })];
  const earlier = [anAdmin('op_7', { name: 'Cy' }), anAdmin('op_1', { name: 'Ada' }), anAdmin('op_8', { name: 'Dee' })];
  const { ask, pages } = aWorld(present, { earlier });
  expect(await ask('GET /v1/operators/names', { role: 'flow_designer' })).toMatchObject({
    status: 200,
    body: {
      items: [
        { id: 'op_7', name: 'Cy' },
        { id: 'op_1', name: 'Ada' },
        { id: 'op_8', name: 'Dee' },
        { id: 'op_2', name: 'Bob' },
      ],
    },
  });
  expect(pages).toHaveLength(3);
});

test('the history of operators is in pages, the newest first', async () => {
  const { ask, pages } = aWorld();
  const { status, body } = await ask('GET /v1/operators/history', { query: { limit: '1' } });
  expect([status, body.items]).toEqual([
    200,
    [{ version: 4, verb: 'closeBootstrap', by: 'op_1', at: closed, requestId: 'r4' }],
  ]);
  const { body: rest } = await ask('GET /v1/operators/history', { query: { cursor: body.nextCursor } });
  expect(rest.nextCursor).toBeNull();
  expect(pages).toEqual([
    { limit: 1, before: undefined },
    { limit: 50, before: 4 },
  ]);
});

test.each(['0', '04', '1234567890', '4 ', 'x4'])('the history takes no cursor of %j', async (position) => {
  const { refusal } = aWorld();
  const cursor = Buffer.from(position).toString('base64url');
  expect(await refusal('GET /v1/operators/history', { query: { cursor } })).toEqual([400, 'invalid_cursor']);
});
