/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const field = { file: 'shared/events/search/search-field.ts' };
const search = { file: 'shared/events/search/search.ts' };
const event = { file: 'shared/events/search/searched-event.ts' };

const isAbsent = 'to a pattern, a field that is undefined is absent';
const knownFields = 'unknown fields are refused before; only the type needs a default';
const onlyPublication =
  'nothing but the last stage knows the publication, and elsewhere it is undefined, which is absent';

export const equivalentMutants: EquivalentMutant[] = [
  { ...field, original: "'row'", line: "?? 'row'", replacement: '""', reason: knownFields },
  {
    file: 'shared/events/search/search-request.ts',
    original: "'custom'",
    replacement: '""',
    reason: 'the message is said, so the kind is not asked for',
  },
  {
    ...search,
    original: "known.stage === 'body'",
    line: 'return known.stage',
    replacement: 'false',
    reason: onlyPublication,
  },
  { ...search, original: "'body'", line: 'return known.stage', replacement: '""', reason: onlyPublication },
  {
    ...event,
    original: "typeof inner === 'object'",
    replacement: 'true',
    reason: 'what is no object is left out when its turn comes',
  },
  {
    ...event,
    original: 'Array.isArray(value)',
    replacement: 'false',
    reason: 'to a pattern, a place of a list in which nothing is any more is absent',
  },
  {
    ...event,
    original: 'contentType !== undefined',
    replacement: 'true',
    reason: isAbsent,
  },
  { ...event, original: 'deliveryId !== undefined', replacement: 'true', reason: isAbsent },
  {
    ...event,
    original: '[]',
    line: 'isUtf8(shown)',
    replacement: '["Stryker was here"]',
    reason: 'nobody looks for this text',
  },
];
