import { publicKey, time } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { handshake, selfSigned } from '../preset-builders.ts';

export const preset = selfSigned(
  publicKey('ed25519', 'rawHex', 'hex', 'x-signature-ed25519', time('x-signature-timestamp', 300)),
  {
    id: '/id',
    type: '/type',
    handshakes: [
      handshake('POST', '/type=1', { with: 'constant', body: '{"type":1}', contentType: 'application/json' }),
    ],
    rejectionStatus: 401,
    // With this answer, Discord shows that the bot is thinking. A consumer of the event has fifteen minutes to follow
    // up.
    answer: { status: 200, body: '{"type":5}' },
  },
) satisfies Preset;

export const guide = {
  name: 'Discord interactions',
  docs: 'https://docs.discord.com/developers/interactions/overview',
  url: 'Open your application in the developer portal, and enter the URL as Interactions Endpoint URL.',
  secret: 'Adopt the public key of the application.',
  deadlineSeconds: 3,
  confidence: 'stated',
} satisfies Guide;

export const otherNames = ['discord-interactions'];

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { id: '1', application_id: '2', type: 2, token: 'sample', version: 1 },
  type: '2',
  deliveryId: '1',
} satisfies Sample;
