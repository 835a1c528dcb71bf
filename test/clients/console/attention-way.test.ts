import { expect, test } from '@jest/globals';
import { eventViewIn } from '../../../clients/console/events/event-view.ts';
import { wayTo } from '../../../clients/console/overview/attention-way.ts';
import { type Attention, type AttentionKind, attentionKinds } from '../../../shared/operators/journal/attention.ts';

const ways: Record<AttentionKind, string> = {
  secret_missing: '/connections/orders',
  refusing: '/connections/orders/rejections',
  events_given_up: '/connections/orders/events#match=%7B%22publication%22%3A%5B%22given_up%22%5D%7D',
  destination_failing: '/destinations/crm',
  deliveries_given_up: '/destinations/crm/deliveries#status=given_up',
  delivery_failing: '/destinations/crm/deliveries/dlv_1',
  destination_blocked: '/destinations/crm',
  destination_slow: '/destinations/crm',
  destination_recovering: '/destinations/crm',
  grace_ending: '/connections/orders',
  silent: '/connections/orders',
  token_old: '/connections/orders',
  held: '/connections/orders',
  paused: '/destinations/crm',
};

test.each(attentionKinds)('%s leads to the page where it is mended', (kind) => {
  const path = ways[kind];
  const subject = path.startsWith('/connections') ? { connection: 'orders' } : { destination: 'crm', id: 'dlv_1' };
  expect(wayTo({ kind, ...subject } as Attention)).toEqual({ name: Object.values(subject)[0], path });
});

test('events that were given up are searched as such', () => {
  const { path } = wayTo({ kind: 'events_given_up', connection: 'orders', since: '', count: 1 });
  expect(JSON.parse(eventViewIn(path.slice(path.indexOf('#'))).match)).toEqual({ publication: ['given_up'] });
});
