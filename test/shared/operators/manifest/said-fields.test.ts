/** What a plan shows of the settings of a destination that no answer shows. */
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { planDocument, planLines } from '../../../../clients/cli/output/plan-text.ts';
import type { DestinationView } from '../../../../shared/deliveries/destination/destination-view.ts';
import type { HiddenSettings } from '../../../../shared/operators/manifest/destination-secrets.ts';
import { planManifest } from '../../../../shared/operators/manifest/plan-manifest.ts';
import { readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';
import { type KnownDestination, saidFields, saidOf } from '../../../../shared/operators/manifest/said-fields.ts';
import { count } from '../../../support/full-counts.ts';

const said = {
  ...{ url: 'literal', 'headers.X-Team': 'literal', 'headers.x-key': 'env:KEY', signingSecret: 'generate' },
  ...{ 'auth.kind': 'bearer', 'auth.token': 'env:TOKEN' },
};
const known = { origin: 'https://erp.example.com', headerNames: ['x-team', 'x-key'], authKind: 'bearer' as const };
const recorded = { ...known, said };
const told = (differs: 'yes' | 'maybe', hidden: HiddenSettings, there: KnownDestination) =>
  saidFields(hidden, there)
    .filter((field) => field.differs === differs)
    .map(({ difference }) => difference);
/** All that the record has, as a file says it. */
const same = {
  url: 'https://erp.example.com/in',
  headers: { 'X-Team': 'shop', 'x-key': 'env:KEY' },
  auth: { kind: 'bearer', token: 'env:TOKEN' },
  signingSecret: 'generate',
};

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
  [
    'a header that is gone',
    { headers: { 'X-Team': 'env:A' } },
    [{ field: 'headers.x-key', before: 'unknown', to: 'none' }],
  ],
  [
    'another auth',
    { auth: { kind: 'basic', username: 'a-key', password: 'env:A' } },
    [{ field: 'auth.kind', from: 'bearer', to: 'basic' }],
  ],
])('%s certainly differs, also if the record has no names', (_, hidden, differences) => {
  expect(told('yes', hidden, known)).toEqual(differences);
});

test.each<[string, HiddenSettings, object[]]>([
  [
    'a URL of the same host',
    { url: 'https://erp.example.com/a-secret' },
    [{ field: 'url', from: known.origin, to: known.origin, hidden: true }],
  ],
  ['a reference to a URL', { url: 'env:URL' }, [{ field: 'url', from: known.origin, to: 'env:URL' }]],
  [
    'headers of the same names',
    { headers: { 'x-team': 'shop', 'x-key': 'env:A' } },
    [
      { field: 'headers.x-team', before: 'unknown', hidden: true },
      { field: 'headers.x-key', before: 'unknown', to: 'env:A' },
    ],
  ],
  [
    'a credential of the same kind',
    { auth: { kind: 'bearer', token: 'file:token.txt' } },
    [{ field: 'auth.token', before: 'unknown', to: 'file:token.txt' }],
  ],
  ['a signing secret', { signingSecret: 'generate' }, [{ field: 'signingSecret', before: 'unknown', to: 'generate' }]],
  ['nothing', {}, []],
])('%s may be as it was, if the record has no names', (_, hidden, differences) => {
  expect(told('maybe', hidden, known)).toEqual(differences);
  expect(told('yes', hidden, known)).toEqual([]);
});

test('what the record has by name is the same; of texts that are written out only the digest knows', () => {
  expect(told('yes', same, recorded)).toEqual([]);
  expect(told('maybe', same, recorded)).toEqual([
    { field: 'url', from: known.origin, to: known.origin, hidden: true },
    { field: 'headers.X-Team', before: 'hidden', hidden: true },
  ]);
});

test.each<[string, HiddenSettings, object[]]>([
  [
    'another reference of a header',
    { headers: { ...same.headers, 'x-key': 'env:B' } },
    [{ field: 'headers.x-key', from: 'env:KEY', to: 'env:B' }],
  ],
  [
    'a reference in the place of a text',
    { headers: { ...same.headers, 'X-Team': 'env:B' } },
    [{ field: 'headers.X-Team', before: 'hidden', to: 'env:B' }],
  ],
  [
    'a text in the place of a reference',
    { headers: { ...same.headers, 'x-key': 'a-text' } },
    [{ field: 'headers.x-key', from: 'env:KEY', hidden: true }],
  ],
  [
    'another credential',
    { auth: { kind: 'bearer', token: 'env:B' } },
    [{ field: 'auth.token', from: 'env:TOKEN', to: 'env:B' }],
  ],
  ['a reference in the place of a URL', { url: 'env:URL' }, [{ field: 'url', from: known.origin, to: 'env:URL' }]],
  [
    'another way to a signing secret',
    { signingSecret: 'env:B' },
    [{ field: 'signingSecret', from: 'generate', to: 'env:B' }],
  ],
  [
    'a header that is gone',
    { headers: { 'X-Team': 'shop' } },
    [{ field: 'headers.x-key', from: 'env:KEY', to: 'none' }],
  ],
  [
    'a URL of which the file says nothing any more',
    { url: undefined },
    [{ field: 'url', from: known.origin, to: 'left to operators' }],
  ],
])('%s differs from what the record has by name', (_, changed, differences) => {
  expect(told('yes', { ...same, ...changed }, recorded)).toEqual(differences);
});

test('what an operator changed is no longer in the record, and differs', () => {
  const { url: _, ...others } = said;
  expect(told('yes', same, { ...known, said: others })).toEqual([
    { field: 'url', from: known.origin, to: known.origin, hidden: true },
  ]);
});

test('the record keeps names of references and what is public, and no text that is written out', () => {
  const auth = { kind: 'api-key', name: 'x-api-key', value: 'env:KEY' };
  const headers = { 'x-team': 'shop', 'x-build': 'env:BUILD' };
  expect(saidOf({ url: 'https://erp.example.com/in', headers, auth, signingSecret: 'keep' })).toEqual({
    ...{ url: 'literal', 'headers.x-team': 'literal', 'headers.x-build': 'env:BUILD', signingSecret: 'keep' },
    ...{ 'auth.kind': 'api-key', 'auth.name': 'x-api-key', 'auth.value': 'env:KEY' },
  });
  expect(saidOf({ auth: { kind: 'basic', username: 'a-key', password: 'env:A' } })).toMatchObject({
    'auth.username': 'literal',
  });
  expect(saidOf({ auth: { kind: 'oauth2', scope: 's'.repeat(201) } })).toEqual({
    ...{ 'auth.kind': 'oauth2', 'auth.scope': 'literal' },
  });
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

test('a new destination has nothing before, and no auth is no difference from no auth', () => {
  expect(saidFields({ headers: { a: 'b' } })).toEqual([
    { difference: { field: 'headers.a', hidden: true }, differs: 'yes' },
  ]);
  expect(saidFields({ auth: { kind: 'none' } }, { ...known, authKind: 'none' })).toEqual([
    { difference: { field: 'auth.kind', from: 'none', to: 'none' }, differs: 'no' },
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
    const shown = [JSON.stringify(planDocument('shop', plan)), ...planLines(plan, false)].join('\n');
    expect(shown).toContain('the destination erp');
    expect(shown).not.toContain('hidden-');
  });
  fc.assert(property, { numRuns: count({ usual: 100, full: 2000 }) });
});
