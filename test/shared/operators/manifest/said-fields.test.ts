/** What a plan shows of the settings of a destination that no answer shows. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planDocument, planLines } from '../../../../clients/cli/output/plan-text.ts';
import type { DestinationView } from '../../../../shared/deliveries/destination/destination-view.ts';
import type { HiddenSettings } from '../../../../shared/operators/manifest/destination-secrets.ts';
import { planManifest } from '../../../../shared/operators/manifest/plan-manifest.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';
import { saidFields } from '../../../../shared/operators/manifest/said-fields.ts';
import { count } from '../../../support/full-counts.ts';

const known = { origin: 'https://erp.example.com', headerNames: ['x-team', 'x-key'], authKind: 'bearer' as const };

test.each<[string, HiddenSettings, object[]]>([
  [
    'another host',
    { url: 'https://elsewhere.example.com' },
    [{ field: 'url', from: known.origin, to: 'https://elsewhere.example.com' }],
  ],
  [
    'another port',
    { url: 'https://erp.example.com:8443/' },
    [{ field: 'url', from: known.origin, to: 'https://erp.example.com:8443' }],
  ],
  [
    'another scheme',
    { url: 'http://erp.example.com' },
    [{ field: 'url', from: known.origin, to: 'http://erp.example.com' }],
  ],
  [
    'a host in letters that look like others, as it is asked for',
    { url: 'https://\u0435rp.example.com' },
    [{ field: 'url', from: known.origin, to: 'https://xn--rp-mlc.example.com' }],
  ],
  [
    'another host with a path, without the path',
    { url: 'https://elsewhere.example.com/in?key=a-secret' },
    [{ field: 'url', from: known.origin, to: 'https://elsewhere.example.com', hidden: true }],
  ],
  [
    'a header that is new',
    { headers: { 'x-team': 'env:A', 'x-key': 'env:B', 'X-New': 'env:C' } },
    [{ field: 'headers.X-New', to: 'env:C' }],
  ],
  ['a header that is gone', { headers: { 'X-Team': 'env:A' } }, [{ field: 'headers.x-key', to: 'none' }]],
  [
    'another auth',
    { auth: { kind: 'basic', username: 'a-key', password: 'env:A' } },
    [{ field: 'auth.kind', from: 'bearer', to: 'basic' }],
  ],
])('%s certainly differs', (_, hidden, differences) => {
  const certain = saidFields(hidden, known).filter(({ isCertain }) => isCertain);
  expect(certain.map(({ difference }) => difference)).toEqual(differences);
});

test.each<[string, HiddenSettings, object[]]>([
  [
    'a URL of the same host',
    { url: 'https://erp.example.com/a-secret' },
    [{ field: 'url', to: known.origin, hidden: true }],
  ],
  ['a reference to a URL', { url: 'env:URL' }, [{ field: 'url', to: 'env:URL' }]],
  [
    'headers of the same names',
    { headers: { 'x-team': 'shop', 'x-key': 'env:A' } },
    [
      { field: 'headers.x-team', hidden: true },
      { field: 'headers.x-key', to: 'env:A' },
    ],
  ],
  [
    'a credential of the same kind',
    { auth: { kind: 'bearer', token: 'file:token.txt' } },
    [
      { field: 'auth.kind', to: 'bearer' },
      { field: 'auth.token', to: 'file:token.txt' },
    ],
  ],
  ['a signing secret', { signingSecret: 'generate' }, [{ field: 'signingSecret', to: 'generate' }]],
  ['nothing', {}, []],
])('%s may be as it was', (_, hidden, differences) => {
  const said = saidFields(hidden, known);
  expect(said).toEqual(differences.map((difference) => ({ difference, isCertain: false })));
});

test('of OAuth 2, the host that gets the secret is shown, and who asks for what', () => {
  const auth = {
    ...{
      kind: 'oauth2',
      tokenUrl: 'https://login.example.com/a-secret/token',
      clientId: 'shop',
      clientSecret: 'env:A',
    },
    ...{ scope: 'orders.write', clientAuthentication: 'body' },
  };
  expect(saidFields({ auth }).map(({ difference }) => difference)).toEqual([
    { field: 'auth.kind', to: 'oauth2' },
    { field: 'auth.tokenUrl', to: 'https://login.example.com', hidden: true },
    { field: 'auth.clientId', to: 'shop' },
    { field: 'auth.clientSecret', to: 'env:A' },
    { field: 'auth.scope', to: 'orders.write' },
    { field: 'auth.clientAuthentication', to: 'body' },
  ]);
});

test('nothing is certain of a new destination, and no auth is no difference from no auth', () => {
  expect(saidFields({ url: 'https://erp.example.com', headers: { a: 'b' } }).some(({ isCertain }) => isCertain)).toBe(
    false,
  );
  expect(saidFields({ auth: { kind: 'none' } }, { ...known, authKind: 'none' })).toEqual([
    { difference: { field: 'auth.kind', to: 'none' }, isCertain: false },
  ]);
});

test('no text of a file that could be a secret is in a plan, in words or in JSON', () => {
  const marked = fc.stringMatching(/^[a-z0-9]{4,12}$/).map((text) => `hidden-${text}`);
  const settings = fc.record(
    {
      url: marked.map((text) => `https://erp.example.com/${text}?key=${text}`),
      headers: fc.dictionary(fc.constantFrom('x-team', 'X-Key', 'x-new'), fc.oneof(marked, fc.constant('env:KEY'))),
      auth: fc.oneof(
        marked.map((username) => ({ kind: 'basic', username, password: 'env:A' })),
        marked.map((text) => ({
          kind: 'oauth2',
          tokenUrl: `https://login.example.com/${text}`,
          clientId: 'a',
          clientSecret: 'env:A',
        })),
      ),
      adopt: fc.constant(true),
    },
    { requiredKeys: ['url', 'adopt'] },
  );
  const there = { name: 'erp', description: '', version: 3, method: 'POST', timeoutSeconds: 15, giveUpAfterHours: 72 };
  const views = [undefined, { ...there, ...known }, { ...there, ...known, managedBy: { kind: 'file', name: 'shop' } }];
  const property = fc.property(settings, fc.constantFrom(...views), fc.boolean(), (wanted, view, showsReferences) => {
    const manifest = readManifest(JSON.stringify({ name: 'shop', destinations: { erp: wanted } }), 'f');
    const destinations = new Map(view ? [['erp', view as unknown as DestinationView]] : []);
    const actual = { connections: new Map(), destinations, showsReferences };
    const plan = planManifest(manifest, actual, { prune: false, reopen: false });
    if ('refused' in plan) throw new Error(plan.refused.join());
    const told = [JSON.stringify(planDocument('shop', plan)), ...planLines(plan, false)].join('\n');
    expect(told).toContain('the destination erp');
    expect(told).not.toContain('hidden-');
  });
  fc.assert(property, { numRuns: count({ usual: 100, full: 2000 }) });
});
