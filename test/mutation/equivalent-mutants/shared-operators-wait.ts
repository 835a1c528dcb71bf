/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const asker = { file: 'shared/operators/wait/connection-asker.ts' };
const live = { file: 'shared/operators/wait/live-events.ts' };
const position = { file: 'shared/operators/wait/read-position.ts' };
const waiting = { file: 'shared/operators/wait/wait-for-events.ts' };
const waited = { file: 'shared/operators/wait/waited-event.ts' };

const noJson = 'neither text makes a body JSON';

const onlyTimes = 'the API alone refuses a range, and only one that a time was said of';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...asker,
    original: 'since !== undefined && error instanceof ApiError',
    replacement: 'true',
    reason: onlyTimes,
  },
  {
    ...asker,
    original: 'since !== undefined && error instanceof ApiError',
    replacement: 'since !== undefined || error instanceof ApiError',
    reason: onlyTimes,
  },
  { ...asker, original: 'since !== undefined', line: 'error instanceof', replacement: 'true', reason: onlyTimes },
  {
    ...live,
    original: '[]',
    line: 'const items: ListedEvent[] = []',
    replacement: '["Stryker was here"]',
    reason: 'a text in the list has no id, so it counts as handled',
  },
  {
    ...live,
    original: 'last !== undefined',
    replacement: 'true',
    reason: 'a time that is not there is never later; only the type needs the condition',
  },
  {
    ...position,
    original: 'one.receivedAt < other.receivedAt',
    replacement: 'one.receivedAt <= other.receivedAt',
    reason: 'the two times differ',
  },
  {
    ...position,
    original: 'one.id < other.id',
    replacement: 'one.id <= other.id',
    reason: 'the list has each id once',
  },
  { ...position, original: 'time > from', replacement: 'time >= from', reason: 'then both are the same time' },
  {
    ...waiting,
    original: "miss.why !== 'differs'",
    replacement: 'false',
    reason: 'only a difference has a place; only the type needs the condition',
  },
  {
    ...waiting,
    original: 'one.receivedAt < other.receivedAt',
    replacement: 'one.receivedAt <= other.receivedAt',
    reason: 'two of the same moment are equally near',
  },
  {
    ...waiting,
    original: 'from === undefined',
    replacement: 'false',
    reason: 'the start is known once the API has answered; only the type needs the condition',
  },
  {
    ...waited,
    original: "''",
    line: "contentType = ''",
    replacement: '"Stryker was here!"',
    reason: noJson,
  },
  { ...waited, original: "''", line: "bodyBase64 ?? ''", replacement: '"Stryker was here!"', reason: noJson },
  {
    ...waited,
    original: '!pattern || !match',
    replacement: '!pattern && !match',
    reason: 'there are both or neither; only the type needs both',
  },
];
