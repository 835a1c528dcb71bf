/** Each kind of difference between a file and what is there: the steps that are planned, and what a person reads of them. */
import { describe, expect, test } from '@jest/globals';
import { planLines } from '../../../../clients/cli/output/plan-text.ts';
import type { DestinationView } from '../../../../shared/deliveries/destination/destination-view.ts';
import type { ManagedBy } from '../../../../shared/endpoints/endpoint/managed-by.ts';
import { settingsChangeSchema } from '../../../../shared/endpoints/settings/settings.ts';
import type { ActualConnection } from '../../../../shared/operators/manifest/connection-case.ts';
import type { PlanOptions } from '../../../../shared/operators/manifest/plan.ts';
import { planManifest } from '../../../../shared/operators/manifest/plan-manifest.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';
import type { RoutesInForce } from '../../../../shared/operators/manifest/route-differences.ts';

const ours = { kind: 'file', name: 'shop', tokenRef: 'generate', routes: false } as const;
const withRef = (tokenRef: string, more: object = {}) => ({
  kind: 'file',
  name: 'shop',
  tokenRef,
  routes: false,
  ...more,
});
const another: ManagedBy = { kind: 'file', name: 'books' };
const aStack: ManagedBy = { kind: 'stack', stackId: 'arn:stack/one', logicalId: 'Orders' };
const erp = { id: 'erp-rule', to: 'erp' };

/** The settings of an endpoint of which nothing is said. */
const defaults = {
  auth: {
    kind: 'token',
    accept: [
      { in: 'header', name: 'authorization', scheme: 'Bearer' },
      { in: 'query', name: 'token' },
    ],
  },
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
};

interface Found {
  name?: string;
  provider?: string;
  description?: string;
  managedBy?: ManagedBy | undefined;
  /** What differs from an active endpoint with one token. Null: there is none. */
  endpoint?: object | null;
  routes?: RoutesInForce;
}

/** A connection that is there: active, and as the file `shop` made it. */
function found({ endpoint = {}, routes, ...more }: Found = {}): ActualConnection {
  const shown = endpoint && { ...defaults, status: 'active', held: false, tokens: [{ id: 't1' }], ...endpoint };
  const view = { name: 'orders', provider: 'generic', description: '', version: 3, managedBy: ours, ...more };
  return { view: { ...view, endpoint: shown } as unknown as ActualConnection['view'], ...(routes && { routes }) };
}

/** A destination that is there. */
const aDestination = (more: object = {}) =>
  ({
    ...{ name: 'erp', description: '', origin: 'https://erp.example.com', method: 'POST', timeoutSeconds: 15 },
    ...{ giveUpAfterHours: 72, version: 5, headerNames: [], authKind: 'none' },
    ...more,
  }) as unknown as DestinationView;

interface There {
  connections?: ActualConnection[];
  destinations?: DestinationView[];
  /** False for an operator who is no admin. */
  showsReferences?: boolean;
}

/** Plans a file. */
function planOf(
  file: object,
  { connections = [], destinations = [], showsReferences = true }: There,
  options: Partial<PlanOptions> = {},
) {
  const manifest = readManifest(JSON.stringify({ name: 'shop', ...file }), 'shop.json');
  const actual = {
    connections: new Map(connections.map((each) => [each.view.name, each])),
    destinations: new Map(destinations.map((each) => [each.name, each])),
    showsReferences,
  };
  return planManifest(manifest, actual, { prune: false, reopen: false, ...options });
}

/** Plans a file. @returns the steps of each item, and the lines for a person; or why it is refused */
function planned(file: object, there: There, options: Partial<PlanOptions> = {}) {
  const plan = planOf(file, there, options);
  if ('refused' in plan) return { refused: plan.refused };
  return { steps: plan.items.flatMap(({ steps }) => steps as object[]), lines: planLines(plan, false) };
}

/** Plans the connection `orders` of a file. */
const plannedOrders = (wanted: object, there: ActualConnection | undefined, options: Partial<PlanOptions> = {}) =>
  planned(
    { connections: { orders: { token: 'generate', ...wanted } } },
    { connections: there ? [there] : [], destinations: [aDestination()] },
    options,
  );

const nothing = { steps: [], lines: [] };
const [create, change, adopt] = ['create', 'change', 'adopt'].map(
  (action) => `${action === 'create' ? '+' : '~'}  ${action} the connection orders`,
);

describe('a connection', () => {
  test('that is as the file says needs nothing', () => {
    expect(plannedOrders({}, found())).toEqual(nothing);
    // The same by other words: a default that is said, and keys in another order.
    expect(plannedOrders({ retentionDays: 30, methods: ['POST', 'PUT', 'PATCH'] }, found())).toEqual(nothing);
    const dedupe = { by: 'header', name: 'x-id' };
    expect(plannedOrders({ dedupe: { name: 'x-id', by: 'header' } }, found({ endpoint: { dedupe } }))).toEqual(nothing);
  });

  test.each<[string, object, object[], string[]]>([
    [
      'active',
      { retentionDays: 7, description: 'Orders' },
      [
        {
          verb: 'create',
          provider: 'generic',
          description: 'Orders',
          managedBy: { kind: 'file', name: 'shop', routes: false, closed: true },
        },
        { verb: 'configure', settings: { retentionDays: 7 } },
        { verb: 'createToken', reference: 'generate', managedBy: withRef('generate', { closed: true }) },
        { verb: 'activate', managedBy: ours },
      ],
      ['provider: generic', 'description: Orders', 'retentionDays: 7', 'token: generate', 'status: active'],
    ],
    [
      'inactive, and remembered as closed by the file',
      { provider: 'github', status: 'inactive', token: 'env:ONE' },
      [
        {
          verb: 'create',
          provider: 'github',
          description: '',
          managedBy: { kind: 'file', name: 'shop', routes: false, closed: true },
        },
        { verb: 'configure', settings: {} },
        { verb: 'createToken', reference: 'env:ONE', managedBy: withRef('env:ONE', { closed: true }) },
      ],
      ['provider: github', 'token: env:ONE'],
    ],
  ])('that is not there is made %s', (_, wanted, steps, differences) => {
    expect(plannedOrders(wanted, undefined)).toEqual({
      steps,
      lines: [create, ...differences.map((line) => `     ${line}`)],
    });
  });

  const said: Record<string, [value: unknown, valueText: string, defaultText: string]> = {
    auth: [
      { kind: 'token', accept: [{ in: 'path' }] },
      '{"kind":"token","accept":[{"in":"path"}]}',
      '{"kind":"token","accept":[{"in":"header","name":"authorization","scheme":"Bearer"},{"in":"query","name":"token"}]}',
    ],
    answer: [
      { status: 200, body: 'ok', contentType: 'text/plain' },
      '{"status":200,"body":"ok","contentType":"text/plain"}',
      'null',
    ],
    dedupe: [{ by: 'header', name: 'x-id' }, '{"by":"header","name":"x-id"}', '{"by":"none"}'],
    allowFrom: [['192.0.2.0/24'], '["192.0.2.0/24"]', 'null'],
    methods: [['POST'], '["POST"]', '["POST","PUT","PATCH"]'],
    retentionDays: [7, '7', '30'],
    secretFrom: ['sender', 'sender', 'operator'],
    alerts: [{ silence: { minutes: 120 } }, '{"silence":{"minutes":120}}', 'null'],
    split: [true, 'true', 'false'],
    raw: [true, 'true', 'false'],
    type: [{ in: 'body', path: '/kind' }, '{"in":"body","path":"/kind"}', 'null'],
  };

  test('each setting is tried here', () => {
    expect(Object.keys(said).sort()).toEqual(Object.keys(settingsChangeSchema.shape).sort());
  });

  test.each(Object.entries(said))('gets the setting %s of the file, or its default again', (field, texts) => {
    const [value, valueText, defaultText] = texts;
    const lines = (from: string, to: string) =>
      Math.max(from.length, to.length) > 60
        ? [`     ${field}:`, `       - ${from}`, `       + ${to}`]
        : [`     ${field}: ${from} → ${to}`];
    expect(plannedOrders({ [field]: value }, found())).toEqual({
      steps: [{ verb: 'configure', settings: { [field]: value } }],
      lines: [change, ...lines(defaultText, valueText)],
    });
    expect(plannedOrders({}, found({ endpoint: { [field]: value } }))).toEqual({
      steps: [{ verb: 'configure', settings: { [field]: null } }],
      lines: [change, ...lines(valueText, defaultText)],
    });
  });

  test('gets its description', () => {
    expect(plannedOrders({ description: 'ours' }, found({ description: 'theirs' }))).toEqual({
      steps: [{ verb: 'edit', description: 'ours' }],
      lines: [change, '     description: theirs → ours'],
    });
  });

  test('that is not there is made with its routes, if the file has any', () => {
    const made = (rules: object[]) => plannedOrders({ status: 'inactive', routes: { rules } }, undefined);
    expect(made([erp])).toMatchObject({
      steps: [
        { verb: 'create' },
        { verb: 'configure' },
        { verb: 'createToken' },
        { verb: 'setRoutes', routes: { mode: 'all', rules: [erp] } },
      ],
      lines: [create, '     provider: generic', '     token: generate', '     routes.rules.erp-rule.to: erp'],
    });
    expect(made([]).steps?.map((step) => 'verb' in step && step.verb)).toEqual(['create', 'configure', 'createToken']);
  });

  const byReference = (tokenRef: string | undefined): Found => ({
    managedBy: { kind: 'file', name: 'shop', routes: false, ...(tokenRef !== undefined && { tokenRef }) },
  });
  const noToken = { endpoint: { tokens: [] } };
  const replaced = (reference: string) => ({ verb: 'replaceToken', reference, managedBy: withRef(reference) });
  const noted = (managedBy: object) => ({ verb: 'manage', managedBy });
  test.each<[string, string | undefined, Found, object[], string[]]>([
    ['of the same reference stays, whoever rotated it', 'env:ONE', byReference('env:ONE'), [], []],
    [
      'of another reference is replaced',
      'env:TWO',
      byReference('env:ONE'),
      [replaced('env:TWO')],
      ['token: env:ONE → env:TWO'],
    ],
    [
      'that was generated is replaced by one of a reference',
      'env:ONE',
      byReference('generate'),
      [replaced('env:ONE')],
      ['token: generate → env:ONE'],
    ],
    [
      'of a reference is replaced by a generated one',
      'generate',
      byReference('env:ONE'),
      [replaced('generate')],
      ['token: env:ONE → generate'],
    ],
    [
      'that an operator made is as good as a generated one',
      'generate',
      byReference('keep'),
      [noted(withRef('generate'))],
      ['token: keep → generate'],
    ],
    [
      'that the file says for the first time stays: it is as good as a generated one',
      'generate',
      byReference(undefined),
      [noted(withRef('generate'))],
      ['token: left to operators → generate'],
    ],
    [
      'that is kept from now on stays',
      'keep',
      byReference('env:ONE'),
      [noted(withRef('keep'))],
      ['token: env:ONE → keep'],
    ],
    [
      'of which the file says nothing any more stays',
      undefined,
      byReference('env:ONE'),
      [noted({ kind: 'file', name: 'shop', routes: false })],
      ['token: env:ONE → left to operators'],
    ],
    ['that an operator removed is not made again', 'env:ONE', { ...byReference('env:ONE'), ...noToken }, [], []],
    [
      'that is not there is made by another reference',
      'env:TWO',
      { ...byReference('env:ONE'), ...noToken },
      [{ verb: 'createToken', reference: 'env:TWO', managedBy: withRef('env:TWO') }],
      ['token: env:ONE → env:TWO'],
    ],
    [
      'whose reference is longer than a line is shown whole',
      `file:${'a'.repeat(70)}`,
      byReference('env:ONE'),
      [replaced(`file:${'a'.repeat(70)}`)],
      ['token:', '  - env:ONE', `  + file:${'a'.repeat(70)}`],
    ],
  ])('has a token %s', (_, token, there, steps, differences) => {
    expect(plannedOrders({ token }, found(there))).toEqual({
      steps,
      lines: steps.length === 0 ? [] : [change, ...differences.map((line) => `     ${line}`)],
    });
  });

  test('gets a new token together with a new auth: the live one may not fit', () => {
    const auth = { kind: 'token', accept: [{ in: 'path' }] };
    const { steps } = plannedOrders({ token: 'env:TWO', auth }, found(byReference('env:ONE')));
    expect(steps).toEqual([
      { verb: 'configure', settings: { auth }, reference: 'env:TWO', managedBy: withRef('env:TWO') },
    ]);
  });

  const closed = { kind: 'file', name: 'shop', routes: false, tokenRef: 'generate', closed: true } as const;
  const inactive = { endpoint: { status: 'inactive' } };
  test.each<[string, object, Found, Partial<PlanOptions>, object[], string[]]>([
    [
      'is closed',
      { status: 'inactive' },
      {},
      {},
      [{ verb: 'deactivate', managedBy: closed }],
      [change as string, '     status: active → inactive'],
    ],
    ['that the file closed stays closed', { status: 'inactive' }, { managedBy: closed, ...inactive }, {}, [], []],
    [
      'that the file closed is opened',
      {},
      { managedBy: closed, ...inactive },
      {},
      [{ verb: 'activate', managedBy: ours }],
      [change as string, '     status: inactive → active'],
    ],
    [
      'that an operator opened although the file closed it is noted as open',
      {},
      { managedBy: closed },
      {},
      [{ verb: 'manage', managedBy: ours }],
      [change as string, '     managedBy: shop, closed by it → shop'],
    ],
    [
      'that an operator closed stays closed',
      {},
      inactive,
      {},
      [],
      ['=  the connection orders stays closed, because an operator closed it; --reopen opens it'],
    ],
    [
      'that an operator closed is opened on request',
      {},
      inactive,
      { reopen: true },
      [{ verb: 'activate', managedBy: ours }],
      [change as string, '     status: inactive → active'],
    ],
    [
      'that an operator opened although the file closed it is closed again',
      { status: 'inactive' },
      { managedBy: closed },
      {},
      [{ verb: 'deactivate', managedBy: closed }],
      [change as string, '     status: active → inactive'],
    ],
    [
      'whose endpoint an operator removed stays without one',
      { retentionDays: 7 },
      { endpoint: null },
      {},
      [],
      ['=  the connection orders stays without an endpoint, because an operator deconfigured it; --reopen opens it'],
    ],
    [
      'whose endpoint an operator removed gets one on request',
      { retentionDays: 7 },
      { endpoint: null },
      { reopen: true },
      [
        { verb: 'configure', settings: { retentionDays: 7 } },
        { verb: 'createToken', reference: 'generate', managedBy: ours },
        { verb: 'activate', managedBy: ours },
      ],
      [change as string, ...['     retentionDays: 7', '     token: generate', '     status: active']],
    ],
    [
      'that an operator closed, and the file wants closed, is still not closed by the file',
      { status: 'inactive' },
      inactive,
      {},
      [],
      [],
    ],
    [
      'that an operator configured anew stays closed',
      {},
      { endpoint: { status: 'configured' } },
      {},
      [],
      ['=  the connection orders stays closed, because an operator closed it; --reopen opens it'],
    ],
    [
      'whose making was interrupted before its token was made gets it',
      {},
      { managedBy: closed, endpoint: { status: 'configured', tokens: [] } },
      {},
      [
        { verb: 'createToken', reference: 'generate', managedBy: closed },
        { verb: 'activate', managedBy: ours },
      ],
      [change as string, '     token: generate', '     status: configured → active'],
    ],
    [
      'whose endpoint an operator removed stays without one, also if it is to be inactive',
      { status: 'inactive' },
      { endpoint: null },
      {},
      [],
      ['=  the connection orders stays without an endpoint, because an operator deconfigured it; --reopen opens it'],
    ],
    [
      'whose endpoint an operator removed gets an inactive one on request',
      { status: 'inactive' },
      { endpoint: null },
      { reopen: true },
      [
        { verb: 'configure', settings: {} },
        { verb: 'createToken', reference: 'generate', managedBy: ours },
      ],
      [change as string, '     token: generate'],
    ],
    [
      'that an operator opened, and gets another token, is noted as open, which is told too',
      { token: 'env:ONE' },
      { managedBy: closed },
      {},
      [
        { verb: 'replaceToken', reference: 'env:ONE', managedBy: withRef('env:ONE', { closed: true }) },
        { verb: 'manage', managedBy: withRef('env:ONE') },
      ],
      [change as string, '     token: generate → env:ONE', '     managedBy: shop, closed by it → shop'],
    ],
    [
      'that an operator holds stays held',
      {},
      { endpoint: { held: true } },
      {},
      [],
      ['=  the connection orders stays held, because an operator holds it; --reopen opens it'],
    ],
    [
      'that an operator holds is released on request',
      {},
      { endpoint: { held: true } },
      { reopen: true },
      [{ verb: 'release' }],
      [change as string, '     held: true → false'],
    ],
    [
      'that an operator closed gets its settings all the same',
      { retentionDays: 7 },
      inactive,
      {},
      [{ verb: 'configure', settings: { retentionDays: 7 } }],
      [
        change as string,
        '     retentionDays: 30 → 7',
        '=  the connection orders stays closed, because an operator closed it; --reopen opens it',
      ],
    ],
  ])('%s', (_, wanted, there, options, steps, lines) => {
    expect(plannedOrders(wanted, found(there), options)).toEqual({ steps, lines });
  });

  const rules = [erp];
  const two = [erp, { id: 'other', when: { type: ['paid'] }, to: 'erp' }];
  const long = { type: ['order.paid', 'order.refunded'], data: { total: [{ numeric: ['>', 100] }] } };
  const longText = '{"type":["order.paid","order.refunded"],"data":{"total":[{"numeric":[">",100]}]}}';
  test.each<[string, object, RoutesInForce | undefined, string[]]>([
    ['none are there', { rules }, undefined, ['routes.rules.erp-rule.to: erp']],
    ['the same are there', { rules }, { mode: 'all', rules }, []],
    ['the file has none, and operators set some', {}, undefined, []],
    [
      'the file has an empty list',
      { rules: [] },
      { mode: 'first', rules: two },
      [
        'routes.rules.erp-rule.to: erp → none',
        'routes.rules.other.when: {"type":["paid"]} → none',
        'routes.rules.other.to: erp → none',
      ],
    ],
    ['both lists are empty, whatever the mode', { mode: 'first', rules: [] }, { mode: 'all', rules: [] }, []],
    ['the mode differs', { mode: 'first', rules }, { mode: 'all', rules }, ['routes.mode: all → first']],
    [
      'the first rules have a mode',
      { mode: 'first', rules },
      undefined,
      ['routes.mode: first', 'routes.rules.erp-rule.to: erp'],
    ],
    [
      'a rule is added at the end',
      { rules: two },
      { mode: 'all', rules },
      ['routes.rules.other.when: {"type":["paid"]}', 'routes.rules.other.to: erp'],
    ],
    [
      'a rule is added before another one, whose events it takes',
      { mode: 'first', rules: [...two].reverse() },
      { mode: 'first', rules },
      [
        'routes.order: ["erp-rule"] → ["other","erp-rule"]',
        'routes.rules.other.when: {"type":["paid"]}',
        'routes.rules.other.to: erp',
      ],
    ],
    [
      'a rule is gone',
      { rules },
      { mode: 'all', rules: [{ id: 'old', to: 'archive' }, erp] },
      ['routes.rules.old.to: archive → none'],
    ],
    [
      'the order differs',
      { rules: two },
      { mode: 'all', rules: [...two].reverse() },
      ['routes.order: ["other","erp-rule"] → ["erp-rule","other"]'],
    ],
    [
      'another destination',
      { rules },
      { mode: 'all', rules: [{ ...erp, to: 'archive' }] },
      ['routes.rules.erp-rule.to: archive → erp'],
    ],
    [
      'a condition is added',
      { rules: [{ ...erp, when: { type: ['paid'] } }] },
      { mode: 'all', rules },
      ['routes.rules.erp-rule.when: {"type":["paid"]}'],
    ],
    [
      'a condition is gone, so that every event is for the rule',
      { rules },
      { mode: 'all', rules: [{ ...erp, when: { type: ['paid'] } }] },
      ['routes.rules.erp-rule.when: {"type":["paid"]} → none'],
    ],
    [
      'a condition differs at its end, and is shown whole',
      { rules: [{ ...erp, when: long }] },
      { mode: 'all', rules: [{ ...erp, when: { ...long, data: { total: [{ numeric: ['>', 10] }] } } }] },
      ['routes.rules.erp-rule.when:', `  - ${longText.replace('100', '10')}`, `  + ${longText}`],
    ],
    [
      'a condition has its fields in another order',
      { rules: [{ ...erp, when: { type: ['paid'], provider: ['shop'] } }] },
      { mode: 'all', rules: [{ ...erp, when: { provider: ['shop'], type: ['paid'] } }] },
      [],
    ],
    [
      'a transform is added',
      { rules: [{ ...erp, transform: '$' }] },
      { mode: 'all', rules },
      ['routes.rules.erp-rule.transform: $'],
    ],
    [
      'a transform differs in a line that is to look like another item',
      { rules: [{ ...erp, transform: '{ "a":\n~  delete the connection orders\n1 }' }] },
      { mode: 'all', rules: [{ ...erp, transform: '{ "a": 1 }' }] },
      [
        'routes.rules.erp-rule.transform:',
        '  - { "a": 1 }',
        '  + { "a":',
        '  + ~  delete the connection orders',
        '  + 1 }',
      ],
    ],
  ])('whose routes are read: %s', (_, routes, inForce, differences) => {
    const isSaid = Object.keys(routes).length > 0;
    const managedBy = { ...ours, routes: isSaid };
    const there = found({ managedBy, ...(isSaid && { routes: inForce ?? { mode: 'all', rules: [] } }) });
    const { steps, lines } = plannedOrders(isSaid ? { routes } : {}, there);
    const isSame = differences.length === 0;
    expect(lines).toEqual(isSame ? [] : [change, ...differences.map((line) => `     ${line}`)]);
    expect(steps).toEqual(isSame ? [] : [{ verb: 'setRoutes', routes: { mode: 'all', ...routes } }]);
  });

  test.each<[string, object, Found, object[], string[]]>([
    [
      'with its token as it is',
      { token: 'keep' },
      {},
      [noted({ kind: 'file', name: 'shop', routes: false, adopted: true }), noted(withRef('keep', { adopted: true }))],
      ['managedBy: shop'],
    ],
    [
      'and what differs is changed',
      { token: 'env:ONE', retentionDays: 7 },
      {},
      [
        noted({ kind: 'file', name: 'shop', routes: false, adopted: true }),
        { verb: 'configure', settings: { retentionDays: 7 } },
        { verb: 'replaceToken', reference: 'env:ONE', managedBy: withRef('env:ONE', { adopted: true }) },
      ],
      ['managedBy: shop', 'retentionDays: 30 → 7', 'token: env:ONE'],
    ],
    [
      'and stays without an endpoint, if it has none',
      { token: 'keep' },
      { endpoint: null },
      [noted({ kind: 'file', name: 'shop', routes: false, adopted: true })],
      [
        'managedBy: shop',
        '=  the connection orders stays without an endpoint, because an operator deconfigured it; --reopen opens it',
      ],
    ],
    [
      'and opened, if it never was open',
      { token: 'keep' },
      { endpoint: { status: 'configured' } },
      [
        noted({ kind: 'file', name: 'shop', routes: false, adopted: true, closed: true }),
        { verb: 'activate', managedBy: withRef('keep', { adopted: true }) },
      ],
      ['managedBy: shop', 'status: configured → active'],
    ],
  ])('that operators made is adopted %s', (_, wanted, there, steps, differences) => {
    expect(plannedOrders({ adopt: true, ...wanted }, found({ ...there, managedBy: undefined }))).toEqual({
      steps,
      lines: [adopt, ...differences.map((line) => (line.startsWith('=') ? line : `     ${line}`))],
    });
  });

  test('that was adopted stays so', () => {
    const managedBy = { ...ours, adopted: true } as const;
    expect(plannedOrders({ status: 'inactive' }, found({ managedBy })).steps).toEqual([
      { verb: 'deactivate', managedBy: { ...managedBy, closed: true } },
    ]);
  });

  test.each<[string, object, Found | undefined, string]>([
    [
      'another provider',
      { provider: 'github' },
      {},
      "The connection orders has the provider generic, and the file says github. A connection can't change it: choose another name.",
    ],
    [
      'one of a stack, also with adopt',
      { adopt: true },
      { managedBy: aStack },
      'The connection orders is managed by the stack arn:stack/one: leave it out of the file, or remove it from the stack.',
    ],
    [
      'one of another file, also with adopt',
      { adopt: true },
      { managedBy: another },
      'The connection orders is managed by another file, books: leave it out of one of them, or detach it and add adopt: true.',
    ],
    [
      'one of operators without adopt',
      {},
      { managedBy: undefined },
      'The connection orders exists already, and this file did not make it. To take it over, add adopt: true to it. Or choose another name.',
    ],
    [
      'an active one without a token',
      { token: undefined },
      undefined,
      'The connection orders is to be active and has no token: add token: generate, or say where it comes from, such as token: env:NAME.',
    ],
    [
      'a secret to be generated for a sender that makes it itself',
      { provider: 'stripe', token: 'generate' },
      undefined,
      'The sender of the connection orders makes the secret itself: say where it is, such as token: env:NAME. Or leave token out, until the sender shows or sends it.',
    ],
    [
      'the same of an inactive one, by its settings',
      { token: 'generate', status: 'inactive', secretFrom: 'sender' },
      undefined,
      'The sender of the connection orders makes the secret itself: say where it is, such as token: env:NAME. Or leave token out, until the sender shows or sends it.',
    ],
    [
      'one to open whose token is to be kept, and that has none',
      { adopt: true, token: 'keep' },
      { managedBy: undefined, endpoint: { status: 'configured', tokens: [] } },
      'The connection orders is to be active and has no token: add token: generate, or say where it comes from, such as token: env:NAME.',
    ],
    [
      'a rule to a destination that is not there',
      { routes: { rules: [{ id: 'one', to: 'nowhere' }] } },
      {},
      'The rule one of the connection orders leads to nowhere, and there is no such destination.',
    ],
  ])('is refused: %s', (_, wanted, there, sentence) => {
    expect(plannedOrders(wanted, there && found(there))).toEqual({ refused: [sentence] });
  });

  test.each([undefined, 'env:ONE'])('of a sender that makes the secret is planned with the token %s', (token) => {
    expect(plannedOrders({ provider: 'stripe', token }, undefined)).not.toHaveProperty('refused');
  });
});

describe('a connection that the file names no longer', () => {
  const off = [{ verb: 'removeToken' }, { verb: 'deconfigure' }, { verb: 'delete' }];
  const removed = '-  delete the connection orders';
  test.each<[string, Found, object[], string[]]>([
    ['is closed and deleted', {}, [{ verb: 'deactivate', managedBy: { ...ours, closed: true } }, ...off], [removed]],
    ['is deleted, if it is closed', { endpoint: { status: 'inactive' } }, off, [removed]],
    ['is deleted without a token', { endpoint: { status: 'configured', tokens: [] } }, off.slice(1), [removed]],
    ['is deleted without an endpoint', { endpoint: null }, off.slice(2), [removed]],
    [
      'is detached, if it was adopted',
      { managedBy: { ...ours, adopted: true } },
      [{ verb: 'manage', managedBy: null }],
      ['-  detach the connection orders'],
    ],
    [
      'stays, if an operator holds it',
      { endpoint: { held: true } },
      [],
      [
        '=  the connection orders is no longer in the file, and stays, because an operator holds its events; release it first',
      ],
    ],
    ['stays, if another file has it', { managedBy: another }, [], []],
    ['stays, if a stack has it', { managedBy: aStack }, [], []],
    ['stays, if only operators have it', { managedBy: undefined }, [], []],
  ])('%s', (_, there, steps, lines) => {
    expect(planned({}, { connections: [found(there)] }, { prune: true })).toEqual({ steps, lines });
  });

  test('stays without prune, and is told', () => {
    expect(planned({}, { connections: [found()] })).toEqual({
      steps: [],
      lines: ['=  the connection orders is no longer in the file; --prune removes it'],
    });
  });
});

describe('a destination', () => {
  const url = 'https://erp.example.com/in';
  // printf '["shop","erp",{"url":"https://erp.example.com/in"}]' | sha256sum
  const urlRef = 'sha256:c31cccca8feba27930cfc55adc0c09fc7081a9fcad7ac80fd9b4eef0d975556e';
  // printf '["shop","erp",{"auth":{"kind":"bearer","token":"env:ONE"},"url":"https://erp.example.com/in"}]' | sha256sum
  const authRef = 'sha256:b654e27e1023c552e0cc82aecda26e6d44ad189f4729ebbb6654ce5eaa858006';
  // printf '["shop","erp",{"signingSecret":"env:ONE","url":"https://erp.example.com/in"}]' | sha256sum
  const signingRef = 'sha256:79f041acae5f95fc4bf115ab10a51e2eb8f60903f823254342677fabd54951da';
  const bearer = { kind: 'bearer', token: 'env:ONE' };
  const withUrl = { kind: 'file', name: 'shop', tokenRef: urlRef, said: { url: 'literal' } };
  const authSaid = { url: 'literal', 'auth.kind': 'bearer', 'auth.token': 'env:ONE' };
  const plannedErp = (wanted: object, there: object | undefined, options: Partial<PlanOptions> = {}) =>
    planned(
      { destinations: { erp: { url, ...wanted } } },
      { destinations: there ? [aDestination({ managedBy: withUrl, ...there })] : [] },
      options,
    );
  const changed = '~  change the destination erp';

  test('that is as the file says needs nothing', () => {
    expect(plannedErp({}, {})).toEqual(nothing);
  });

  test('that is not there is made, and then noted as made after the routes that lead to it', () => {
    const routes = { rules: [erp] };
    const file = {
      connections: { orders: { token: 'generate', routes } },
      destinations: { erp: { url, timeoutSeconds: 5, rate: { perSecond: 2 } } },
    };
    const there = found({ managedBy: { ...ours, routes: true }, routes: { mode: 'all', rules: [erp] } });
    expect(planned(file, { connections: [there] })).toEqual({
      steps: [
        {
          verb: 'create',
          settings: {
            description: '',
            method: 'POST',
            timeoutSeconds: 5,
            giveUpAfterHours: 72,
            rate: { perSecond: 2 },
          },
          hidden: { url },
          managedBy: { ...withUrl, closed: true },
        },
        // The same rules: they lead to the id of a destination.
        { verb: 'setRoutes', routes: { mode: 'all', rules: [erp] } },
        { verb: 'manage', managedBy: withUrl },
      ],
      lines: [
        '+  create the destination erp',
        '     url: https://erp.example.com (the rest is not shown)',
        '     timeoutSeconds: 5',
        '     rate: {"perSecond":2}',
        change,
        '     routes.rules.erp-rule.to: erp → erp, which is new',
      ],
    });
  });

  test('that is made is shown with all that is not usual, references by name, and no other value of a header', () => {
    const wanted = {
      ...{ description: 'ours', timeoutSeconds: 15, concurrency: 4 },
      ...{ headers: { 'x-team': 'shop', 'x-build': 'env:BUILD' }, auth: bearer, signingSecret: 'env:TWO' },
    };
    expect(plannedErp(wanted, undefined)).toMatchObject({
      lines: [
        '+  create the destination erp',
        '     url: https://erp.example.com (the rest is not shown)',
        '     headers.x-team: a value that is not shown',
        '     headers.x-build: env:BUILD',
        '     auth.kind: bearer',
        '     auth.token: env:ONE',
        '     signingSecret: env:TWO',
        '     description: ours',
        '     concurrency: 4',
      ],
    });
  });

  test.each<[string, unknown, unknown, string]>([
    ['description', 'ours', '', ' → ours'],
    ['method', 'PUT', 'POST', 'POST → PUT'],
    ['timeoutSeconds', 5, 15, '15 → 5'],
    ['giveUpAfterHours', 24, 72, '72 → 24'],
    ['rate', { perSecond: 2 }, null, 'null → {"perSecond":2}'],
    ['concurrency', 4, null, 'null → 4'],
    ['schedule', [30, 300], null, 'null → [30,300]'],
    ['retryOn', ['503', '5xx'], null, 'null → ["503","5xx"]'],
    ['forwardHeaders', ['x-a'], null, 'null → ["x-a"]'],
  ])('gets the setting %s of the file, or its default again', (field, value, byDefault, line) => {
    expect(plannedErp({ [field]: value }, {})).toEqual({
      steps: [{ verb: 'edit', settings: { [field]: value }, hidden: {} }],
      lines: [changed, `     ${field}: ${line}`],
    });
    expect(plannedErp({}, { [field]: value }).steps).toEqual([
      { verb: 'edit', settings: { [field]: byDefault }, hidden: {} },
    ]);
  });

  const urlLine = '     url: https://erp.example.com (the rest is not shown, may be another)';

  test('whose hidden settings the file says in another way gets all of them, and only what differs is shown', () => {
    expect(plannedErp({ auth: bearer }, {})).toEqual({
      steps: [
        {
          verb: 'edit',
          settings: {},
          hidden: { url, auth: bearer },
          managedBy: { kind: 'file', name: 'shop', tokenRef: authRef, said: authSaid },
        },
      ],
      lines: [changed, '     auth.kind: none → bearer', '     auth.token: env:ONE'],
    });
  });

  const goneLine = '     headers.x-team: none (before unknown)';
  const noneLine = '     auth.kind: bearer → none';
  test.each<[string, object, object, object, [gone: string, ...said: string[]]]>([
    ['headers', {}, { headerNames: ['x-team'] }, { headers: {} }, [goneLine]],
    ['a credential', {}, { authKind: 'bearer' }, { auth: { kind: 'none' } }, [noneLine]],
    [
      'headers, but a credential',
      { auth: bearer },
      { headerNames: ['x-team'], authKind: 'bearer' },
      { auth: bearer, headers: {} },
      [goneLine, '     auth.token: env:ONE (before unknown)'],
    ],
  ])('loses what its file no longer says: %s', (_, wanted, there, hidden, [gone, ...said]) => {
    const tokenRef = 'auth' in wanted ? authRef : urlRef;
    const planned = {
      steps: [
        {
          ...{ verb: 'edit', settings: {}, hidden: { url, ...hidden } },
          managedBy: { kind: 'file', name: 'shop', tokenRef, said: 'auth' in wanted ? authSaid : withUrl.said },
        },
      ],
      lines: [changed, urlLine, gone, ...said],
    };
    const before = { kind: 'file', name: 'shop', tokenRef: 'sha256:other' };
    expect(plannedErp(wanted, { ...there, managedBy: before })).toEqual(planned);
    // Also if an earlier apply has left it there. Then nothing else differs.
    expect(plannedErp(wanted, { ...there, managedBy: { ...before, tokenRef } })).toEqual({
      ...planned,
      lines: [changed, gone],
    });
  });

  test('that was adopted keeps the headers and the credential of its operators', () => {
    const there = { headerNames: ['x-team'], authKind: 'bearer', managedBy: { ...withUrl, adopted: true } };
    expect(plannedErp({ adopt: true }, there)).toEqual(nothing);
    expect(plannedErp({ adopt: true }, { ...there, managedBy: undefined }).steps).toEqual([
      { verb: 'edit', settings: {}, hidden: { url }, managedBy: { ...withUrl, adopted: true } },
    ]);
  });

  test('gets another signing secret with a grace', () => {
    expect(plannedErp({ signingSecret: 'env:ONE' }, {})).toEqual({
      steps: [
        { verb: 'replaceSigningSecret', reference: 'env:ONE' },
        {
          verb: 'edit',
          settings: {},
          hidden: { url },
          managedBy: {
            ...{ kind: 'file', name: 'shop', tokenRef: signingRef },
            said: { url: 'literal', signingSecret: 'env:ONE' },
          },
        },
      ],
      lines: [changed, '     signingSecret: env:ONE (before unknown)'],
    });
  });

  test('whose hidden settings an operator changed gets them again: the record has no digest any more', () => {
    expect(plannedErp({}, { managedBy: { kind: 'file', name: 'shop' } }).steps).toEqual([
      { verb: 'edit', settings: {}, hidden: { url }, managedBy: withUrl },
    ]);
  });

  test('whose making was interrupted is noted as made, which is no difference', () => {
    const there = aDestination({ managedBy: { ...withUrl, closed: true } });
    expect(planOf({ destinations: { erp: { url } } }, { destinations: [there] })).toMatchObject({
      items: [{ name: 'erp', action: 'open', differences: [], steps: [{ verb: 'manage', managedBy: withUrl }] }],
    });
  });

  test('of which the file says no URL any more is left to operators', () => {
    const there = { headerNames: ['x-key'], authKind: 'bearer' };
    expect(plannedErp({ adopt: true, url: undefined }, there)).toEqual({
      steps: [{ verb: 'edit', settings: {}, hidden: {}, managedBy: { kind: 'file', name: 'shop', said: {} } }],
      lines: [changed, '     url: https://erp.example.com → left to operators'],
    });
    // A record of an earlier release does not say what the file said.
    const managedBy = { kind: 'file', name: 'shop', tokenRef: urlRef };
    expect(plannedErp({ adopt: true, url: undefined }, { ...there, managedBy }).lines).toEqual([
      changed,
      '     managedBy: shop, without URL and secrets (before unknown)',
    ]);
  });

  test('that operators made is adopted', () => {
    expect(plannedErp({ adopt: true }, { managedBy: undefined })).toEqual({
      steps: [{ verb: 'edit', settings: {}, hidden: { url }, managedBy: { ...withUrl, adopted: true } }],
      lines: ['~  adopt the destination erp', '     managedBy: shop', urlLine],
    });
  });

  test('that operators made may get a credential alone', () => {
    const { steps, lines } = plannedErp({ adopt: true, url: undefined, auth: bearer }, { managedBy: undefined });
    expect(steps).toMatchObject([{ verb: 'edit', settings: {}, hidden: { auth: bearer } }]);
    expect(lines).toEqual([
      '~  adopt the destination erp',
      '     managedBy: shop',
      '     auth.kind: none → bearer',
      '     auth.token: env:ONE',
    ]);
  });

  test.each<[string, object, object | undefined, string]>([
    [
      'one of operators without adopt',
      {},
      { managedBy: undefined },
      'The destination erp exists already, and this file did not make it. To take it over, add adopt: true to it. Or choose another name.',
    ],
    [
      'one of another file',
      { adopt: true },
      { managedBy: another },
      'The destination erp is managed by another file, books: leave it out of one of them, or detach it and add adopt: true.',
    ],
    [
      'one of a stack',
      { adopt: true },
      { managedBy: aStack },
      'The destination erp is managed by the stack arn:stack/one: leave it out of the file, or remove it from the stack.',
    ],
    [
      'a new one without a URL',
      { adopt: true, url: undefined },
      undefined,
      'The destination erp is not there, and the file has no url to make it.',
    ],
  ])('is refused: %s', (_, wanted, there, sentence) => {
    expect(plannedErp(wanted, there)).toEqual({ refused: [sentence] });
  });

  test.each<[string, object, boolean, object[], string[]]>([
    ['is deleted', {}, true, [{ verb: 'delete' }], ['-  delete the destination erp']],
    [
      'is detached, if it was adopted',
      { managedBy: { ...withUrl, adopted: true } },
      true,
      [{ verb: 'manage', managedBy: null }],
      ['-  detach the destination erp'],
    ],
    ['stays, if another file has it', { managedBy: another }, true, [], []],
    [
      'stays without prune, and is told',
      {},
      false,
      [],
      ['=  the destination erp is no longer in the file; --prune removes it'],
    ],
  ])('that the file names no longer %s', (_, more, prune, steps, lines) => {
    const there = aDestination({ managedBy: withUrl, ...more });
    expect(planned({}, { destinations: [there] }, { prune })).toEqual({ steps, lines });
  });

  test('that goes can have no rule that leads to it', () => {
    const file = { connections: { orders: { token: 'generate', routes: { rules: [erp] } } } };
    const there = { connections: [found()], destinations: [aDestination({ managedBy: withUrl })] };
    expect(planned(file, there, { prune: true })).toEqual({
      refused: ['The rule erp-rule of the connection orders leads to erp, and there is no such destination.'],
    });
    expect(planned(file, there)).not.toHaveProperty('refused');
  });
});

test('each item has the version that was read, and nothing has one that is not there', () => {
  const file = {
    connections: { orders: { token: 'generate', retentionDays: 7 }, extra: { token: 'generate' } },
    destinations: { erp: { url: 'https://erp.example.com/in', timeoutSeconds: 5 }, other: { url: 'env:URL' } },
  };
  const gone = (name: string) => aDestination({ name, version: 7, managedBy: ours });
  const there = {
    connections: [found(), found({ name: 'web' }), found({ name: 'code', endpoint: null })],
    destinations: [aDestination({ managedBy: ours }), gone('one'), gone('three'), gone('two'), gone('four')],
  };
  const plan = planOf(file, there, { prune: true });
  // What goes, goes in the order of the names.
  expect('items' in plan && plan.items.map(({ name, version }) => [name, version])).toEqual([
    ['erp', 5],
    ['other', undefined],
    ['orders', 3],
    ['extra', undefined],
    ['other', undefined],
    ['code', 3],
    ['web', 3],
    ['four', 7],
    ['one', 7],
    ['three', 7],
    ['two', 7],
  ]);
  // The end of a creation is no difference of its own.
  expect('items' in plan && plan.items[4]).toMatchObject({ action: 'open', differences: [] });
});

test('destinations come before the connections that lead to them, and what goes comes last', () => {
  const file = {
    connections: { orders: { token: 'generate', retentionDays: 7 } },
    destinations: { erp: { url: 'https://erp.example.com/in' } },
  };
  const gone = found({ name: 'code', endpoint: null });
  const old = aDestination({ name: 'old', managedBy: ours });
  const { lines } = planned(file, { connections: [found(), gone], destinations: [old] }, { prune: true });
  expect(lines?.filter((line) => !line.startsWith(' '))).toEqual([
    '+  create the destination erp',
    '~  change the connection orders',
    '-  delete the connection code',
    '-  delete the destination old',
  ]);
});
