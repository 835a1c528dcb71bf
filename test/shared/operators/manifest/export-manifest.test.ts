/** What `export` writes of what is there, and that its file changes nothing. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DestinationView } from '../../../../shared/deliveries/destination/destination-view.ts';
import { settingsInForce } from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import type { NamedSettings } from '../../../../shared/endpoints/settings/settings.ts';
import type { ActualConnection } from '../../../../shared/operators/manifest/connection-case.ts';
import { exportedManifest } from '../../../../shared/operators/manifest/export-manifest.ts';
import { planManifest } from '../../../../shared/operators/manifest/plan-manifest.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';
import type { RoutesInForce } from '../../../../shared/operators/manifest/route-differences.ts';

interface There {
  provider?: string;
  description?: string;
  settings?: NamedSettings;
  /** Null: there is no endpoint. */
  endpoint?: object | null;
  routes?: RoutesInForce;
}

/** A connection that is there: active, and with one token. */
function aConnection({ settings = {}, endpoint = {}, routes, ...more }: There): ActualConnection {
  const view = { name: 'orders', provider: 'generic', description: '', version: 3, ...more };
  const inForce = settingsInForce({ provider: view.provider, settings });
  const shown = endpoint && { ...inForce, status: 'active', held: false, tokens: [{ id: 't1' }], ...endpoint };
  return { view: { ...view, endpoint: shown } as unknown as ActualConnection['view'], ...(routes && { routes }) };
}

/** A destination of which nothing is said. */
const aDestination = (more: object = {}) =>
  ({
    ...{ name: 'erp', description: '', origin: 'https://erp.example.com', method: 'POST', timeoutSeconds: 15 },
    ...{ giveUpAfterHours: 72, version: 5, headerNames: ['x-key'], authKind: 'bearer' },
    ...more,
  }) as unknown as DestinationView;

const rules = [{ id: 'all', to: 'erp' }];

describe('a connection', () => {
  test.each<[string, There, object]>([
    ['of which nothing is said', {}, { token: 'keep', status: 'active' }],
    ['that is held', { endpoint: { held: true } }, { token: 'keep', status: 'active' }],
    ['that is inactive', { endpoint: { status: 'inactive' } }, { token: 'keep', status: 'inactive' }],
    ['without a token', { endpoint: { status: 'configured', tokens: [] } }, { status: 'inactive' }],
    ['without an endpoint', { endpoint: null }, { status: 'inactive' }],
    [
      'with a provider and a description',
      { provider: 'github', description: 'Code' },
      { provider: 'github', description: 'Code', token: 'keep', status: 'active' },
    ],
    [
      'with settings of its own',
      { settings: { retentionDays: 7, raw: true, allowFrom: ['192.0.2.0/24'] } },
      { token: 'keep', status: 'active', retentionDays: 7, raw: true, allowFrom: ['192.0.2.0/24'] },
    ],
    [
      'with an auth of its own',
      { settings: { auth: { kind: 'token', accept: [{ in: 'path' }] } } },
      { token: 'keep', status: 'active', auth: { kind: 'token', accept: [{ in: 'path' }] } },
    ],
    [
      'with routes',
      { routes: { mode: 'first', rules } },
      { token: 'keep', status: 'active', routes: { mode: 'first', rules } },
    ],
    [
      'whose routes are empty',
      { routes: { mode: 'first', rules: [] } },
      { token: 'keep', status: 'active', routes: { rules: [] } },
    ],
  ])('%s', (_, there, expected) => {
    expect(exportedManifest('shop', [aConnection(there)], [])).toEqual({
      name: 'shop',
      connections: { orders: { adopt: true, ...expected } },
    });
  });
});

test.each<[string, object, object]>([
  ['of which nothing is said', {}, {}],
  [
    'with settings of its own',
    { description: 'The ERP', method: 'PUT', timeoutSeconds: 5, giveUpAfterHours: 24, concurrency: 4 },
    { description: 'The ERP', method: 'PUT', timeoutSeconds: 5, giveUpAfterHours: 24, concurrency: 4 },
  ],
  [
    'with limits and retries of its own',
    { rate: { perSecond: 2 }, schedule: [30], retryOn: ['5xx'] },
    { rate: { perSecond: 2 }, schedule: [30], retryOn: ['5xx'] },
  ],
])('a destination %s', (_, there, expected) => {
  expect(exportedManifest('shop', [], [aDestination(there)])).toEqual({
    name: 'shop',
    destinations: { erp: { adopt: true, ...expected } },
  });
});

const settings: fc.Arbitrary<NamedSettings> = fc.record(
  {
    auth: fc.constantFrom<NonNullable<NamedSettings['auth']>[]>(
      { kind: 'token' },
      { kind: 'token', accept: [{ in: 'path' }] },
      { kind: 'signature' },
      { kind: 'both' },
      { kind: 'both', accept: [{ in: 'query', name: 'key' }] },
    ),
    answer: fc.constant({ status: 200, body: 'ok', contentType: 'text/plain' }),
    dedupe: fc.constantFrom<NonNullable<NamedSettings['dedupe']>[]>(
      { by: 'none' },
      { by: 'content' },
      { by: 'header', name: 'x-id' },
    ),
    allowFrom: fc.constant(['192.0.2.0/24']),
    methods: fc.constantFrom<NonNullable<NamedSettings['methods']>[]>(['POST'], ['GET', 'POST']),
    retentionDays: fc.constantFrom(7, 30, 365),
    secretFrom: fc.constantFrom<NonNullable<NamedSettings['secretFrom']>[]>('operator', 'sender'),
    alerts: fc.constant({ silence: { minutes: 120 } }),
    split: fc.boolean(),
    raw: fc.boolean(),
    type: fc.constant({ in: 'body' as const, path: '/kind' }),
  },
  { requiredKeys: [] },
);

test('the file of an export adopts what is there, and changes nothing', () => {
  const property = fc.property(
    fc.record({ provider: fc.constantFrom(...providerIds), settings }),
    fc.constantFrom<object[]>({}, { status: 'inactive' }, { status: 'configured', tokens: [] }),
    fc.constantFrom<RoutesInForce[]>({ mode: 'all', rules }, { mode: 'first', rules }, { mode: 'all', rules: [] }),
    (there, endpoint, routes) => {
      const connection = aConnection({ ...there, endpoint, routes });
      const file = exportedManifest('shop', [connection], [aDestination()]);
      const manifest = readManifest(JSON.stringify(file), 'shop.json');
      const plan = planManifest(
        manifest,
        {
          connections: new Map([['orders', connection]]),
          destinations: new Map([['erp', aDestination()]]),
          showsReferences: true,
        },
        { prune: false, reopen: false },
      );
      const items = 'items' in plan ? plan.items : [];
      expect(items.map(({ kind, differences }) => [kind, differences])).toEqual([
        ['destination', [{ field: 'managedBy', to: 'shop' }]],
        ['connection', [{ field: 'managedBy', to: 'shop' }]],
      ]);
    },
  );
  fc.assert(property, { numRuns: 60 });
});
