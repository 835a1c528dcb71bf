/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const request = { file: 'shared/deliveries/destination/authorized-request.ts' };
const hasToken = 'there is a token if the kind is `oauth2`, and only then; only the type needs both conditions';
const change = { file: 'shared/deliveries/destination/destination-change.ts' };
const complete = 'each item of the State table has all its attributes; only the type says that one may be missing';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...request,
    original: "token === undefined || auth.kind !== 'oauth2'",
    replacement: "token === undefined && auth.kind !== 'oauth2'",
    reason: hasToken,
  },
  {
    ...request,
    line: 'if (token === undefined ||',
    original: 'token === undefined',
    replacement: 'false',
    reason: hasToken,
  },
  { ...request, original: "auth.kind !== 'oauth2'", replacement: 'false', reason: hasToken },
  {
    ...request,
    line: 'secrets: []',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'a text that no receiver says is struck out of no answer',
  },
  {
    ...request,
    original: "result.outcome !== 'answered'",
    replacement: 'false',
    reason: 'what is no answer has no status; only the type needs the condition',
  },
  { ...request, original: 'next.token === undefined', replacement: 'false', reason: hasToken },
  {
    ...change,
    original: "dynamodb?.Keys?.['pk']?.S",
    replacement: "dynamodb?.Keys?.['pk'].S",
    reason: complete,
  },
  {
    ...change,
    original: "dynamodb?.Keys?.['pk']",
    replacement: "dynamodb?.Keys['pk']",
    reason: complete,
  },
  {
    ...change,
    original: "(NewImage ?? OldImage)?.['requestId']?.S",
    replacement: "(NewImage ?? OldImage)?.['requestId'].S",
    reason: complete,
  },
  {
    ...change,
    original: "(NewImage ?? OldImage)?.['requestId']",
    replacement: "(NewImage ?? OldImage)['requestId']",
    reason: 'each record of the stream has an image; only the type says that both may be missing',
  },
  { ...change, line: "['requestId']?.S ?? ''", original: "''", replacement: '"Stryker was here!"', reason: complete },
  {
    file: 'shared/deliveries/destination/destination.ts',
    original: 'previousUntil !== undefined',
    replacement: 'true',
    reason: 'no end is no time, and no comparison with one holds; only the type needs the condition',
  },
];
