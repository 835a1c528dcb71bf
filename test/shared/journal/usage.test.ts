import { describe, expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { type EventArrival, eventArrivalIn, tallyOf } from '../../../shared/journal/usage.ts';

const image = (receivedAt: string) => ({
  connectionId: { S: 'con_1' },
  tokenId: { S: 'token_1' },
  receivedAt: { S: receivedAt },
});
const noon = '2026-01-31T12:00:00.000Z';
const later = '2026-01-31T12:00:01.000Z';
const told = (dynamodb: DynamoDBRecord['dynamodb']): DynamoDBRecord => (dynamodb ? { dynamodb } : {});

describe('a stream record of the Events table', () => {
  test('of a new event counts as an arrival', () => {
    const arrival = { connectionId: 'con_1', tokenId: 'token_1', receivedAt: noon };
    expect(eventArrivalIn(told({ NewImage: image(noon) }))).toEqual(arrival);
  });

  test('of an event that replaces an expired one counts as an arrival', () => {
    expect(eventArrivalIn(told({ OldImage: image(noon), NewImage: image(later) }))).toMatchObject({
      receivedAt: later,
    });
  });

  test('of a replay or a removal does not count as an arrival', () => {
    const replayed = { ...image(noon), replays: { N: '1' } };
    expect(eventArrivalIn(told({ OldImage: image(noon), NewImage: replayed }))).toBeUndefined();
    expect(eventArrivalIn(told({ OldImage: image(noon) }))).toBeUndefined();
  });

  test('of an item that is not an event throws', () => {
    expect(() => eventArrivalIn(told({ NewImage: { id: { S: 'x' } } }))).toThrow();
  });
});

test('a tally counts every arrival once, and has the last use of each token', () => {
  const arrivals = fc.array(
    fc.option(
      fc.record({
        connectionId: fc.constantFrom('con_1', 'con_2'),
        tokenId: fc.constantFrom('token_1', 'token_2'),
        receivedAt: fc.integer({ min: 0, max: 300 }).map((second) => new Date(second * 1000).toISOString()),
      }),
      { nil: undefined },
    ),
  );
  fc.assert(
    fc.property(arrivals, (batch) => {
      const all: EventArrival[] = batch.filter((arrival) => arrival !== undefined);
      const { counts, uses } = tallyOf(batch);
      const isOf = (connectionId: string, minute: string) => (each: EventArrival) =>
        each.connectionId === connectionId && each.receivedAt.startsWith(minute);
      for (const { connectionId, minute, events, lastAt, first } of counts) {
        expect(events).toBe(all.filter(isOf(connectionId, minute)).length);
        const times = all.filter(isOf(connectionId, minute)).map(({ receivedAt }) => receivedAt);
        expect(lastAt).toBe(times.toSorted().at(-1));
        expect(batch.findIndex((each) => each !== undefined && isOf(connectionId, minute)(each))).toBe(first);
      }
      expect(counts.reduce((sum, { events }) => sum + events, 0)).toBe(all.length);
      for (const { connectionId, what, at } of uses) {
        const times = all
          .filter((each) => each.connectionId === connectionId && (what === 'events' || what.endsWith(each.tokenId)))
          .map(({ receivedAt }) => receivedAt);
        expect(at).toBe(times.toSorted().at(-1));
      }
      expect(uses.length > 0).toBe(all.length > 0);
    }),
  );
});
