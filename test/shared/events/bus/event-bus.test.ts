import { EventBridgeClient, type PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, test } from '@jest/globals';
import { eventBridge, isPermanentError, publisher } from '../../../../shared/events/bus/event-bus.ts';
import type { BusEntry } from '../../../../shared/events/bus/publication.ts';

const anEntry = (DetailType: string): BusEntry => ({
  Source: 'hooklatch.a',
  DetailType,
  Detail: '{}',
  Time: new Date(0),
});

const failure = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode } });

/** A bus whose answer to a call depends on the names of the call's entries. It records these names for each call. */
function aBus(answer: (names: string[]) => Error | undefined) {
  const calls: string[] = [];
  const send = async ({ input }: PutEventsCommand) => {
    const names = (input.Entries ?? []).map(({ DetailType = '' }) => DetailType);
    calls.push(names.join(''));
    const failed = answer(names);
    if (failed) throw failed;
    return { Entries: names.map((name) => ({ EventId: name })) };
  };
  const publish = publisher({ send } as unknown as EventBridgeClient, 'bus');
  return { calls, publish: (names: string) => publish([...names].map(anEntry)) };
}

describe('a call that the bus refuses as a whole', () => {
  test.each([
    ['a ValidationException', failure('ValidationException', 400)],
    ['the status 413', failure('SomethingUnknown', 413)],
  ])('with %s is split in two and sent again, in order', async (_, refusal) => {
    const bus = aBus((names) => (names.length > 3 ? refusal : undefined));
    expect(await bus.publish('abcdefghij')).toEqual(Array(10).fill(undefined));
    expect(bus.calls).toEqual(['abcdefghij', 'abcde', 'abc', 'de', 'fghij', 'fgh', 'ij']);
  });

  test('ends with a permanent error only for the entry that the bus refuses alone', async () => {
    const bus = aBus((names) => (names.includes('c') ? failure('ValidationException', 400) : undefined));
    const codes = await bus.publish('abcd');
    expect(codes).toEqual([undefined, undefined, 'ValidationException', undefined]);
    expect(isPermanentError('ValidationException')).toBe(true);
  });

  test('with the status 413 ends with a permanent error if it has only one entry', async () => {
    const codes = await aBus(() => failure('SomethingUnknown', 413)).publish('a');
    expect(codes).toEqual(['RequestEntityTooLarge']);
    expect(isPermanentError('RequestEntityTooLarge')).toBe(true);
  });
});

test.each([
  ['throttling', failure('ThrottlingException', 400)],
  ['a missing permission', failure('AccessDeniedException', 400)],
  ['a fault of the bus', failure('InternalException', 500)],
  ['a broken connection', new TypeError('fetch failed')],
])('a call that fails because of %s is not split, so that the stream repeats it', async (_, error) => {
  const bus = aBus(() => error);
  await expect(bus.publish('abcd')).rejects.toBe(error);
  expect(bus.calls).toEqual(['abcd']);
});

test('the bus has an entry only if its result has an id', async () => {
  const results = [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }, {}];
  const sent: PutEventsCommand['input'][] = [];
  const send = async ({ input }: PutEventsCommand) => {
    sent.push(input);
    return { Entries: results };
  };
  const publish = publisher({ send } as unknown as EventBridgeClient, 'bus');
  // The fourth entry has no result.
  expect(await publish([...'abcd'].map(anEntry))).toEqual([
    undefined,
    'ThrottlingException',
    'InternalFailure',
    'InternalFailure',
  ]);
  expect(sent).toEqual([{ Entries: [...'abcd'].map((name) => ({ ...anEntry(name), EventBusName: 'bus' })) }]);
});

test('the client of the bus is that of the SDK, as the environment sets it', () => {
  expect(eventBridge()).toBeInstanceOf(EventBridgeClient);
});

test('a call without any result has no entry on the bus', async () => {
  const publish = publisher({ send: async () => ({}) } as unknown as EventBridgeClient, 'bus');
  expect(await publish([anEntry('a'), anEntry('b')])).toEqual(['InternalFailure', 'InternalFailure']);
});

test('a call that fails with something else than an error is not split', async () => {
  const send = () => Promise.reject(undefined);
  const publish = publisher({ send } as unknown as EventBridgeClient, 'bus');
  await expect(publish([anEntry('a'), anEntry('b')])).rejects.toBeUndefined();
});
