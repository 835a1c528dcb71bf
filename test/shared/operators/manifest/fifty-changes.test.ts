/** Changes to a file that was applied: what a reviewer reads of each in the plan, in words and in JSON. */
import { expect, test } from '@jest/globals';
import { planDocument, planLines, planSummary } from '../../../../clients/cli/output/plan-text.ts';
import type { PlanOptions } from '../../../../shared/operators/manifest/plan.ts';
import { aDeploymentWithFiles } from './given-file.ts';

const paid = { id: 'paid', when: { type: ['order.paid'] }, transform: '{ "total": data.total }', to: 'erp' };
const rest = { id: 'rest', to: 'archive' };
const auth = {
  ...{ kind: 'oauth2', tokenUrl: 'https://login.example.com/token', clientId: 'shop', clientSecret: 'env:ONE' },
  ...{ scope: 'orders.write' },
};

const aFile = () => ({
  name: 'shop',
  connections: {
    orders: {
      ...{ token: 'env:ONE', description: 'Orders', retentionDays: 14, dedupe: { by: 'header', name: 'x-id' } },
      routes: { mode: 'first', rules: [paid, rest] },
    },
    code: { provider: 'github', token: 'env:TWO', status: 'inactive' },
  },
  destinations: {
    erp: {
      ...{ url: 'https://erp.example.com/in', timeoutSeconds: 10, rate: { perSecond: 2 } },
      ...{ headers: { 'x-team': 'shop', 'x-key': 'env:ONE' }, auth: { kind: 'bearer', token: 'env:TWO' } },
    },
    archive: { url: 'env:URL' },
    books: { url: 'https://books.example.com', auth },
  },
});
// biome-ignore lint/suspicious/noExplicitAny: each change makes another file
type File = any;

/** Texts that are written out: if one of them is another, it is not known which. */
const mayBe = {
  url: {
    ...{ field: 'url', from: 'https://erp.example.com', to: 'https://erp.example.com' },
    ...{ hidden: true, maybe: true },
  },
  team: { field: 'headers.x-team', before: 'hidden', hidden: true, maybe: true },
};
const mayBeLines = {
  url: 'url: https://erp.example.com (the rest is not shown, may be another)',
  team: 'headers.x-team: a value that is not shown (may be another)',
};

/** A deployment on which the file was applied, with two things of operators beside. */
async function anApplied() {
  const world = aDeploymentWithFiles();
  expect(await world.apply(aFile())).toEqual([]);
  const asked = async (key: string, body: object, name?: string) =>
    expect((await world.ask(key, { ...(name && { params: { name } }), body })).status).toBeLessThan(300);
  await asked('POST /v1/connections', { name: 'mine' });
  await asked('PUT /v1/connections/{name}/endpoint', {}, 'mine');
  await asked('POST /v1/connections/{name}/endpoint/token', {}, 'mine');
  await asked('POST /v1/connections/{name}/endpoint/activate', {}, 'mine');
  await asked('POST /v1/destinations', { name: 'outside', url: 'https://outside.example.com/in' });
  return world;
}

const orders = (...differences: object[]) => [{ kind: 'connection', name: 'orders', action: 'change', differences }];
const code = (...differences: object[]) => [{ kind: 'connection', name: 'code', action: 'change', differences }];
const erp = (...differences: object[]) => [{ kind: 'destination', name: 'erp', action: 'change', differences }];
const books = (...differences: object[]) => [{ kind: 'destination', name: 'books', action: 'change', differences }];
const archive = (...differences: object[]) => [{ kind: 'destination', name: 'archive', action: 'change', differences }];
const other = (kind: string, name: string, action: string, ...differences: object[]) => [
  { kind, name, action, differences },
];

const ruled = (file: File, ...rules: object[]) => {
  file.connections.orders.routes.rules = rules;
};

type Row = [
  change: string,
  change: (file: File) => void,
  lines: string[],
  items: object[],
  options?: Partial<PlanOptions>,
];
const rows: Row[] = [
  [
    'another host',
    (file) => (file.destinations.erp.url = 'https://elsewhere.example.com/in'),
    ['url: https://erp.example.com → https://elsewhere.example.com (the rest is not shown)', mayBeLines.team],
    erp(
      { field: 'url', from: 'https://erp.example.com', to: 'https://elsewhere.example.com', hidden: true },
      mayBe.team,
    ),
  ],
  [
    'another port',
    (file) => (file.destinations.erp.url = 'https://erp.example.com:8443/in'),
    ['url: https://erp.example.com → https://erp.example.com:8443 (the rest is not shown)', mayBeLines.team],
    erp(
      { field: 'url', from: 'https://erp.example.com', to: 'https://erp.example.com:8443', hidden: true },
      mayBe.team,
    ),
  ],
  [
    'another path, whose text could be a secret',
    (file) => (file.destinations.erp.url = 'https://erp.example.com/a-secret-path'),
    [mayBeLines.url, mayBeLines.team],
    erp(mayBe.url, mayBe.team),
  ],
  [
    'a reference in the place of a URL',
    (file) => (file.destinations.erp.url = 'env:URL'),
    ['url: https://erp.example.com → env:URL', mayBeLines.team],
    erp({ field: 'url', from: 'https://erp.example.com', to: 'env:URL' }, mayBe.team),
  ],
  [
    'another reference of a URL',
    (file) => (file.destinations.archive.url = 'env:OTHER_URL'),
    ['url: env:URL → env:OTHER_URL'],
    archive({ field: 'url', from: 'env:URL', to: 'env:OTHER_URL' }),
  ],
  [
    'a URL in the place of a reference',
    (file) => (file.destinations.archive.url = 'https://archive.example.com'),
    ['url: env:URL → https://archive.example.com'],
    archive({ field: 'url', from: 'env:URL', to: 'https://archive.example.com' }),
  ],
  [
    'a header with the token of the pipeline',
    (file) => (file.destinations.erp.headers['x-build'] = 'env:GITHUB_TOKEN'),
    ['headers.x-build: env:GITHUB_TOKEN'],
    erp({ field: 'headers.x-build', to: 'env:GITHUB_TOKEN' }),
  ],
  [
    'a header that is written out',
    (file) => (file.destinations.erp.headers['x-shift'] = 'night'),
    ['headers.x-shift: a value that is not shown'],
    erp({ field: 'headers.x-shift', hidden: true }),
  ],
  [
    'another reference of a header',
    (file) => (file.destinations.erp.headers['x-key'] = 'env:TWO'),
    ['headers.x-key: env:ONE → env:TWO'],
    erp({ field: 'headers.x-key', from: 'env:ONE', to: 'env:TWO' }),
  ],
  [
    'a reference in the place of a header that was written out',
    (file) => (file.destinations.erp.headers['x-team'] = 'env:TEAM'),
    [mayBeLines.url, 'headers.x-team: a value that is not shown → env:TEAM'],
    erp(mayBe.url, { field: 'headers.x-team', before: 'hidden', to: 'env:TEAM' }),
  ],
  [
    'another text of a header: it is not known which of the texts is another',
    (file) => (file.destinations.erp.headers['x-team'] = 'depot'),
    [mayBeLines.url, mayBeLines.team],
    erp(mayBe.url, mayBe.team),
  ],
  [
    'a header that goes',
    (file) => delete file.destinations.erp.headers['x-key'],
    ['headers.x-key: env:ONE → none'],
    erp({ field: 'headers.x-key', from: 'env:ONE', to: 'none' }),
  ],
  [
    'all headers that go',
    (file) => delete file.destinations.erp.headers,
    [mayBeLines.url, 'headers.x-team: a value that is not shown → none', 'headers.x-key: env:ONE → none'],
    erp(
      mayBe.url,
      { field: 'headers.x-team', before: 'hidden', to: 'none' },
      { field: 'headers.x-key', from: 'env:ONE', to: 'none' },
    ),
  ],
  [
    'another credential',
    (file) => (file.destinations.erp.auth.token = 'env:ERP_TOKEN'),
    ['auth.token: env:TWO → env:ERP_TOKEN'],
    erp({ field: 'auth.token', from: 'env:TWO', to: 'env:ERP_TOKEN' }),
  ],
  [
    'another kind of auth',
    (file) => (file.destinations.erp.auth = { kind: 'basic', username: 'shop', password: 'env:ONE' }),
    [
      'auth.kind: bearer → basic',
      'auth.username: a value that is not shown',
      'auth.password: env:ONE',
      'auth.token: env:TWO → none',
    ],
    erp(
      { field: 'auth.kind', from: 'bearer', to: 'basic' },
      { field: 'auth.username', hidden: true },
      { field: 'auth.password', to: 'env:ONE' },
      { field: 'auth.token', from: 'env:TWO', to: 'none' },
    ),
  ],
  [
    'a credential that goes',
    (file) => delete file.destinations.erp.auth,
    ['auth.kind: bearer → none', 'auth.token: env:TWO → none'],
    erp({ field: 'auth.kind', from: 'bearer', to: 'none' }, { field: 'auth.token', from: 'env:TWO', to: 'none' }),
  ],
  [
    'another host of tokens',
    (file) => (file.destinations.books.auth = { ...auth, tokenUrl: 'https://elsewhere.example.com/token' }),
    [
      'url: https://books.example.com (may be another)',
      'auth.tokenUrl: https://login.example.com → https://elsewhere.example.com (the rest is not shown)',
    ],
    books(
      { field: 'url', from: 'https://books.example.com', to: 'https://books.example.com', maybe: true },
      {
        ...{ field: 'auth.tokenUrl', from: 'https://login.example.com', to: 'https://elsewhere.example.com' },
        hidden: true,
      },
    ),
  ],
  [
    'another client',
    (file) => (file.destinations.books.auth = { ...auth, clientId: 'depot' }),
    ['auth.clientId: shop → depot'],
    books({ field: 'auth.clientId', from: 'shop', to: 'depot' }),
  ],
  [
    'more rights',
    (file) => (file.destinations.books.auth = { ...auth, scope: 'orders.write orders.delete' }),
    ['auth.scope: orders.write → orders.write orders.delete'],
    books({ field: 'auth.scope', from: 'orders.write', to: 'orders.write orders.delete' }),
  ],
  [
    'another secret of a client',
    (file) => (file.destinations.books.auth = { ...auth, clientSecret: 'env:BOOKS' }),
    ['auth.clientSecret: env:ONE → env:BOOKS'],
    books({ field: 'auth.clientSecret', from: 'env:ONE', to: 'env:BOOKS' }),
  ],
  [
    'a signing secret of its own',
    (file) => (file.destinations.erp.signingSecret = 'env:SIGNING'),
    ['signingSecret: env:SIGNING (before unknown)'],
    erp({ field: 'signingSecret', before: 'unknown', to: 'env:SIGNING' }),
  ],
  [
    'another method',
    (file) => (file.destinations.erp.method = 'PUT'),
    ['method: POST → PUT'],
    erp({ field: 'method', from: 'POST', to: 'PUT' }),
  ],
  [
    'another rate',
    (file) => (file.destinations.erp.rate = { perSecond: 50 }),
    ['rate: {"perSecond":2} → {"perSecond":50}'],
    erp({ field: 'rate', from: { perSecond: 2 }, to: { perSecond: 50 } }),
  ],
  [
    'no rate any more',
    (file) => delete file.destinations.erp.rate,
    ['rate: {"perSecond":2} → null'],
    erp({ field: 'rate', from: { perSecond: 2 }, to: null }),
  ],
  [
    'another timeout, which is the default again',
    (file) => delete file.destinations.erp.timeoutSeconds,
    ['timeoutSeconds: 10 → 15'],
    erp({ field: 'timeoutSeconds', from: 10, to: 15 }),
  ],
  [
    'other waits',
    (file) => (file.destinations.erp.schedule = [30, 300]),
    ['schedule: null → [30,300]'],
    erp({ field: 'schedule', from: null, to: [30, 300] }),
  ],
  [
    'less time to try',
    (file) => (file.destinations.erp.giveUpAfterHours = 1),
    ['giveUpAfterHours: 72 → 1'],
    erp({ field: 'giveUpAfterHours', from: 72, to: 1 }),
  ],
  [
    'a condition for more events',
    (file) => ruled(file, { ...paid, when: { type: ['order.paid', { prefix: '' }] } }, rest),
    ['routes.rules.paid.when: {"type":["order.paid"]} → {"type":["order.paid",{"prefix":""}]}'],
    orders({
      field: 'routes.rules.paid.when',
      ...{ from: { type: ['order.paid'] }, to: { type: ['order.paid', { prefix: '' }] } },
    }),
  ],
  [
    'a condition that goes',
    (file) => {
      file.connections.orders.routes.mode = 'all';
      ruled(file, { id: 'paid', transform: paid.transform, to: 'erp' }, rest);
    },
    ['routes.mode: first → all', 'routes.rules.paid.when: {"type":["order.paid"]} → none'],
    orders(
      { field: 'routes.mode', from: 'first', to: 'all' },
      { field: 'routes.rules.paid.when', from: { type: ['order.paid'] } },
    ),
  ],
  [
    'a condition that comes',
    (file) => ruled(file, paid, { ...rest, when: { provider: ['generic'] } }),
    ['routes.rules.rest.when: {"provider":["generic"]}'],
    orders({ field: 'routes.rules.rest.when', to: { provider: ['generic'] } }),
  ],
  [
    'a transform that sends more',
    (file) => ruled(file, { ...paid, transform: '{ "total": data.total, "card": data.card }' }, rest),
    ['routes.rules.paid.transform: { "total": data.total } → { "total": data.total, "card": data.card }'],
    orders({
      field: 'routes.rules.paid.transform',
      ...{ from: '{ "total": data.total }', to: '{ "total": data.total, "card": data.card }' },
    }),
  ],
  [
    'a transform that goes, so that all is sent',
    (file) => ruled(file, { id: 'paid', when: paid.when, to: 'erp' }, rest),
    ['routes.rules.paid.transform: { "total": data.total } → none'],
    orders({ field: 'routes.rules.paid.transform', from: '{ "total": data.total }' }),
  ],
  [
    'a transform that comes',
    (file) => ruled(file, paid, { ...rest, transform: 'data' }),
    ['routes.rules.rest.transform: data'],
    orders({ field: 'routes.rules.rest.transform', to: 'data' }),
  ],
  [
    'another destination of a rule',
    (file) => ruled(file, paid, { ...rest, to: 'books' }),
    ['routes.rules.rest.to: archive → books'],
    orders({ field: 'routes.rules.rest.to', from: 'archive', to: 'books' }),
  ],
  [
    'a new rule before the others, whose events it takes',
    (file) => ruled(file, { id: 'all-paid', when: paid.when, to: 'books' }, paid, rest),
    [
      'routes.order: ["paid","rest"] → ["all-paid","paid","rest"]',
      'routes.rules.all-paid.when: {"type":["order.paid"]}',
      'routes.rules.all-paid.to: books',
    ],
    orders(
      { field: 'routes.order', from: ['paid', 'rest'], to: ['all-paid', 'paid', 'rest'] },
      { field: 'routes.rules.all-paid.when', to: { type: ['order.paid'] } },
      { field: 'routes.rules.all-paid.to', to: 'books' },
    ),
  ],
  [
    'another order',
    (file) => ruled(file, { ...rest, when: { provider: ['generic'] } }, paid),
    ['routes.order: ["paid","rest"] → ["rest","paid"]', 'routes.rules.rest.when: {"provider":["generic"]}'],
    orders(
      { field: 'routes.order', from: ['paid', 'rest'], to: ['rest', 'paid'] },
      { field: 'routes.rules.rest.when', to: { provider: ['generic'] } },
    ),
  ],
  [
    'another mode',
    (file) => (file.connections.orders.routes.mode = 'all'),
    ['routes.mode: first → all'],
    orders({ field: 'routes.mode', from: 'first', to: 'all' }),
  ],
  [
    'a rule that goes',
    (file) => ruled(file, paid),
    ['routes.rules.rest.to: archive → none'],
    orders({ field: 'routes.rules.rest.to', from: 'archive' }),
  ],
  [
    'all rules that go',
    (file) => ruled(file),
    [
      'routes.rules.paid.when: {"type":["order.paid"]} → none',
      'routes.rules.paid.transform: { "total": data.total } → none',
      'routes.rules.paid.to: erp → none',
      'routes.rules.rest.to: archive → none',
    ],
    orders(
      { field: 'routes.rules.paid.when', from: { type: ['order.paid'] } },
      { field: 'routes.rules.paid.transform', from: '{ "total": data.total }' },
      { field: 'routes.rules.paid.to', from: 'erp' },
      { field: 'routes.rules.rest.to', from: 'archive' },
    ),
  ],
  [
    'routes that are left to operators',
    (file) => delete file.connections.orders.routes,
    ['routes: as the file says → left to operators'],
    orders({ field: 'routes', from: 'as the file says', to: 'left to operators' }),
  ],
  [
    'routes that the file has from now on',
    (file) => (file.connections.code.routes = { rules: [] }),
    ['routes: left to operators → as the file says'],
    code({ field: 'routes', from: 'left to operators', to: 'as the file says' }),
  ],
  [
    'another reference of a token',
    (file) => (file.connections.orders.token = 'env:OTHER'),
    ['token: env:ONE → env:OTHER'],
    orders({ field: 'token', from: 'env:ONE', to: 'env:OTHER' }),
  ],
  [
    'a token that is left to operators',
    (file) => delete file.connections.orders.token,
    ['token: env:ONE → left to operators'],
    orders({ field: 'token', from: 'env:ONE', to: 'left to operators' }),
  ],
  [
    'a setting',
    (file) => (file.connections.orders.retentionDays = 1),
    ['retentionDays: 14 → 1'],
    orders({ field: 'retentionDays', from: 14, to: 1 }),
  ],
  [
    'a setting that is the default again',
    (file) => delete file.connections.orders.dedupe,
    ['dedupe: {"by":"header","name":"x-id"} → {"by":"none"}'],
    orders({ field: 'dedupe', from: { by: 'header', name: 'x-id' }, to: { by: 'none' } }),
  ],
  [
    'another description',
    (file) => delete file.connections.orders.description,
    ['description: Orders → '],
    orders({ field: 'description', from: 'Orders', to: '' }),
  ],
  [
    'an endpoint that is closed',
    (file) => (file.connections.orders.status = 'inactive'),
    ['status: active → inactive'],
    orders({ field: 'status', from: 'active', to: 'inactive' }),
  ],
  [
    'an endpoint that is opened',
    (file) => delete file.connections.code.status,
    ['status: configured → active'],
    code({ field: 'status', from: 'configured', to: 'active' }),
  ],
  [
    'a token and an endpoint that is opened at once',
    (file) => (file.connections.code = { provider: 'github', token: 'keep' }),
    ['status: configured → active', 'token: env:TWO → keep'],
    code({ field: 'status', from: 'configured', to: 'active' }, { field: 'token', from: 'env:TWO', to: 'keep' }),
  ],
  [
    'a new connection',
    (file) => (file.connections.extra = { token: 'generate', routes: { rules: [rest] } }),
    ['+', 'provider: generic', 'token: generate', 'routes.rules.rest.to: archive', 'status: active'],
    other(
      ...(['connection', 'extra', 'create', { field: 'provider', to: 'generic' }] as const),
      ...[
        { field: 'token', to: 'generate' },
        { field: 'routes.rules.rest.to', to: 'archive' },
      ],
      { field: 'status', to: 'active' },
    ),
  ],
  [
    'a new destination',
    (file) => (file.destinations.extra = { url: 'https://extra.example.com', headers: { 'x-key': 'env:ONE' } }),
    ['+', 'url: https://extra.example.com', 'headers.x-key: env:ONE'],
    other(...(['destination', 'extra', 'create', { field: 'url', to: 'https://extra.example.com' }] as const), {
      field: 'headers.x-key',
      to: 'env:ONE',
    }),
  ],
  [
    'a connection of operators that is adopted',
    (file) => (file.connections.mine = { adopt: true, token: 'keep', retentionDays: 7 }),
    ['~', 'managedBy: shop', 'retentionDays: 30 → 7'],
    other(
      'connection',
      'mine',
      'adopt',
      { field: 'managedBy', to: 'shop' },
      { field: 'retentionDays', from: 30, to: 7 },
    ),
  ],
  [
    'a destination of operators that is adopted, and gets a header',
    (file) => (file.destinations.outside = { adopt: true, headers: { 'x-key': 'env:ONE' } }),
    ['~', 'managedBy: shop', 'headers.x-key: env:ONE'],
    other(...(['destination', 'outside', 'adopt', { field: 'managedBy', to: 'shop' }] as const), {
      field: 'headers.x-key',
      to: 'env:ONE',
    }),
  ],
  [
    'a destination of operators that is adopted, and goes elsewhere',
    (file) => (file.destinations.outside = { adopt: true, url: 'https://elsewhere.example.com' }),
    ['~', 'managedBy: shop', 'url: https://outside.example.com → https://elsewhere.example.com'],
    other(...(['destination', 'outside', 'adopt', { field: 'managedBy', to: 'shop' }] as const), {
      field: 'url',
      from: 'https://outside.example.com',
      to: 'https://elsewhere.example.com',
    }),
  ],
  [
    'a connection that goes',
    (file) => delete file.connections.code,
    ['-'],
    other('connection', 'code', 'delete'),
    { prune: true },
  ],
  [
    'a destination that goes',
    (file) => delete file.destinations.books,
    ['-'],
    other('destination', 'books', 'delete'),
    { prune: true },
  ],
];

test('there are at least fifty, each of another name', () => {
  expect(new Set(rows.map(([name]) => name)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThanOrEqual(50);
});

test.each(rows)('%s', async (_, change, [first = '', ...more], items, options = {}) => {
  const world = await anApplied();
  const file = aFile();
  change(file);
  const plan = await world.planOf(file, options);
  if ('refused' in plan) throw new Error(plan.refused.join());
  expect(planDocument('shop', plan)).toEqual({ name: 'shop', items, kept: [], left: [], notCompared: [] });
  const [item] = items as { kind: string; name: string; action: string }[];
  const isMarked = ['+', '~', '-'].includes(first);
  const differences = isMarked ? more : [first, ...more];
  expect(planLines(plan, false)).toEqual([
    `${isMarked ? first : '~'}  ${item?.action} the ${item?.kind} ${item?.name}`,
    ...differences.map((line) => `     ${line}`),
  ]);
  expect(planSummary(plan)).toBe(`1 to ${item?.action}.`);
});

test('the plan of an unchanged file is empty', async () => {
  const world = await anApplied();
  const nothing = { items: [], kept: [], left: [], notCompared: [] };
  expect(await world.planOf(aFile())).toEqual(nothing);
  // The same by other words: fields in another order, and defaults that are said.
  const { destinations, connections, name } = aFile();
  const again = { ...connections, orders: { ...connections.orders, status: 'active', provider: 'generic' } };
  expect(await world.planOf({ destinations, connections: again, name })).toEqual(nothing);
});

test('of a record of an earlier release the plan says "before unknown", and the next change gives it the names', async () => {
  const world = await anApplied();
  const managerIn = async (name: string) =>
    (await world.ask('GET /v1/destinations/{name}', { params: { name } })).body.managedBy;
  const { tokenRef } = await managerIn('erp');
  const managedBy = { kind: 'file', name: 'shop', tokenRef };
  await world.ask('PATCH /v1/destinations/{name}', { params: { name: 'erp' }, body: { managedBy } });
  await world.ask('PATCH /v1/connections/{name}', {
    params: { name: 'orders' },
    body: { managedBy: { ...managedBy, tokenRef: 'env:ONE' } },
  });
  expect(await world.planOf(aFile())).toEqual({ items: [], kept: [], left: [], notCompared: [] });
  const file = aFile();
  file.destinations.erp.headers['x-key'] = 'env:TWO';
  const plan = await world.planOf(file);
  expect('items' in plan && planLines(plan, false)).toEqual([
    '~  change the destination erp',
    '     url: https://erp.example.com (the rest is not shown, may be another)',
    '     headers.x-team: a value that is not shown (before unknown)',
    '     headers.x-key: env:TWO (before unknown)',
    '     auth.token: env:TWO (before unknown)',
  ]);
  expect(await world.apply(file)).toEqual([]);
  const names = { url: 'literal', 'headers.x-team': 'literal', 'headers.x-key': 'env:TWO' };
  expect((await managerIn('erp')).said).toEqual({ ...names, 'auth.kind': 'bearer', 'auth.token': 'env:TWO' });
});

test('what an operator changed is all that the next plan shows, and a designer sees no name', async () => {
  const world = await anApplied();
  const change = { params: { name: 'erp' }, body: { auth: { kind: 'bearer', token: 'by-hand' } } };
  expect((await world.ask('PATCH /v1/destinations/{name}', change)).status).toBe(200);
  const plan = await world.planOf(aFile());
  expect('items' in plan && planLines(plan, false)).toEqual([
    '~  change the destination erp',
    '     auth.token: env:TWO (before unknown)',
  ]);
  const { body } = await world.ask('GET /v1/destinations/{name}', { params: { name: 'erp' }, role: 'flow_designer' });
  expect(body.managedBy).toEqual({ kind: 'file', name: 'shop' });
});

test.each([
  [{ url: 'https://erp.example.com/in' }],
  [{ 'headers.x-team': 'shop' }],
  [{ 'auth.username': 'a-key' }],
  [{ 'auth.tokenUrl': 'https://login.example.com/a-secret' }],
  [{ other: 'env:ONE' }],
])('no record takes %j: it could be a secret', async (said) => {
  const world = await anApplied();
  const body = { managedBy: { kind: 'file', name: 'shop', said } };
  const { status } = await world.ask('PATCH /v1/destinations/{name}', { params: { name: 'erp' }, body });
  expect(status).toBe(422);
});
