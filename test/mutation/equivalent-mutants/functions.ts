/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const count = { file: 'functions/count-events.ts' };
const endpoint = { file: 'functions/api-endpoint.ts' };
const events = { file: 'functions/api-events.ts' };
const ingest = { file: 'functions/ingest.ts' };
const follow = { file: 'functions/follow-state-changes.ts' };
const operators = { file: 'functions/api-operators.ts' };
const relay = { file: 'functions/relay.ts' };
const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };

const hasImage = 'a record with the key of an event has its image';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...count,
    original: 'record.dynamodb?.Keys',
    replacement: 'record.dynamodb.Keys',
    reason: 'a record without this part is no arrival, and is readable',
  },
  {
    ...endpoint,
    original: "'POST'",
    replacement: '""',
    line: "const [method = 'POST'] = methods",
    reason: 'an endpoint accepts at least one method; only the type needs a default',
  },
  {
    ...endpoint,
    original: "dedupe.by === 'header'",
    replacement: 'true',
    reason: 'the other kinds have no name',
  },
  {
    ...events,
    original: '() => false',
    replacement: '() => undefined',
    reason: 'a cursor is refused unless the check says true',
  },
  {
    ...ingest,
    original: "event.pathParameters?.['rest']",
    replacement: "event.pathParameters['rest']",
    reason: 'a request without path parameters was refused before',
  },
  { ...ingest, original: "'utf8'", replacement: '""', reason: 'an empty name of an encoding is taken as utf8' },
  {
    ...operators,
    original: 'items.at(-1)?.id',
    replacement: 'items.at(-1).id',
    reason: 'a page that is followed by another one has an operator',
  },
  {
    ...relay,
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  {
    ...follow,
    original: 'line && change.after',
    replacement: 'line || change.after',
    reason: 'a change has a line exactly if it has a later record; only the type needs both',
  },
  {
    ...follow,
    original: 'record.dynamodb?.SequenceNumber',
    replacement: 'record.dynamodb.SequenceNumber',
    reason: 'a record without this part is no change, so none of its steps can fail',
  },
  {
    ...relay,
    original: "record.dynamodb?.NewImage?.['test']",
    replacement: "record.dynamodb?.NewImage['test']",
    reason: hasImage,
  },
  { ...relay, original: 'record.dynamodb?.NewImage', replacement: 'record.dynamodb.NewImage', reason: hasImage },
  {
    ...relay,
    ...aList,
    line: 'const published',
    reason: 'a text is no record of an event that may have been given up',
  },
  {
    file: 'functions/serve-files.ts',
    ...aText,
    line: 'fileTypeOf(path)',
    reason: 'a file that is served has a type; only the type needs a default',
  },
];
