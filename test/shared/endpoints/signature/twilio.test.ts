/** Twilio's rules for the URL and the body. The signatures are made with Python's `hmac`. */
import { describe, expect, test } from '@jest/globals';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, aRequest, refused } from './given-signature.ts';
import { schemes } from './schemes.ts';

const token = 'twilio-auth-token';
const verdictOf = (url: string, signature: string, contentType: string, body: string) => {
  const headers = { 'content-type': contentType, 'x-twilio-signature': signature };
  return verifyWithSecrets(schemes.twilio, [token], aRequest({ url, headers, body: Buffer.from(body) }));
};
const ofForm = (url: string, signature: string) =>
  verdictOf(url, signature, 'application/x-www-form-urlencoded', 'MessageSid=SM1&Body=Hi');
const ofJson = (query: string, signature: string) =>
  verdictOf(`https://hooks.example.com/hooks/sms/ep_1${query}`, signature, 'application/json', '{"id":"evt_1"}');

describe('a form of Twilio', () => {
  const right = {
    'https://hooks.example.com/hooks/sms/ep_1': 'rR68gF6+vehtCLDUYvlFlNX/pSg=',
    'https://hooks.example.com:443/hooks/sms/ep_1': '7lKJNVGSXZyaStT9pv7VYnzVILw=',
    'https://hooks.example.com:80/hooks/sms/ep_1': 'mJtwYy9JFD6LxhFj8bBRXzdYs0k=',
    'https://hooks.example.com:8443/hooks/sms/ep_1': 'BK6jBy2GCqMU8fhrZFJP/QZqDUw=',
    'http://localhost/hooks/sms/ep_1': 'IVCmAnljTRY3m+o+PneOmys+rvM=',
    'http://localhost:80/hooks/sms/ep_1': 'yK8SN0ooaCEPPCAyyJ/US9SRb7c=',
    'http://localhost:443/hooks/sms/ep_1': '9pyxjcT+7VfltJQhaqHRzr13Deg=',
    'https://hooks.example.com:443': '/FQRdNwTHFlL/hUHXcjBerhX+ZA=',
    'https://hooks.example.com:443?a=1': 'vJrf8kBmb12s8AEhzpY6q/YCsRY=',
    'https://[2001:db8::1]/a': '2J/wO2OnOOfff7xCe3E/IVgnb8U=',
  };
  type Url = keyof typeof right;

  test.each<[string, Url]>([
    ['https://hooks.example.com/hooks/sms/ep_1', 'https://hooks.example.com/hooks/sms/ep_1'],
    ['https://hooks.example.com/hooks/sms/ep_1', 'https://hooks.example.com:443/hooks/sms/ep_1'],
    ['https://hooks.example.com:8443/hooks/sms/ep_1', 'https://hooks.example.com/hooks/sms/ep_1'],
    ['https://hooks.example.com:8443/hooks/sms/ep_1', 'https://hooks.example.com:8443/hooks/sms/ep_1'],
    ['https://hooks.example.com', 'https://hooks.example.com:443'],
    ['https://hooks.example.com?a=1', 'https://hooks.example.com:443?a=1'],
    ['https://[2001:db8::1]:8443/a', 'https://[2001:db8::1]/a'],
    ['http://localhost/hooks/sms/ep_1', 'http://localhost:80/hooks/sms/ep_1'],
    ['http://localhost:80/hooks/sms/ep_1', 'http://localhost/hooks/sms/ep_1'],
  ])('to %s may be signed as sent to %s', (url, signedUrl) => {
    expect(ofForm(url, right[signedUrl])).toEqual(accepted());
  });

  test.each<[string, Url]>([
    ['https://hooks.example.com/hooks/sms/ep_1', 'https://hooks.example.com:8443/hooks/sms/ep_1'],
    ['https://hooks.example.com/hooks/sms/ep_1', 'https://hooks.example.com:80/hooks/sms/ep_1'],
    ['https://hooks.example.com:8443/hooks/sms/ep_1', 'https://hooks.example.com:443/hooks/sms/ep_1'],
    ['http://localhost/hooks/sms/ep_1', 'http://localhost:443/hooks/sms/ep_1'],
  ])('to %s is rejected if it is signed as sent to %s', (url, signedUrl) => {
    expect(ofForm(url, right[signedUrl])).toEqual(refused('signature_mismatch'));
  });

  test('is rejected without an error if its URL can not be parsed', () => {
    expect(ofForm('no URL', right['https://[2001:db8::1]/a'])).toEqual(refused('signature_mismatch'));
    expect(ofForm('no URL', 'lR3kdK7i013eUL6ixKWHSAzWKjY=')).toEqual(accepted());
  });
});

describe('JSON of Twilio', () => {
  const right = 'bodySHA256=40993c639ffb5f13a0a2ef5c93c965f10b405f2b87a379272381da2dbc158dfa';
  const upper = 'bodySHA256=40993C639FFB5F13A0A2EF5C93C965F10B405F2B87A379272381DA2DBC158DFA';
  const wrong = `bodySHA256=${'0'.repeat(64)}`;

  test('is accepted with the hash of its body in the signed query, in lower or upper case', () => {
    expect(ofJson(`?${right}`, 'SHQ9miLZnkaslHBS/8wWnu+1Aeg=')).toEqual(accepted());
    expect(ofJson(`?${upper}`, 'OlOGZvmawg1qwhF4e3w0Ws90XG4=')).toEqual(accepted());
  });

  test.each([
    ['a second, wrong hash', `?${right}&${wrong}`, 'oh+PHoPmZee6nMJj36jS+A358YM='],
    ['the hash only after the query', `?a=1#${right}`, '62Dch+SsTj7JsqK2CCFAwCaQNI4='],
  ])('is rejected with %s, even with a valid signature', (_, query, signature) => {
    expect(ofJson(query, signature)).toEqual(refused('message_incomplete'));
  });
});
