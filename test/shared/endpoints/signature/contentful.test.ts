/** Contentful's rules for the signed headers and the path. The signatures are made with Python's `hmac`. */
import { expect, test } from '@jest/globals';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest, refused } from './given-signature.ts';
import { schemes } from './schemes.ts';

const secret = 'contentful-signing-secret';
const verdictOf = (headers: Signable['headers'] = {}, url = 'https://hooks.example.com/hooks/cms/ep_1') =>
  verifyWithSecrets(
    schemes.contentful,
    [secret],
    aRequest({
      url,
      headers: {
        'x-contentful-signature': '98b580702fc71035ba4083fe4b6aff346d4eaa501f5dccfae266128f1fada297',
        'x-contentful-timestamp': '1772366400000',
        'x-contentful-topic': 'publish',
        'x-contentful-signed-headers': 'x-contentful-timestamp,x-contentful-topic,x-contentful-signed-headers',
        ...headers,
      },
    }),
  );

test('Contentful signs the headers sorted by name, whatever their order in the list of signed headers', () => {
  expect(verdictOf()).toEqual(accepted());
});

test('Contentful signs the path without the host, and escapes the query twice', () => {
  expect(verdictOf({}, 'http://localhost:3000/hooks/cms/ep_1')).toEqual(accepted());
  const withQuery = '6ad03d812a9e7d1c3d3e484d6a92adcc513c25be4242d36036caedfce4f1ad1e';
  expect(verdictOf({ 'x-contentful-signature': withQuery }, 'http://localhost/hooks/cms/ep_1?a=1')).toEqual(accepted());
});

test.each<[string, string, Signable['headers']]>([
  ['a signed header', 'message_incomplete', { 'x-contentful-topic': undefined }],
  ['the list of signed headers', 'message_incomplete', { 'x-contentful-signed-headers': undefined }],
  [
    'the list in the list of signed headers',
    'message_incomplete',
    { 'x-contentful-signed-headers': 'x-contentful-timestamp,x-contentful-topic' },
  ],
  ['the time', 'timestamp_missing', { 'x-contentful-timestamp': undefined }],
])('a request of Contentful is rejected if %s is missing', (_, reason, headers) => {
  expect(verdictOf(headers)).toEqual(refused(reason));
});

test.each([
  ['a second question mark', '/hooks/cms/ep_1??'],
  ['no UTF-8 form', '/hooks/cms/ep_1?a=\ud800'],
])('a request of Contentful is rejected if its URL has %s', (_, path) => {
  expect(verdictOf({}, `https://hooks.example.com${path}`)).toEqual(refused('message_incomplete'));
});
