/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const oidcKeys = { file: 'shared/operators/operator/oidc-keys.ts' };
const oidcToken = { file: 'shared/operators/operator/oidc-token.ts' };
const noKeysYet = 'keys without an end of their time are not used';
const returnsNothing = 'a function without a return gives the same';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/operators/operator/operator-expiry.ts',
    original: 'expiresAt !== undefined',
    replacement: 'true',
    reason: 'no expiry is no time, and no comparison with one holds; only the type needs the condition',
  },
  {
    file: 'shared/operators/operator/operator.ts',
    line: '+([0-9A-Za-z_]+)',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'neither text is the header of a token',
  },
  {
    file: 'shared/operators/operator/roster-update.ts',
    original: "{ kind: 'same' }",
    replacement: '{}',
    reason: 'of a decision that changes nothing, closeBootstrap only sees that it is no refusal',
  },
  {
    file: 'shared/operators/operator/roster-update.ts',
    original: "'same'",
    replacement: '""',
    reason: 'of a decision that changes nothing, closeBootstrap only sees that it is no refusal',
  },
  {
    file: 'shared/operators/operator/roster.ts',
    original: 'expiresAt !== undefined',
    replacement: 'true',
    reason: 'without an expiry, the time is not a number, so it is not before now',
  },
  {
    file: 'shared/operators/operator/operator.ts',
    line: '+([\\w-]+',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'neither text is the header of a token',
  },
  {
    ...oidcKeys,
    original: "typeof uri === 'string'",
    replacement: 'true',
    reason: 'nothing but a text can be parsed as a URL',
  },
  { ...oidcKeys, original: '{ keys: [], until: 0 }', replacement: '{}', reason: noKeysYet },
  { ...oidcKeys, line: 'let cached', original: '[]', replacement: '["Stryker was here"]', reason: noKeysYet },
  {
    ...oidcKeys,
    original: 'ongoing === undefined',
    replacement: 'true',
    reason: 'a fetch goes on for less than the shortest time between two fetches',
  },
  {
    ...oidcToken,
    original: 'asymmetricKeyDetails?.modulusLength',
    replacement: 'asymmetricKeyDetails.modulusLength',
    reason: 'a key that could be read has its details; only the type says that they may be missing',
  },
  {
    ...oidcToken,
    line: 'Object.hasOwn(algorithms',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'neither text is an algorithm',
  },
  {
    ...oidcToken,
    original: 'wanted !== undefined',
    replacement: 'true',
    reason: 'checkUnverified has refused other algorithms',
  },
  { ...oidcToken, original: '{ return false; }', replacement: '{}', reason: 'its caller asks only whether it is true' },
  { ...oidcToken, original: '{ return undefined; }', replacement: '{}', reason: returnsNothing },
  {
    ...oidcToken,
    line: 'header.kid ? await',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'a text is a key for no algorithm',
  },
  {
    ...oidcToken,
    line: 'isFor(header.alg',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'checkUnverified has refused a token without an algorithm',
  },
  {
    ...oidcToken,
    line: 'oidcIdOf(payload.sub',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'checkUnverified has refused a token without a subject',
  },
  {
    ...oidcToken,
    line: "'oidc_audience_mismatch' : 'oidc_malformed'",
    original: "'oidc_malformed'",
    replacement: '""',
    reason: 'the package throws no other error for these fields; a later version of it may',
  },
];
