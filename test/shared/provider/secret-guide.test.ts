import { expect, test } from '@jest/globals';
import { secretGuide } from '../../../shared/provider/secret-guide.ts';

test.each<[string, 'sender' | 'handshake', string]>([
  [
    'stripe',
    'sender',
    'Adopt the signing secret that Stripe shows beside the endpoint, whsec_ included. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  [
    'generic',
    'sender',
    'Copy the secret from the sender\'s settings. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  // GitHub's own guide is about a secret that is generated here.
  [
    'github',
    'sender',
    'Copy the secret from the sender\'s settings. Then send it as value: POST …/endpoint/token {"value": "…"}.',
  ],
  [
    'asana',
    'handshake',
    'Open the handshake window of the endpoint first. Asana sends the secret to the URL when the webhook is created. POST …/endpoint/handshake opens the window. If you already have the secret, send it as value instead.',
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
])('%s with secretFrom %s', (provider, secretFrom, words) => {
  expect(secretGuide(provider, secretFrom)).toBe(words);
});
