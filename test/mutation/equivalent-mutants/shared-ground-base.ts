/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const jsonText = { file: 'shared/ground/base/json-text.ts' };
const neverFirst = 'a string ends after the index where it begins, so its end is never at 0';
const pastTheEnd = 'past the end each step counts as a closing bracket, so the loop ends, and there is no text';
const jsonPointer = { file: 'shared/ground/base/json-pointer.ts' };
const retryAfter = { file: 'shared/ground/base/retry-after.ts' };
const isNoDate = 'the text of null or undefined is no date either; only the type needs the condition';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...retryAfter,
    original: 'value === null || value === undefined',
    replacement: 'false',
    reason: isNoDate,
  },
  {
    ...retryAfter,
    original: 'value === null || value === undefined',
    replacement: 'value === null && value === undefined',
    reason: isNoDate,
  },
  { ...retryAfter, original: 'value === null', replacement: 'false', reason: isNoDate },
  { ...retryAfter, original: 'value === undefined', replacement: 'false', reason: isNoDate },
  {
    ...jsonText,
    line: '} while (depth > 0',
    original: 'next < text.length',
    replacement: 'true',
    reason: pastTheEnd,
  },
  {
    ...jsonText,
    line: '} while (depth > 0',
    original: 'next < text.length',
    replacement: 'next <= text.length',
    reason: pastTheEnd,
  },
  {
    file: 'shared/ground/base/parse-json.ts',
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  {
    ...jsonPointer,
    line: 'boundary=(?:',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'the second and the third element are absent from both',
  },
  {
    ...jsonPointer,
    original: 'holder !== at',
    replacement: 'true',
    reason: 'the whole text is valid JSON; the condition only saves the time to parse it',
  },
  {
    ...jsonPointer,
    original: 'json === undefined',
    replacement: 'false',
    reason: 'undefined has no field; only the type needs the condition',
  },
  {
    ...jsonText,
    original: 'text.charCodeAt(at) > 32',
    replacement: 'false',
    reason: 'the search finds the same index, only more slowly',
  },
  {
    ...jsonText,
    original: "'\\\\'",
    replacement: '""',
    line: 'text.includes',
    reason: 'JSON.parse reads a name without escapes too, only more slowly',
  },
  { ...jsonText, original: 'at - first', replacement: 'at + first', reason: 'the sum is odd if the difference is' },
  {
    ...jsonText,
    original: 'last >= 0',
    replacement: 'true',
    reason: 'without an end, no backslash is before it, so the loop ends too',
  },
  { ...jsonText, original: 'last >= 0', replacement: 'last > 0', reason: neverFirst },
  { ...jsonText, original: 'last < 0', replacement: 'last <= 0', reason: neverFirst },
  {
    ...jsonText,
    line: 'for (const key of keys) at =',
    original: 'at === undefined',
    replacement: 'false',
    reason: 'there is no child at undefined; only the type needs the condition',
  },
  {
    ...jsonText,
    line: "text[at] !== '['",
    original: 'at === undefined',
    replacement: 'false',
    reason: 'there is no list at undefined; only the type needs the condition',
  },
  {
    file: 'shared/ground/base/forward-url.ts',
    original: '/^https?:$/',
    replacement: '/^https?:/',
    reason: 'the only colon of a protocol is its last character',
  },
];
