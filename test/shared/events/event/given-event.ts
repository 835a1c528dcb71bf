/** Stored events for tests. */
import { type Arrival, eventOf, type Receiver } from '../../../../shared/events/event/accepted-arrival.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';

const receiver: Receiver = {
  connection: { id: 'c1', name: 'orders', provider: 'generic' },
  endpoint: {
    id: 'e1',
    accept: [{ in: 'header', name: 'authorization', scheme: 'Bearer' }],
    dedupe: { by: 'none' },
    types: [],
    batch: undefined,
    raw: false,
    retentionDays: 2,
    hold: null,
  },
};

/** The event of an arrival at noon on 1 March 2026, with these changes. */
export function aStoredEvent(arrival: Partial<Arrival> = {}, more: Partial<StoredEvent> = {}): StoredEvent {
  const sent = {
    method: 'POST',
    headers: {},
    rawQueryString: '',
    rest: undefined,
    sourceIp: '192.0.2.1',
    requestId: 'r1',
    body: Buffer.alloc(0),
    ...arrival,
  };
  const id = `evt_${'0'.repeat(26)}`;
  return {
    ...eventOf(sent, receiver, { tokenId: 't1', verifiedBy: 'token' }, id, new Date('2026-03-01T12:00:00.000Z')),
    ...more,
  };
}
