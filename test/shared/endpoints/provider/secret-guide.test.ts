import { expect, test } from '@jest/globals';
import { secretAdvice } from '../../../../shared/endpoints/provider/secret-guide.ts';
import { said } from '../../../../shared/ground/base/advice.ts';

test.each<[string, 'sender' | 'handshake', string]>([
  [
    'stripe',
    'sender',
    'Adopt the signing secret that Stripe shows beside its endpoint, including the prefix whsec_. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  [
    'generic',
    'sender',
    'Copy the secret from the sender\'s settings. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  // The guide of GitHub does not apply, because it is for a secret that Hooklatch generates.
  [
    'github',
    'sender',
    'Copy the secret from the sender\'s settings. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  [
    'asana',
    'handshake',
    'First open the handshake window of the endpoint. Then create the webhook: Asana sends the secret to the URL. POST …/endpoint/handshake opens the window. If you already have the secret, send it as value instead.',
  ],
  [
    'stripe',
    'handshake',
    'The sender delivers its secret to the URL. POST …/endpoint/handshake opens the window. If you already have the secret, send it as value instead.',
  ],
  [
    'gone-in-this-version',
    'sender',
    'Copy the secret from the sender\'s settings. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
])('the secret guide of %s with secretFrom %s', (provider, secretFrom, words) => {
  const secret = secretAdvice(provider, secretFrom);
  expect(said({ code: 'secret_made_by_sender', secret })).toBe(
    `${words} If the sender accepts a secret from you, set secretFrom to operator first.`,
  );
});
