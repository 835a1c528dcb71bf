/** Where a destination in a file may have a reference to a secret, and what is compared of it. */
import { expect, test } from '@jest/globals';
import { canonicalText } from '../../../../shared/operators/manifest/canonical-text.ts';
import {
  hiddenRef,
  referencesIn,
  resolvedSettings,
  withStandIns,
} from '../../../../shared/operators/manifest/destination-secrets.ts';

const auth = { kind: 'basic', username: 'env:NAME', password: 'env:A', token: 'env:B', value: 'env:C' };
const hidden = {
  url: 'env:URL',
  headers: { 'env:X': 'env:A', 'x-team': 'shop' },
  auth: { ...auth, clientSecret: 'env:D', attempts: 2 },
  signingSecret: 'file:signing.txt',
};

test('references are the whole URL, the values of headers, the credentials and the signing secret, each once', () => {
  expect(referencesIn(hidden)).toEqual(['env:URL', 'env:A', 'env:B', 'env:C', 'env:D', 'file:signing.txt']);
  expect(referencesIn({ url: 'https://erp.example.com/env:URL', signingSecret: 'generate' })).toEqual([]);
  expect(referencesIn({})).toEqual([]);
});

test('each reference gets its value, and the rest stays', () => {
  expect(resolvedSettings(hidden, (reference) => `<${reference}>`)).toEqual({
    url: '<env:URL>',
    headers: { 'env:X': '<env:A>', 'x-team': 'shop' },
    auth: {
      ...{ kind: 'basic', username: 'env:NAME', password: '<env:A>', token: '<env:B>', value: '<env:C>' },
      ...{ clientSecret: '<env:D>', attempts: 2 },
    },
    signingSecret: '<file:signing.txt>',
  });
  // What is not said is not sent: it stays.
  expect(Object.keys(resolvedSettings({ auth: { kind: 'none' } }, String))).toEqual(['auth']);
  expect(Object.keys(resolvedSettings({ url: 'env:URL' }, String))).toEqual(['url']);
});

test('what stands in for a secret has the form of one, and what is no object stays for the schema to refuse', () => {
  expect(withStandIns({ ...hidden, headers: ['env:A'], auth: null })).toEqual({
    url: 'https://example.com/',
    headers: ['env:A'],
    auth: null,
    signingSecret: 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  });
  expect(withStandIns({ headers: 'env:A', auth: { kind: 'bearer', token: 'env:B' } })).toEqual({
    headers: 'env:A',
    auth: { kind: 'bearer', token: 'a-secret' },
  });
});

test('a reference has at most 200 characters', () => {
  const reference = (length: number) => 'env:'.padEnd(length, 'A');
  expect(referencesIn({ url: reference(200) })).toEqual([reference(200)]);
  expect(referencesIn({ url: reference(201) })).toEqual([]);
});

test('the digest is that of what is said, by whom and for which destination', () => {
  const url = 'https://erp.example.com/in';
  // printf '["shop","erp",{"url":"https://erp.example.com/in"}]' | sha256sum
  const digest = 'sha256:c31cccca8feba27930cfc55adc0c09fc7081a9fcad7ac80fd9b4eef0d975556e';
  expect(hiddenRef({ url }, 'shop', 'erp')).toBe(digest);
  expect(hiddenRef({ auth: undefined, url }, 'shop', 'erp')).toBe(digest);
  expect(hiddenRef({ auth: undefined }, 'shop', 'erp')).toBeUndefined();
  expect(hiddenRef({}, 'shop', 'erp')).toBeUndefined();
});

test.each<[unknown, string]>([
  [{ b: 1, a: [1, 23] }, '{"a":[1,23],"b":1}'],
  [{ a: undefined, b: { d: null, c: 'x' } }, '{"b":{"c":"x","d":null}}'],
  [[undefined, [], {}], '[null,[],{}]'],
  [undefined, 'null'],
])('two values are the same if their texts are: %j', (value, text) => {
  expect(canonicalText(value)).toBe(text);
});
