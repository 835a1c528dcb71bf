/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const accepted = { file: 'shared/events/event/accepted-arrival.ts' };
const item = { file: 'shared/events/event/event-item.ts' };
const page = { file: 'shared/events/event/event-page.ts' };
const table = { file: 'shared/events/event/event-table.ts' };
const republish = { file: 'shared/events/event/republish.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const complete = 'each item of the table has all its attributes; only the type says that one may be missing';
const answered = 'DynamoDB always returns it; only the type says that it may be missing';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...accepted,
    original: 'length !== undefined',
    replacement: 'true',
    reason: 'the text of undefined is no number; only the type needs the condition',
  },
  {
    ...accepted,
    ...aText,
    line: 'const inBody',
    reason: 'neither text is the content type of a form, so the body is read as JSON',
  },
  {
    file: 'shared/events/event/event-id.ts',
    original: 'usedBytes === pool.length',
    replacement: 'true',
    reason: 'each id then gets new random bytes too, only more slowly',
  },
  {
    ...item,
    original: 'units === 1',
    replacement: 'false',
    reason: 'nothing costs less than one unit, so the payload stays plain, only more slowly',
  },
  {
    ...item,
    original: "typeof bytes === 'string'",
    replacement: 'true',
    reason: 'of bytes, Buffer.from makes a copy',
  },
  {
    ...page,
    original: 'to !== undefined',
    line: 'to < settled',
    replacement: 'true',
    reason: 'undefined is not before any time; only the type needs the condition',
  },
  { ...page, original: 'to < settled', replacement: 'to <= settled', reason: 'equal times are the same answer' },
  { ...page, original: 'one > other', replacement: 'one >= other', reason: 'equal positions are the same answer' },
  { ...page, original: 'next > from', replacement: 'next >= from', reason: 'equal keys are the same answer' },
  {
    ...table,
    original: 'least > greatest',
    replacement: 'least >= greatest',
    reason: 'the greatest key ends with ~ and the least does not, so they are never equal',
  },
  {
    ...table,
    original: 'true',
    replacement: 'false',
    line: 'return { rows: [], isLast: true }',
    reason: 'a shard without rows never holds back a page',
  },
  { ...table, ...aList, line: 'Items = []', reason: answered },
  { ...table, ...aText, line: "item['at']?.S", reason: complete },
  { ...table, original: "item['at']?.S", replacement: "item['at'].S", reason: complete },
  {
    file: 'shared/events/event/payload-compression.ts',
    original: '{ chunkSize }',
    replacement: '{}',
    reason: 'the result has the same bytes, only more slowly',
  },
  {
    file: 'shared/events/event/replay-job-step.ts',
    original: 'restUntil !== undefined',
    line: 'now.toISOString() < restUntil',
    replacement: 'true',
    reason: 'no time is before undefined; only the type needs the condition',
  },
  {
    file: 'shared/events/event/replay-job.ts',
    original: '/^release-(.+)$/',
    replacement: '/^release-(.+)/',
    reason: 'an id has no line break, so the group reaches to its end',
  },
  {
    ...republish,
    original: "Item?.['connectionId']?.S",
    replacement: "Item?.['connectionId'].S",
    reason: complete,
  },
  { ...republish, original: "Item['expiresAt']?.N", replacement: "Item['expiresAt'].N", reason: complete },
  {
    ...republish,
    original: "written.Attributes?.['replays']?.N",
    replacement: "written.Attributes?.['replays'].N",
    reason: answered,
  },
  {
    ...republish,
    original: "written.Attributes?.['replays']",
    replacement: "written.Attributes['replays']",
    reason: answered,
  },
];
