/** A value for each setting of an endpoint, none of them a default but `raw`, which excludes `split`. The compiler asks for the value of a new setting. */
import type { Settings } from '../../shared/endpoints/settings/settings.ts';

export const everyConnectionSetting: Settings = {
  auth: { kind: 'token', accept: [{ in: 'header', name: 'x-shop-token' }] },
  answer: { status: 201, body: 'thanks', contentType: 'text/plain' },
  dedupe: { by: 'header', name: 'x-shop-delivery' },
  allowFrom: ['192.0.2.0/24'],
  methods: ['POST', 'PUT'],
  retentionDays: 90,
  secretFrom: 'sender',
  alerts: { rejections: { count: 20, minutes: 5 }, silence: { minutes: 1_440 } },
  raw: false,
  split: { items: '/orders', id: '/id' },
  type: { in: 'header', name: 'x-shop-topic' },
};
