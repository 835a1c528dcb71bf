/** What the reader of files says is wrong, and where. It quotes no value, because a value may be a secret. */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { manifestJsonSchema } from '../../../../shared/operators/manifest/manifest-json-schema.ts';
import { ManifestError, readManifest } from '../../../../shared/operators/manifest/read-manifest.ts';

const secret = 'hunter2hunter2';
const connection = (more: string) => `name: shop\nconnections:\n  orders: { ${more} }\n`;
const destination = (more: string) => `name: shop\ndestinations:\n  erp: { url: env:U, ${more} }\n`;
const reference = 'must be a reference, and never the secret itself: ';

test.each([
  ['a key twice', 'name: shop\nname: shop\n', 'f:2:1: the key stands twice; leave one out.'],
  [
    'an empty choice',
    connection('status: '),
    'f:3:22: connections.orders.status is empty; leave it out, or give it a value.',
  ],
  [
    'a key that is no text',
    'name: shop\nconnections:\n  [orders]: {}\n',
    'f:3:3: a key must be a text; put it in quotes.',
  ],
  ['a tag', 'name: !secret shop\n', 'f:1:7: tags of your own can not be used.'],
  ['two documents', 'name: shop\n---\nname: shop\n', 'f:2:1: a file has one document; remove the second one.'],
  ['a tab', 'name: shop\nconnections:\n\torders: {}\n', 'f:3:1: indentation must be spaces, and is a tab.'],
  ['no end of a text', `name: "${secret}\n`, 'f:2:1: a character is missing, such as a colon, a bracket or a quote.'],
  ['an alias without an anchor', 'name: *a\n', 'f:1:7: an alias has no anchor before it.'],
  [
    'aliases of aliases',
    `a: &a [x,x]\n${[...'bcdefgh'].map((key, at) => `${key}: &${key} [${`*${'abcdefg'[at]},`.repeat(9)}x]`).join('\n')}\n`,
    'f:1:1: aliases repeat too much.',
  ],
  ['a prototype', 'name: shop\n__proto__: { name: x }\n', 'f:2:1: there is no field "__proto__".'],
  ['a list', '- name: shop\n', 'f:1:1: the file must be a JSON object, and is a list.'],
  ['nothing', '# name: shop\n', 'f is empty.'],
  [
    'a field without connections',
    'name: shop\nconnections:\n',
    'f:2:13: connections is empty; leave it out, or give it a value, such as {}.',
  ],
  [
    'a connection without fields',
    'name: shop\nconnections:\n  orders:\n',
    'f:3:10: connections.orders is empty; leave it out, or give it a value, such as {}.',
  ],
  ['a name without a text', 'name:\n', 'f:1:6: name is empty; leave it out, or give it a value.'],
  ['no name', 'connections: {}\n', 'f:1:1: name is missing; send a string.'],
  ['a name in capitals', 'name: Shop\n', /^f:1:7: name must be 2 to 48 characters:/],
  [
    'a mistyped field',
    connection('tokn: generate'),
    'f:3:13: connections.orders has no field "tokn"; did you mean "token"?',
  ],
  ['a field with marks', connection('"a?.b": 1'), /^f:3:13: connections\.orders has no field "a\?\.b"; it takes/],
  [
    'a mistyped field after another one',
    connection('token: generate, descripton: x'),
    'f:3:30: connections.orders has no field "descripton"; did you mean "description"?',
  ],
  [
    'a name of a connection after another one',
    `${connection('token: generate')}  Code: {}\n`,
    /^f:4:3: connections\.Code must/,
  ],
  ['no name after a comment', '# a comment\nconnections: {}\n', 'f:1:1: name is missing; send a string.'],
  [
    'more connections than a file has room for',
    `name: shop\nconnections:\n${Array.from({ length: 501 }, (_, at) => `  c-${at}: {}\n`).join('')}`,
    'f:3:3: connections can be at most 500.',
  ],
  [
    'an unknown field',
    connection('zzzzzzzz: 1'),
    /^f:3:13: connections\.orders has no field "zzzzzzzz"; it takes provider, description, token,/,
  ],
  ['a merge', connection('<<: { token: generate }'), /has no field "<<"/],
  [
    'a mistyped value',
    connection('dedupe: { by: heder }'),
    /^f:3:27: connections\.orders\.dedupe\.by must be one of .* did you mean "header"\?$/,
  ],
  [
    'a number for a text',
    connection('description: 5'),
    'f:3:26: connections.orders.description must be a string, and is a number.',
  ],
  [
    'a token',
    connection(`token: ${secret}`),
    `f:3:20: connections.orders.token ${reference}generate, keep, env:NAME, file:PATH or secretsmanager:NAME, of at most 200 characters.`,
  ],
  [
    'a credential',
    destination(`auth: { kind: bearer, token: ${secret} }`),
    `f:3:51: destinations.erp.auth.token ${reference}env:NAME, file:PATH or secretsmanager:NAME, of at most 200 characters.`,
  ],
  [
    'a credential that is to be made',
    destination('auth: { kind: bearer, token: generate }'),
    /destinations\.erp\.auth\.token must be a reference/,
  ],
  ['an unknown credential', destination(`auth: { kind: bearer, tokn: env:A }`), /destinations\.erp\.auth/],
  [
    'a header that is none',
    destination('headers: { "x key": a }'),
    /destinations\.erp\.headers\.x key must be the name of an HTTP header\.$/,
  ],
  ['no url', 'name: shop\ndestinations: { erp: {} }\n', 'f:2:22: destinations.erp.url is missing; send a string.'],
  [
    'a name of a connection',
    'name: shop\nconnections: { Orders: {} }\n',
    /^f:2:16: connections\.Orders must be 2 to 48 characters/,
  ],
])('%s is refused at its place', (_, text, message) => {
  let told = '';
  try {
    readManifest(text, 'f');
  } catch (error) {
    told = error instanceof ManifestError ? error.message : `${error}`;
  }
  expect(told).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  expect(told).not.toContain(secret);
});

const ownVariable = 'must not name a variable that begins with HOOKLATCH_: it is for hooklatch itself.';
const ownSecret = "must not name a secret that begins with hooklatch/: it is Hooklatch's own.";
const outside = 'must lead to a file below the folder of this file: by a relative path, without "..".';
const ownArn = 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:hooklatch/prod/operator/bootstrap-AbCdEf';

/** How a reference looks at each place where one may be, and where that is. */
const places: readonly [where: string, text: (reference: string) => string, line: number, column: number][] = [
  ['connections.orders.token', (reference) => connection(`token: "${reference}"`), 3, 20],
  ['destinations.erp.url', (reference) => `name: shop\ndestinations:\n  erp: { url: "${reference}" }\n`, 3, 15],
  ['destinations.erp.headers.x-build', (reference) => destination(`headers: { x-build: "${reference}" }`), 3, 42],
  ['destinations.erp.auth.token', (reference) => destination(`auth: { kind: bearer, token: "${reference}" }`), 3, 51],
  ['destinations.erp.signingSecret', (reference) => destination(`signingSecret: "${reference}"`), 3, 37],
];

describe.each(places)('a reference at %s', (where, text, line, column) => {
  test.each([
    ['env:HOOKLATCH_TOKEN', ownVariable],
    // Windows takes it for the same variable.
    ['env:hooklatch_token', ownVariable],
    ['secretsmanager:hooklatch/prod/endpoint/orders/0a1b', ownSecret],
    ['secretsmanager:hooklatch/dev/destination/erp/0a1b#signingSecret', ownSecret],
    [`secretsmanager:${ownArn}`, ownSecret],
    [`secretsmanager:${ownArn}:`, ownSecret],
    ['file:/proc/self/environ', outside],
    ['file:..', outside],
    ['file:../token', outside],
    ['file:secrets/../../token', outside],
    ['file:secrets\\\\..\\\\..\\\\token', outside],
    ['file:C:/token', outside],
    ['file:\\\\host\\\\token', outside],
  ])('of %s is refused: it is not for a file to say', (reference, why) => {
    expect(() => readManifest(text(reference), 'f')).toThrow(new ManifestError(`f:${line}:${column}: ${where} ${why}`));
  });

  test.each([
    'env:MY_HOOKLATCH_TOKEN',
    'env:HOOKLATCH',
    'secretsmanager:shop/hooklatch/github',
    'secretsmanager:arn:aws:secretsmanager:eu-central-1:123456789012:secret:shop/hooklatch-AbCdEf#token',
    'file:secrets/github.txt',
    'file:./..secrets/github..txt',
  ])('of %s is taken', (reference) => {
    expect(readManifest(text(reference), 'f').name).toBe('shop');
  });
});

test('all mistakes are told at once, at most twenty', () => {
  const faults = Array.from({ length: 25 }, (_, at) => `  orders-${at}: { tokn: x }`).join('\n');
  expect(() => readManifest(`name: shop\nconnections:\n${faults}\n`, 'f')).toThrow(/^(f:\d+:.*\n){20}5 more faults\.$/);
});

test('a file that is too large is refused', () => {
  const file = (length: number) => 'name: shop\n# '.padEnd(length, 'x');
  expect(() => readManifest(file(1_048_577), 'f')).toThrow('f is larger than 1048576 characters.');
  expect(readManifest(file(1_048_576), 'f').name).toBe('shop');
});

test('a file has room for 500 connections', () => {
  const connections = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`c-${at}`, {}]));
  expect(Object.keys(readManifest(JSON.stringify({ name: 'shop', connections }), 'f').connections)).toHaveLength(500);
});

test('what a file does not say has its default', () => {
  expect(readManifest('name: shop\nconnections: { orders: { provider: GitHub } }\n', 'f')).toEqual({
    name: 'shop',
    connections: { orders: { provider: 'github', description: '', status: 'active', adopt: false } },
    destinations: {},
  });
});

test('the schema for editors is that of the program: npm run file-schema writes it', () => {
  const written = JSON.parse(readFileSync('docs/hooklatch.schema.json', 'utf8'));
  expect(written).toEqual(JSON.parse(JSON.stringify(manifestJsonSchema())));
  const { token } = written.properties.connections.additionalProperties.properties;
  expect(new RegExp(token.pattern).test('env:NAME')).toBe(true);
  expect(new RegExp(token.pattern).test(secret)).toBe(false);
});
