/** What a scheme may say: each value and each limit of its form, in tables written by hand. */
import { expect, test } from '@jest/globals';
import { schemeSchema } from '../../../../shared/endpoints/signature/scheme.ts';

const signature = { in: 'header', name: 'x-signature' };
const hmac = {
  kind: 'hmac',
  algorithm: 'sha256',
  key: { form: 'utf8' },
  encoding: 'hex',
  signatures: [signature],
  message: [{ part: 'body' }],
};
const publicKey = { ...hmac, kind: 'publicKey', algorithm: 'ed25519', key: { form: 'rawHex' } };
const digest = { ...hmac, kind: 'digest', message: [{ part: 'body' }, { part: 'secret' }] };
const hs256 = { kind: 'jwt', algorithm: 'HS256', key: { form: 'utf8' }, token: signature, tolerance: 60 };
const rs256 = { ...hs256, algorithm: 'RS256', key: { form: 'pem' } };

const isScheme = (scheme: object): boolean => schemeSchema.safeParse(scheme).success;
const long = (length: number): string => 'a'.repeat(length);

/** A field, a scheme, and the values of the field that the scheme may have and may not have. */
const fields: [string, object, right: unknown[], wrong: unknown[]][] = [
  ['kind', hmac, ['hmac'], ['md5', '', undefined]],
  ['algorithm', hmac, ['sha1', 'sha256', 'sha512'], ['md5', 'ed25519', '']],
  ['algorithm', digest, ['sha1', 'sha256', 'sha512'], ['md5', 'ed25519', '']],
  ['algorithm', publicKey, ['ed25519', 'ecdsa-p256', 'rsa-sha256'], ['rsa-sha1', 'sha256', '']],
  ['encoding', hmac, ['hex', 'base64', 'base64url'], ['base32', '']],
  ['key', hmac, [{ form: 'utf8' }, { form: 'hex' }, { form: 'base64' }], [{}, { form: 'pem' }, { form: '' }]],
  [
    'key',
    hmac,
    [
      { form: 'hex', prefix: 'a' },
      { form: 'hex', prefix: long(32) },
    ],
    [{ form: 'hex', prefix: '' }],
  ],
  [
    'key',
    hmac,
    [],
    [
      { form: 'hex', prefix: long(33) },
      { form: 'hex', suffix: 'a' },
    ],
  ],
  ['key', publicKey, ['pem', 'spki', 'rawHex', 'rawBase64'].map((form) => ({ form })), [{ form: 'hex' }, {}]],
  [
    'key',
    publicKey,
    [{ form: 'pem', prefix: long(32) }],
    [
      { form: 'pem', prefix: long(33) },
      { form: 'pem', a: 1 },
    ],
  ],
  ['signatures', hmac, [Array(4).fill(signature)], [[], Array(5).fill(signature), undefined]],
  ['message', hmac, [Array(16).fill({ part: 'body' })], [[], Array(17).fill({ part: 'body' }), undefined]],
  ['message', digest, [[{ part: 'secret' }]], [[{ part: 'body' }]]],
  ['requires', hmac, [undefined, [], Array(4).fill({ header: 'x-version', equals: '1' })], []],
  ['requires', hmac, [], [Array(5).fill({ header: 'x-version', equals: '1' }), [{ header: 'x-version' }]]],
  ['requires', hmac, [[{ header: 'x-version', equals: long(128) }]], [[{ header: 'x-version', equals: long(129) }]]],
  ['requires', hmac, [], [[{ header: 'x-version', equals: '' }], [{ header: 'x-version', equals: '1', a: 1 }]]],
  ['tolerance', hs256, [0, 3600], [-1, 3601, 0.5, undefined]],
  ['tolerance', rs256, [0, 3600], [-1, 3601, 0.5, undefined]],
  ['aud', hs256, [undefined, 'a', long(256)], ['', long(257)]],
  ['iss', rs256, [undefined, 'a', long(256)], ['', long(257)]],
  ['key', rs256, [{ form: 'spki' }], [{ form: 'utf8' }]],
  ['key', hs256, [{ form: 'hex' }], [{ form: 'pem' }]],
  ['algorithm', hs256, ['HS256'], ['RS256', 'HS512', 'none', '']],
  ['tolerance', { kind: 'contentful' }, [1, 86_400], [0, 86_401, 1.5, undefined]],
  ['toleranceDays', { kind: 'paypal', webhookId: 'A-1' }, [undefined, 1, 30], [0, 31, 1.5]],
  ['webhookId', { kind: 'paypal' }, ['0-9A-Za-z', long(64)], ['', long(65), 'a_b', ' a', 'a ', undefined]],
  ['unknown', { kind: 'twilio' }, [undefined], [1]],
  ['unknown', { kind: 'adyen' }, [undefined], [1]],
];

test.each(
  fields.flatMap(([field, scheme, right, wrong]) => [
    ...right.map((value) => [field, scheme, value, true] as const),
    ...wrong.map((value) => [field, scheme, value, false] as const),
  ]),
)('%s of %j may be %j: %j', (field, scheme, value, isRight) => {
  expect(isScheme(JSON.parse(JSON.stringify({ ...scheme, [field]: value })))).toBe(isRight);
});

const source = { in: 'header', name: 'x-a' };
test.each<[object, boolean]>([
  [source, true],
  [{ ...source, path: '/a' }, false],
  [{ in: 'header' }, false],
  [{ in: 'header', name: 'cookie' }, false],
  [{ in: 'numberedHeaders', name: 'x-a-' }, true],
  [{ in: 'numberedHeaders' }, false],
  [{ in: 'body' }, true],
  [{ in: 'body', path: '/a' }, true],
  [{ in: 'body', path: 'a' }, false],
  [{ in: 'body', name: 'a' }, false],
  [{ in: 'query', name: 'a' }, false],
  [{ name: 'x-a' }, false],
  [{ ...source, separator: ',' }, true],
  [{ ...source, separator: ';' }, true],
  [{ ...source, separator: ' ' }, true],
  [{ ...source, separator: '|' }, false],
  [{ ...source, prefix: '' }, false],
  [{ ...source, prefix: 'a' }, true],
  [{ ...source, prefix: long(32) }, true],
  [{ ...source, prefix: long(33) }, false],
  [{ ...source, bare: true }, true],
  [{ ...source, bare: false }, false],
])('%j is a place of a value: %j', (each, isRight) => {
  expect(isScheme({ ...hmac, signatures: [each] })).toBe(isRight);
  expect(isScheme({ ...hmac, timestamp: { source: each, unit: 's' } })).toBe(isRight);
});

test.each<[object, boolean]>([
  [{ part: 'body' }, true],
  [{ part: 'bodyCrc32' }, true],
  [{ part: 'timestamp' }, true],
  [{ part: 'method' }, true],
  [{ part: 'secret' }, true],
  [{ part: 'body', text: 'a' }, false],
  [{ part: 'bodyCrc32', text: 'a' }, false],
  [{ part: 'timestamp', text: 'a' }, false],
  [{ part: 'method', text: 'a' }, false],
  [{ part: 'secret', text: 'a' }, false],
  [{ part: 'value', source }, true],
  [{ part: 'value' }, false],
  [{ part: 'sortedForm' }, true],
  [{ part: 'sortedForm', only: '' }, false],
  [{ part: 'sortedForm', only: 'a' }, true],
  [{ part: 'sortedForm', only: long(64) }, true],
  [{ part: 'sortedForm', only: long(65) }, false],
  [{ part: 'url' }, true],
  [{ part: 'url', decoded: true }, true],
  [{ part: 'url', decoded: false }, false],
  [{ part: 'literal' }, false],
  [{ part: 'literal', text: '' }, false],
  [{ part: 'literal', text: '.' }, true],
  [{ part: 'literal', text: long(256) }, true],
  [{ part: 'literal', text: long(257) }, false],
  [{ part: '' }, false],
  [{}, false],
])('%j is a part of a message: %j', (part, isRight) => {
  expect(isScheme({ ...hmac, message: [part] })).toBe(isRight);
});

test.each<[object, boolean]>([
  [{ unit: 's' }, true],
  [{ unit: 'ms' }, true],
  [{ unit: 'rfc3339' }, true],
  [{ unit: 'imf' }, true],
  [{ unit: 'h' }, false],
  [{}, false],
  [{ unit: 's', tolerance: 1 }, true],
  [{ unit: 's', tolerance: 86_400 }, true],
  [{ unit: 's', tolerance: 0 }, false],
  [{ unit: 's', tolerance: 86_401 }, false],
  [{ unit: 's', tolerance: 1.5 }, false],
  [{ unit: 's', zone: 'UTC' }, false],
])('a time with %j: %j', (time, isRight) => {
  expect(isScheme({ ...hmac, timestamp: { source, ...time } })).toBe(isRight);
});

const account = '123456789012';
test.each([
  [`arn:aws:sns:eu-central-1:${account}:orders`, true],
  [`arn:aws:sns:us-iso-east-1:${account}:orders`, true],
  [`arn:aws:sns:ap-southeast-15:${account}:orders`, true],
  [`arn:aws:sns:eu-${long(12)}-1:${account}:orders`, true],
  [`arn:aws:sns:eu-aa-1:${account}:${long(256)}`, true],
  [`arn:aws:sns:eu-central-1:${account}:A_z-9`, true],
  [`arn:aws-cn:sns:cn-north-1:${account}:orders`, true],
  [`arn:aws-us-gov:sns:us-gov-west-1:${account}:orders`, true],
  [`arn:aws:sns:us-gov-west-1:${account}:orders`, false],
  [`arn:aws-cn:sns:eu-central-1:${account}:orders`, false],
  [`arn:aws-us-gov:sns:us-east-1:${account}:orders`, false],
  [`arn:aws-iso:sns:us-iso-east-1:${account}:orders`, false],
  [`xarn:aws:sns:eu-central-1:${account}:orders`, false],
  [`arn:aws:sns:eu-central-1:${account}:orders\n`, false],
  [`arn:aws:sns:eu-central-1:${account}:orders.fifo`, false],
  [`arn:aws:sns:eu-central-1:${account}:`, false],
  [`arn:aws:sns:eu-central-1:${account}:${long(257)}`, false],
  [`arn:aws:sns:eu-central-1:${account}0:orders`, false],
  [`arn:aws:sns:eu-central-1:12345678901:orders`, false],
  [`arn:aws:sns:eu-central-1:12345678901a:orders`, false],
  [`arn:aws:sns:eur-central-1:${account}:orders`, false],
  [`arn:aws:sns:e-central-1:${account}:orders`, false],
  [`arn:aws:sns:EU-central-1:${account}:orders`, false],
  [`arn:aws:sns:eu-a-1:${account}:orders`, false],
  [`arn:aws:sns:eu-${long(13)}-1:${account}:orders`, false],
  [`arn:aws:sns:eu-CENTRAL-1:${account}:orders`, false],
  [`arn:aws:sns:eu-1:${account}:orders`, false],
  [`arn:aws:sns:eu-aa-bb-cc-1:${account}:orders`, false],
  [`arn:aws:sns:eu-central-123:${account}:orders`, false],
  [`arn:aws:sns:eu-central-x:${account}:orders`, false],
  [`arn:aws:sqs:eu-central-1:${account}:orders`, false],
])('the topic %j: %j', (topic, isRight) => {
  expect(isScheme({ kind: 'sns', topicArns: [topic] })).toBe(isRight);
});

test('a scheme of SNS has one to sixteen topics', () => {
  const topics = (count: number) => ({
    kind: 'sns',
    topicArns: Array(count).fill(`arn:aws:sns:eu-central-1:${account}:orders`),
  });
  expect([0, 1, 16, 17].map((count) => isScheme(topics(count)))).toEqual([false, true, true, false]);
});
