import { describe, expect, test } from '@jest/globals';
import type { BusEntry } from '../../../../shared/events/bus/publication.ts';
import { type OutgoingRecord, publishRecords } from '../../../../shared/events/bus/publish-records.ts';
import { aMoment } from '../../../support/a-moment.ts';

/** A record of so many entries. The type of entry 2 of record `a` is `a2`. */
const aRecord = (name: string, entries = 1): OutgoingRecord => ({
  kind: 'outgoing',
  record: { eventID: name },
  pieces: Array.from(
    { length: entries },
    (_, at) =>
      (asData = true): BusEntry => ({
        Source: 'hooklatch.orders',
        DetailType: `${name}${at + 1}`,
        Time: new Date(0),
        Detail: asData ? '{"data":1}' : '{"dataBase64":"MQ=="}',
      }),
  ),
});

/** Publishes records. @param codeOf the bus's error code for an entry, by its type and the number of the call */
async function published(
  records: OutgoingRecord[],
  codeOf: (type: string, call: number, detail: string) => string | undefined = () => undefined,
  hasTime = () => true,
) {
  const calls: string[][] = [];
  const outcomes = await publishRecords(records, hasTime, async (entries) => {
    calls.push(entries.map(({ DetailType }) => DetailType));
    await aMoment();
    return entries.map(({ DetailType, Detail }) => codeOf(DetailType, calls.length, Detail));
  });
  return { calls, outcomes: [...outcomes].map(([{ record }, outcome]) => [record.eventID, outcome]) };
}

const done = { kind: 'published' };
const stuck = { kind: 'stuck', code: 'ThrottlingException' };
const numbered = (name: string, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${name}${from + at}`);

describe('the records of a batch', () => {
  test('go to the bus in order, ten entries in a call', async () => {
    expect(await published([aRecord('a'), aRecord('b', 12), aRecord('c')])).toEqual({
      calls: [
        ['a1', ...numbered('b', 1, 9)],
        ['b10', 'b11', 'b12', 'c1'],
      ],
      outcomes: [
        ['a', done],
        ['b', done],
        ['c', done],
      ],
    });
  });

  test('stop at a call with a stuck entry', async () => {
    const records = [aRecord('a'), aRecord('b'), aRecord('c', 10)];
    const { calls, outcomes } = await published(records, (type) => (type === 'b1' ? 'ThrottlingException' : undefined));
    expect(calls).toEqual([['a1', 'b1', ...numbered('c', 1, 8)]]);
    // Only a part of the entries of c is on the bus, so the stream has to repeat it.
    expect(outcomes).toEqual([
      ['a', done],
      ['b', stuck],
    ]);
  });

  test('go on after an entry that the bus will never take', async () => {
    const refused = { kind: 'refused', code: 'InvalidArgument' };
    const { outcomes } = await published([aRecord('a'), aRecord('b', 12), aRecord('c')], (type) =>
      type === 'b2' ? 'InvalidArgument' : undefined,
    );
    // The last entry of b is on the bus, but not every entry.
    expect(outcomes).toEqual([
      ['a', done],
      ['b', refused],
      ['c', done],
    ]);
  });

  test('have the first error of a split event that the bus will never take', async () => {
    const { outcomes } = await published([aRecord('a', 2)], (type) =>
      type === 'a1' ? 'InvalidArgument' : 'NotAuthorizedForSourceException',
    );
    expect(outcomes).toEqual([['a', { kind: 'refused', code: 'InvalidArgument' }]]);
  });

  test('send the stuck entries of a split event three times, and of other events once', async () => {
    const whole = await published([aRecord('a')], () => 'ThrottlingException');
    expect(whole).toEqual({ calls: [['a1']], outcomes: [['a', stuck]] });
    const split = await published([aRecord('a', 3)], (type) => (type === 'a2' ? 'ThrottlingException' : undefined));
    expect(split).toEqual({ calls: [['a1', 'a2', 'a3'], ['a2'], ['a2']], outcomes: [['a', stuck]] });
    const third = await published([aRecord('a', 2)], (type, call) =>
      type === 'a2' && call < 3 ? 'ThrottlingException' : undefined,
    );
    expect(third.outcomes).toEqual([['a', done]]);
  });

  test('send JSON as Base64 if the bus calls it malformed', async () => {
    const { calls, outcomes } = await published([aRecord('a'), aRecord('b')], (type, _, detail) =>
      type === 'b1' && detail.includes('"data"') ? 'MalformedDetail' : undefined,
    );
    expect(calls).toEqual([['a1', 'b1'], ['b1']]);
    expect(outcomes).toEqual([
      ['a', done],
      ['b', done],
    ]);
  });

  test('leave a split event to the next batch if too little time is left, but never the first one', async () => {
    const inNoTime = (records: OutgoingRecord[]) =>
      published(
        records,
        () => undefined,
        () => false,
      );
    expect(await inNoTime([aRecord('a', 2), aRecord('b'), aRecord('c', 2), aRecord('d')])).toEqual({
      calls: [['a1', 'a2', 'b1']],
      outcomes: [
        ['a', done],
        ['b', done],
      ],
    });
    expect((await inNoTime([aRecord('a', 2), aRecord('b', 2)])).calls).toEqual([['a1', 'a2']]);
  });

  test('are stuck if the call fails', async () => {
    const record = aRecord('a');
    const outcomes = await publishRecords(
      [record],
      () => true,
      () => Promise.reject(new TypeError('fetch failed')),
    );
    expect(outcomes).toEqual(new Map([[record, { kind: 'stuck', code: 'call failed: TypeError' }]]));
  });
});
