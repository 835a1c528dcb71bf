/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const field = { file: 'shared/search/search-field.ts' };
const search = { file: 'shared/search/search.ts' };
const event = { file: 'shared/search/searched-event.ts' };

const onlyOr = 'the pattern is valid, and in no other field of a valid pattern stands such a list';
const isAbsent = 'to a pattern, a field that is undefined is absent';
const knownFields = 'unknown fields are refused before; only the type needs a default';
const onlyPublication =
  'nothing but the last stage knows the publication, and elsewhere it is undefined, which is absent';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...field,
    original: "name === '$or' && isAlternatives(wanted)",
    replacement: "name === '$or' || isAlternatives(wanted)",
    reason: onlyOr,
  },
  { ...field, original: "name === '$or'", replacement: 'true', reason: onlyOr },
  {
    ...field,
    original: '[]',
    line: 'fieldsOf({ [name]: wanted }',
    replacement: '["Stryker was here"]',
    reason: 'the keys that lead to the field are not asked for',
  },
  { ...field, original: "'row'", line: "?? 'row'", replacement: '""', reason: knownFields },
  {
    file: 'shared/search/search-request.ts',
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
