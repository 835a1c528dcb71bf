/** A delivery of an event to a destination. */
import type { Destination } from '../../../../shared/deliveries/destination/destination.ts';
import type { DeliveryJob } from '../../../../shared/deliveries/dispatch/delivery-job.ts';
import type { DeliveryRow } from '../../../../shared/deliveries/dispatch/delivery-row.ts';

export const eventId = `evt_${'0123456789abcdefghjkmnpqrs'}`;
export const receivedAt = '2026-03-01T12:00:00.000Z';
/** When the event came, in epoch milliseconds. */
export const receivedMs = 1_772_366_400_000;

export const aJob = (change: Partial<DeliveryJob> = {}): DeliveryJob => ({
  event: eventId,
  receivedAt,
  rule: 'to-orders',
  replay: 0,
  connectionId: 'con_1',
  connection: 'orders',
  routes: 'a'.repeat(64),
  to: { id: 'dst_1', name: 'orders' },
  expiresAt: receivedMs / 1000 + 30 * 86_400,
  attempt: 1,
  ...change,
});

export const aRow = (change: Partial<DeliveryRow> = {}): DeliveryRow => ({
  ...aJob(),
  status: 'waiting',
  step: 0,
  redelivery: 0,
  madeAt: receivedMs,
  pausedMs: 0,
  ...change,
});

export const aDestination = (change: Partial<Destination> = {}): Destination => ({
  id: 'dst_1',
  name: 'orders',
  description: '',
  origin: 'https://orders.example.com',
  method: 'POST',
  headerNames: [],
  authKind: 'none',
  timeoutSeconds: 15,
  giveUpAfterHours: 72,
  status: 'active',
  pausedMs: 0,
  generation: 1,
  version: 2,
  createdAt: receivedAt,
  updatedAt: receivedAt,
  updatedBy: 'op_1',
  secret: 'arn:aws:secretsmanager:eu-central-1:123456789012:secret:hooklatch/dev/destination/orders/1-AbCdEf',
  valueId: 'v1',
  signing: { createdAt: receivedAt, createdBy: 'op_1' },
  entry: { verb: 'create', by: 'op_1', at: receivedAt },
  ...change,
});
