import { body, digest, time, timestamp } from '../common-schemes.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { selfSigned } from '../preset-builders.ts';

/* @__NO_SIDE_EFFECTS__ */
const cloudinary = (algorithm: 'sha1' | 'sha256') =>
  digest(algorithm, 'x-cld-signature', {
    timestamp: time('x-cld-timestamp', 7200),
    message: [body, timestamp, { part: 'secret' }],
  });

export const preset = selfSigned(cloudinary('sha256'), {
  older: { 'cloudinary-sha1': cloudinary('sha1') },
  type: '/notification_type',
}) satisfies Preset;

export const guide = {
  name: 'Cloudinary',
  docs: 'https://cloudinary.com/documentation/notifications',
  url: 'Open Settings > Webhook notifications, and enter the URL as Notification URL.',
  secret: 'Adopt the API secret. If your account signs with SHA-1, choose the scheme cloudinary-sha1.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: { 'content-type': 'application/json' },
  body: { notification_type: 'upload', public_id: 'sample', version: 1772366400 },
  type: 'upload',
} satisfies Sample;
