/** The texts of advice: which places they have, and that none names what each client has its own name for. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Guide } from '../../../../shared/endpoints/provider/preset.ts';
import { guides } from '../../../../shared/endpoints/provider/secret-guide.ts';
import { adviceText, apiWords, filled, said } from '../../../../shared/ground/base/advice.ts';
import { adviceSchema } from '../../../../shared/ground/base/advice-schema.ts';
import { adviceCodes, adviceTexts } from '../../../../shared/ground/base/advice-text.ts';

const guideTexts = Object.values(guides).flatMap(({ url, secret, contentType = '' }: Guide) => [
  url,
  secret,
  contentType,
]);
const placesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, place = '']) => place);

test('a place is filled with its value, and one without a value stays', () => {
  expect(filled('{a} is {b}, {toString}. {"a": 1} {}', { a: 1, c: 2 })).toBe('1 is {b}, {toString}. {"a": 1} {}');
});

test('each place of a text is a fact of the advice, or a word', () => {
  const known = [...Object.keys(adviceSchema.shape), ...Object.keys(apiWords), 'explanation', 'where'];
  const places = Object.values(adviceTexts).flatMap(placesIn);
  expect(places.length).toBeGreaterThan(20);
  expect(places.filter((place) => !known.includes(place))).toEqual([]);
  expect(new Set(guideTexts.flatMap(placesIn))).toEqual(new Set(['Adopt', 'adopt', 'endpointSecret', 'verifyToken']));
});

test('no text names what each client has its own name for', () => {
  const named = /…\/|\/v1\/\w+ lists|\b(GET|POST|PUT|PATCH|DELETE) …|\badopt\b|Hooklatch endpoint|\bsend it as\b/i;
  const texts = [...Object.values(adviceTexts), ...guideTexts].filter((text) =>
    named.test(text.replace(/\{\w+\}/g, '')),
  );
  expect(texts).toEqual([]);
});

test('no text names a setting of an endpoint, which a form calls by its label', () => {
  const named = /\b(?:auth\.\w+|auth to|allowFrom|retentionDays|secretFrom|sourceIp)\b/;
  const texts = [...Object.values(adviceTexts), ...guideTexts].filter((text) =>
    named.test(text.replace(/\{[\w.]+\}/g, '')),
  );
  expect(texts).toEqual([]);
});

test('a setting in a text is said as the client calls it', () => {
  const words = { ...apiWords, setting: (path: string) => `<${path}>` };
  expect(adviceText({ code: 'signature_malformed' }, words)).toBe(
    'The signature does not have the form of this scheme. Compare <auth.scheme> with how the sender signs.',
  );
  expect(adviceText({ code: 'signature_malformed' }, apiWords)).toMatch(/Compare auth\.scheme with/);
});

// A route in any other text would be shown by the command line and by the console, too.
test('a route of the API is named only in its own words, and where steps say the same', () => {
  const files = ['shared', 'functions'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
  );
  const named = /^(?! *(?:\/?\*|\/\/)).*(?:GET|POST|PUT|PATCH|DELETE) (?:…[\w/]+|\/v1\/\w+ lists)/m;
  const sources = files.filter((name) => name.endsWith('.ts') && !name.endsWith('-routes.ts'));
  expect(sources.filter((name) => named.test(readFileSync(name, 'utf8'))).sort()).toEqual([
    'shared/endpoints/endpoint/conflict-advice.ts',
    'shared/endpoints/endpoint/next-step.ts',
    'shared/ground/base/advice.ts',
  ]);
});

test('each advice has its own text', () => {
  expect(new Set(Object.values(adviceTexts)).size).toBe(adviceCodes.length);
  expect(adviceCodes.length).toBeGreaterThan(80);
});

test('an advice in other words keeps its facts', () => {
  const words = {
    ...apiWords,
    otherVersion: '{version} is not {wanted}.',
    seeRelease: ' Look at {name} and {replayId}.',
  };
  expect(adviceText({ code: 'version_mismatch', version: 3, wanted: 2 }, words)).toBe('3 is not 2.');
  expect(adviceText({ code: 'release_runs', replayId: 'r1' }, words, 'orders')).toBe(
    'The held events are being published, the oldest first. Look at orders and r1.',
  );
});

test('without the name of a connection, its place stays as it is', () => {
  const text = adviceText({ code: 'release_runs', replayId: 'r1' }, apiWords);
  expect(text).toMatch(/connections\/\{name\}\/replays\/r1$/);
});

test('a fact is never taken for a text with places', () => {
  expect(said({ code: 'provider_mistyped', nearest: '{adopt}' })).toBe(
    'There is no provider with this id. Did you mean {adopt}? GET /v1/providers lists them.',
  );
});

test('an advice about a secret has each field and each verb that takes one', () => {
  const secret = { code: 'adopt_secret', where: 'There.' };
  const fields = ['value', 'signingSecret'];
  const verbs = ['generateToken', 'rotateToken', 'changeAuth'];
  const all = fields.flatMap((field) => verbs.map((verb) => ({ ...secret, field, verb })));
  const advice = all.map((each) => ({ code: 'sender_secret_missing', secret: each }));
  expect(advice.map((each) => adviceSchema.safeParse(each).success)).toEqual(all.map(() => true));
  for (const wrong of [{ field: '' }, { verb: '' }])
    expect(adviceSchema.safeParse({ code: 'x', secret: { ...all[0], ...wrong } }).success).toBe(false);
});

test('the text of an unknown code is a place that nothing fills', () => {
  expect(adviceText({ code: 'of_a_later_version' } as never, apiWords)).toBe('{unknown}');
});

test('the words of the API are requests', () => {
  expect(apiWords.addOperator).toBe('POST /v1/operators');
});
