/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const mask = { file: 'shared/events/bus/body-mask.ts' };
const state = { file: 'shared/events/bus/publication-state.ts' };
const publication = { file: 'shared/events/bus/publication.ts' };
const records = { file: 'shared/events/bus/publish-records.ts' };
const progress = { file: 'shared/events/bus/relay-progress.ts' };
const table = { file: 'shared/events/bus/relay-table.ts' };
const split = { file: 'shared/events/bus/split-items.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const complete = 'each note of the relay has all its attributes; only the type says that one may be missing';
const bestKind = 'no kind is better than `published`, so what has no kind counts as published too';
const hasKey = 'a published record has the key and the image of its event';
const noForm = 'neither text is the content type of a form or of JSON';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...mask,
    original: 'start < next',
    replacement: 'start <= next',
    reason: 'a comma or a bracket is between two values',
  },
  { ...mask, ...aText, line: "const [name = '']", reason: 'no pointer leads to a field of either name' },
  {
    ...mask,
    original: 'name !== undefined',
    replacement: 'true',
    reason: 'no pointer leads to undefined; only the type needs the condition',
  },
  { ...mask, ...aText, line: 'pointerKeys(pointer)[0]', reason: 'the pointer to a token has at least one key' },
  {
    file: 'shared/events/bus/event-bus.ts',
    ...aList,
    line: 'Entries: results = []',
    reason: 'a text in the list has no id, so its entry counts as failed too',
  },
  {
    ...state,
    original: "'nothing'",
    replacement: '""',
    line: "'behind' : 'nothing'",
    reason: 'a note is only asked whether it means `behind` or `dropped`',
  },
  {
    ...publication,
    original: '{ return false; }',
    replacement: '{}',
    reason: 'its caller asks only whether it is true',
  },
  { ...publication, ...aText, line: 'split, contentType', reason: noForm },
  { ...publication, ...aText, line: 'const body = maskedBody', reason: noForm },
  { ...publication, ...aText, line: 'const text = jsonTextIn', reason: noForm },
  { ...records, line: 'code === undefined ?', original: "{ kind: 'published' }", replacement: '{}', reason: bestKind },
  { ...records, line: 'code === undefined ?', original: "'published'", replacement: '""', reason: bestKind },
  { ...records, line: 'const fromBestToWorst', original: "'published'", replacement: '""', reason: bestKind },
  {
    ...records,
    line: 'const outcome = worseOf',
    original: "{ kind: 'published' }",
    replacement: '{}',
    reason: bestKind,
  },
  { ...records, line: 'const outcome = worseOf', original: "'published'", replacement: '""', reason: bestKind },
  { ...progress, ...aText, line: 'const numberOf', reason: 'each record of the stream has a number' },
  { ...progress, ...aList, line: 'eventKeyIn(record) ?? []', reason: hasKey },
  {
    ...progress,
    original: "record.dynamodb?.NewImage?.['replays']",
    replacement: "record.dynamodb?.NewImage['replays']",
    reason: hasKey,
  },
  { ...progress, original: 'record.dynamodb?.NewImage', replacement: 'record.dynamodb.NewImage', reason: hasKey },
  { ...table, ...aText, line: 'since: since?.S', reason: complete },
  { ...table, ...aText, line: 'at: at?.S', reason: complete },
  { ...table, ...aText, line: "code: Item['code']", reason: complete },
  { ...table, ...aText, line: "at: Item['at']", reason: complete },
  { ...table, original: 'since?.S', replacement: 'since.S', reason: complete },
  { ...table, original: 'at?.S', replacement: 'at.S', reason: complete },
  { ...table, ...aText, line: 'items.map(({ sk })', reason: complete },
  { ...table, line: 'items.map(({ sk })', original: 'sk?.S', replacement: 'sk.S', reason: complete },
  { ...table, line: 'const alive', original: 'sk?.S', replacement: 'sk.S', reason: complete },
  { ...table, original: "Item['replays']?.N", replacement: "Item['replays'].N", reason: complete },
  { ...table, original: "Item['code']?.S", replacement: "Item['code'].S", reason: complete },
  { ...table, original: "Item['at']?.S", replacement: "Item['at'].S", reason: complete },
  { ...split, ...aText, line: "const [field = '']", reason: 'the form has no field of either name' },
  { ...split, ...aList, line: "const [field = '']", reason: 'the form has no field of this name' },
  {
    ...split,
    original: '/^\\/[^/]+/',
    replacement: '/\\/[^/]+/',
    reason: 'a pointer is empty or begins with a slash',
  },
];
