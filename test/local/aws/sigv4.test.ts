import { describe, expect, test } from '@jest/globals';
import {
  readSignatureClaim,
  type SignedRequest,
  signedFor,
  signV4,
  verifySignatureV4,
} from '../../../local/aws/sigv4.ts';

/** The example in AWS's documentation of Signature Version 4. */
const secretAccessKey = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
const example: SignedRequest = {
  method: 'GET',
  url: '/?Action=ListUsers&Version=2010-05-08',
  headers: {
    host: 'iam.amazonaws.com',
    'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
    'x-amz-date': '20150830T123600Z',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, ' +
      'SignedHeaders=content-type;host;x-amz-date, ' +
      'Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
  },
  body: Buffer.alloc(0),
};
const expected = { secretAccessKey, region: 'us-east-1', service: 'iam', now: new Date('2015-08-30T12:40:00Z') };

const check = (change: Partial<SignedRequest> = {}, other: Partial<typeof expected> = {}) => {
  const request = { ...example, ...change };
  verifySignatureV4(request, readSignatureClaim(request), { ...expected, ...other });
};
const withHeader = (name: string, value: string | undefined) => ({ headers: { ...example.headers, [name]: value } });
const authorization = String(example.headers['authorization']);

test('the example of the documentation is accepted', () => {
  expect(() => check()).not.toThrow();
});

test('query parameters are signed in the order of their names', () => {
  const claim = readSignatureClaim(example);
  const inOrder = signV4({ ...example, url: '/?a=1&a-b=2' }, claim, secretAccessKey);
  expect(signV4({ ...example, url: '/?a-b=2&a=1' }, claim, secretAccessKey)).toBe(inOrder);
});

describe('a change after signing is refused', () => {
  test.each([
    ['method', { method: 'POST' }],
    ['path', { url: '/x?Action=ListUsers&Version=2010-05-08' }],
    ['query', { url: '/?Action=DeleteUser&Version=2010-05-08' }],
    ['end of the query', { url: '/?Action=ListUsers&Version=2010-05-08?x=1' }],
    ['body', { body: Buffer.from('x') }],
    ['header', withHeader('host', 'sts.amazonaws.com')],
    ['time', withHeader('x-amz-date', '20150830T123601Z')],
    ['signature', withHeader('authorization', authorization.replace(/b5d7$/, 'b5d8'))],
    ['length of the signature', withHeader('authorization', authorization.replace(/b5d7$/, ''))],
  ])('in the %s', (_, change) => {
    expect(() => check(change)).toThrow('The request signature we calculated does not match');
  });

  test('in the secret key', () => {
    expect(() => check({}, { secretAccessKey: 'other' })).toThrow('The request signature we calculated does not match');
  });
});

describe('the clock may differ by 15 minutes', () => {
  test.each(['2015-08-30T12:51:00Z', '2015-08-30T12:21:00Z'])('%s is accepted', (now) => {
    expect(() => check({}, { now: new Date(now) })).not.toThrow();
  });

  test.each([
    ['2015-08-30T12:51:01Z', 'Signature expired: 20150830T123600Z is now earlier than 20150830T123601Z'],
    ['2015-08-30T12:20:59Z', 'Signature not yet current: 20150830T123600Z is still later than 20150830T123559Z'],
  ])('%s is refused', (now, message) => {
    expect(() => check({}, { now: new Date(now) })).toThrow(message);
  });
});

describe('an incomplete or wrong authorization is refused', () => {
  test.each([
    ['no signature', withHeader('authorization', undefined), 'Missing Authentication Token'],
    ['another scheme', withHeader('authorization', 'Bearer x'), 'algorithm'],
    [
      'an incomplete credential',
      withHeader('authorization', 'AWS4-HMAC-SHA256 Credential=a/b'),
      '5 slash-delimited elements',
    ],
    ['no date', withHeader('x-amz-date', undefined), 'Date must be in ISO-8601'],
    ['an impossible date', withHeader('x-amz-date', '20150899T123600Z'), 'Date in Credential scope'],
    ['another terminator', withHeader('authorization', authorization.replace('aws4_', 'aws5_')), 'valid terminator'],
  ])('%s', (_, change, message) => {
    expect(() => check(change)).toThrow(message);
  });

  test.each([
    [{ region: 'eu-central-1' }, "valid region, not 'us-east-1'"],
    [{ service: 'dynamodb' }, "correct service: 'dynamodb'"],
  ])('if the service expects %j', (other, message) => {
    expect(() => check({}, other)).toThrow(message);
  });
});

/** The example in S3's documentation of Signature Version 4. */
const s3Example: SignedRequest = {
  method: 'PUT',
  url: '/test%24file.text',
  headers: {
    date: 'Fri, 24 May 2013 00:00:00 GMT',
    host: 'examplebucket.s3.amazonaws.com',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    'x-amz-date': '20130524T000000Z',
    'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    authorization:
      'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,' +
      'SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class,' +
      'Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  },
  body: Buffer.from('Welcome to Amazon S3.'),
};
const expectedByS3 = {
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  region: 'us-east-1',
  service: 's3',
  now: new Date('2013-05-24T00:00:00Z'),
};
const verifyS3 = (changed: SignedRequest) => verifySignatureV4(changed, readSignatureClaim(changed), expectedByS3);

test("the example of S3's documentation is accepted, and its path is signed as it is sent", () => {
  expect(signedFor(s3Example)).toBe('s3');
  expect(() => verifyS3(s3Example)).not.toThrow();
  expect(() => verifyS3({ ...s3Example, url: '/test$file.text' })).toThrow('does not match');
});

/** The example with its headers signed again, all but one. Only a rule about that header can refuse the request. */
function signedWithout(name: string, request: SignedRequest, secretAccessKey: string): SignedRequest {
  const { scope, accessKeyId, time, signedHeaders: all } = readSignatureClaim(request);
  const signedHeaders = all.filter((each) => each !== name);
  const signature = signV4(request, { scope, accessKeyId, time, signedHeaders }, secretAccessKey);
  const credential = [accessKeyId, scope.date, scope.region, scope.service, scope.terminator].join('/');
  const signed = `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders.join(';')}, Signature=${signature}`;
  return { ...request, headers: { ...request.headers, authorization: signed } };
}

describe('of the signed headers', () => {
  const examples = { iam: { request: example, expected }, s3: { request: s3Example, expected: expectedByS3 } };
  const verify = (changed: SignedRequest, of: (typeof examples)['iam']) =>
    verifySignatureV4(changed, readSignatureClaim(changed), of.expected);
  const hostAndDate = "'Host' and 'X-Amz-Date' must be a 'SignedHeader'";

  test.each([
    ['iam', 'host', hostAndDate],
    ['iam', 'x-amz-date', hostAndDate],
    ['s3', 'host', hostAndDate],
    ['s3', 'x-amz-date', hostAndDate],
    ['s3', 'x-amz-content-sha256', "'X-Amz-Content-SHA256' must be a 'SignedHeader'"],
  ] as const)('%s needs %s, even if the others have a valid signature', (service, name, message) => {
    const of = examples[service];
    expect(() => verify(signedWithout('none', of.request, of.expected.secretAccessKey), of)).not.toThrow();
    expect(() => verify(signedWithout(name, of.request, of.expected.secretAccessKey), of)).toThrow(message);
  });

  const signed = Object.entries(examples).flatMap(([service, of]) =>
    readSignatureClaim(of.request).signedHeaders.map((name) => ({ service, name, of })),
  );

  test.each(signed)('$service refuses another $name', ({ name, of }) => {
    const value = String(of.request.headers[name]);
    // Another second of the time is still a time within the 15 minutes.
    const spoiled = name === 'x-amz-date' ? value.replace(/..Z$/, '07Z') : `${value}0`;
    expect(() => verify({ ...of.request, headers: { ...of.request.headers, [name]: spoiled } }, of)).toThrow(
      'does not match',
    );
  });

  test('there are these', () => {
    expect(signed.map(({ service, name }) => `${service} ${name}`)).toEqual([
      ...['iam content-type', 'iam host', 'iam x-amz-date'],
      ...['s3 date', 's3 host', 's3 x-amz-content-sha256', 's3 x-amz-date', 's3 x-amz-storage-class'],
    ]);
  });
});
