import { inUrl } from '../common-placements.ts';
import type { Guide, Preset, Sample } from '../preset.ts';
import { signed } from '../preset-builders.ts';

export const preset = signed(undefined, {
  // The signature covers only the body's CRC-32.
  coversBody: false,
  accept: inUrl,
  id: 'paypal-transmission-id',
  type: '/event_type',
}) satisfies Preset;

export const guide = {
  name: 'PayPal',
  docs: 'https://developer.paypal.com/api/rest/webhooks/',
  url: 'Developer dashboard, the app, Webhooks, Webhook URL. Enter the URL with a token.',
  secret:
    'There is none: PayPal signs with a certificate. Choose auth {"kind":"both","scheme":{"kind":"paypal","webhookId":"…"}} with the id of the webhook, and enter the URL with the token. The signature proves the id, the time and a CRC-32 of the body, but a CRC-32 does not prove the body: anybody who saw a delivery can make another body with the same CRC-32. So each transmission id is accepted with only one body, for 4 days after its time. The token keeps out people who saw a delivery but not its URL. With kind "signature" there is no token. Before money moves on an event, read the payment from the API of PayPal.',
  confidence: 'stated',
} satisfies Guide;

export const sample = {
  headers: {
    'content-type': 'application/json',
    'paypal-transmission-id': '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
    'paypal-transmission-time': '2026-03-01T12:00:00Z',
    'paypal-auth-algo': 'SHA256withRSA',
    'paypal-cert-url': 'https://api.paypal.com/v1/notifications/certs/CERT-sample',
  },
  body: { id: 'WH-1S-2S', event_type: 'PAYMENT.SALE.COMPLETED' },
  type: 'PAYMENT.SALE.COMPLETED',
  deliveryId: '6f1c6f0e-2f6b-4e53-9d2b-3f0a5d5b7c11',
} satisfies Sample;
