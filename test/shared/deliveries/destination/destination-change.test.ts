/** What follows from a change of a destination's record. */
import { expect, test } from '@jest/globals';
import {
  type DestinationEntry,
  newDestination,
  nextDestination,
} from '../../../../shared/deliveries/destination/destination.ts';
import {
  destinationChangeOf,
  destinationLineOf,
  droppedSecretOf,
} from '../../../../shared/deliveries/destination/destination-change.ts';

const now = new Date('2026-03-01T12:00:00.000Z');
const nameOf = (id: string) => `hooklatch/dev/destination/shop/${id}`;
const arnOf = (id: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${nameOf(id)}-AbCdEf`;
const unfinished = (version: number, secret: string) => ({
  name: 'shop',
  version,
  pending: { secret: nameOf(secret), since: now.toISOString() },
});
const settings = {
  name: 'shop',
  description: '',
  origin: 'https://shop.example.com',
  method: 'POST',
  headerNames: [] as string[],
  authKind: 'none',
  timeoutSeconds: 15,
  giveUpAfterHours: 72,
} as const;
const made = newDestination(
  unfinished(1, 'a'),
  settings,
  { id: 'dst_1', secret: arnOf('a'), valueId: 'v1' },
  { by: 'op_1', now },
);
const next = (verb: DestinationEntry['verb'], version = made.version) =>
  nextDestination({ ...made, version }, {}, { verb, by: 'op_2', at: now.toISOString() });

const imageOf = (record: object) => ({ record: { S: JSON.stringify(record) }, requestId: { S: 'r1' } });
const changeOf = (before: object | undefined, after: object | undefined, pk = 'destination#shop') =>
  destinationChangeOf({
    dynamodb: {
      Keys: { pk: { S: pk } },
      ...(before && { OldImage: imageOf(before) }),
      ...(after && { NewImage: imageOf(after) }),
    },
  } as never);

test('a record of the stream about something else is no change of a destination', () => {
  expect(changeOf(undefined, made, 'connection#shop')).toBeUndefined();
  expect(destinationChangeOf({})).toBeUndefined();
});

test('a record that can not be read throws', () => {
  expect(() => changeOf(undefined, { name: 'shop' })).toThrow();
});

test.each([
  ['begins to be made', undefined, unfinished(1, 'a'), undefined],
  ['is made', unfinished(1, 'a'), made, { version: 2, verb: 'create', by: 'op_1' }],
  ['is edited', made, next('edit'), { version: 3, verb: 'edit', by: 'op_2' }],
  ['is marked as deleted', made, next('delete'), { version: 3, verb: 'delete', by: 'op_2' }],
  ['is removed', next('delete'), undefined, undefined],
])('a destination that %s has its line in the history', (_, before, after, line) => {
  const change = changeOf(before, after);
  const expected = line && { id: 'dst_1', line: { ...line, at: '2026-03-01T12:00:00.000Z', requestId: 'r1' } };
  expect(change && destinationLineOf(change)).toEqual(expected);
});

test.each([
  ['begins to be made', undefined, unfinished(1, 'a'), undefined],
  ['is made', unfinished(1, 'a'), made, undefined],
  ['is edited', made, next('edit'), undefined],
  ['was marked as deleted is removed', next('delete'), undefined, { name: nameOf('a'), isKept: false }],
  [
    ...([
      'is replaced by hand after it was marked as deleted',
      next('delete'),
      { ...made, secret: arnOf('b') },
    ] as const),
    { name: nameOf('a'), isKept: true },
  ],
  ['was not marked as deleted is removed by hand', made, undefined, { name: nameOf('a'), isKept: true }],
  ['was never finished is removed', unfinished(1, 'a'), undefined, { name: nameOf('a'), isKept: false }],
  ['was never finished is made again', unfinished(1, 'a'), unfinished(2, 'b'), { name: nameOf('a'), isKept: false }],
  [
    'is replaced by an older record',
    next('edit', 6),
    { ...made, secret: arnOf('b') },
    { name: nameOf('a'), isKept: true },
  ],
])('a destination that %s drops its secret or not', (_, before, after, dropped) => {
  const change = changeOf(before, after);
  expect(change && droppedSecretOf(change)).toEqual(dropped);
});
