import { expect, test } from '@jest/globals';
import { cancelledNotice, noticePublisher } from '../../../../shared/deliveries/dispatch/delivery-notice.ts';
import type { BusEntry } from '../../../../shared/events/bus/publication.ts';
import { receivedMs } from './given-delivery.ts';

const to = { id: 'dst_1', name: 'orders' };
const failing = { type: 'destination.failing' as const, incident: 'inc-1', at: receivedMs };
const recovered = { type: 'destination.recovered' as const, incident: 'inc-1', at: receivedMs + 1_000 };

/** The entries that were published, with their details. */
function aBus(codes: (string | undefined)[] = []) {
  const published: [string, string, object][] = [];
  const publish = noticePublisher(
    async (entries: BusEntry[]) => {
      published.push(
        ...entries.map(({ Source, DetailType, Detail }): [string, string, object] => [
          Source,
          DetailType,
          JSON.parse(Detail),
        ]),
      );
      return entries.map((_, at) => codes[at]);
    },
    () => receivedMs + 5_000,
  );
  return { published, publish };
}

test('operators are told of each incident, and of what was given up', async () => {
  const { published, publish } = aBus();
  await publish(to, [failing, recovered], { count: 3, sample: 'evt_1' });
  const about = { destination: 'orders', destinationId: 'dst_1' };
  expect(published).toEqual([
    ['hooklatch', 'destination.failing', { ...about, incident: 'inc-1', at: '2026-03-01T12:00:00.000Z' }],
    ['hooklatch', 'destination.recovered', { ...about, incident: 'inc-1', at: '2026-03-01T12:00:01.000Z' }],
    ['hooklatch', 'delivery.given_up', { ...about, count: 3, sample: 'evt_1', at: '2026-03-01T12:00:05.000Z' }],
  ]);
});

test('notices that the bus does not take are told again', async () => {
  const { publish } = aBus([undefined, 'InternalFailure']);
  await expect(publish(to, [failing, recovered], undefined)).rejects.toThrow(
    'the bus refused 1 notices: InternalFailure',
  );
});

test('a deletion tells what it cancelled', () => {
  const { DetailType, Detail } = cancelledNotice(to, 2, ['dlv_1'], new Date(receivedMs));
  expect([DetailType, JSON.parse(Detail)]).toEqual([
    'delivery.cancelled',
    { destination: 'orders', destinationId: 'dst_1', count: 2, sample: ['dlv_1'], at: '2026-03-01T12:00:00.000Z' },
  ]);
});
