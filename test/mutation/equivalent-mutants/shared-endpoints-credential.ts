/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const origin = { file: 'shared/endpoints/credential/request-origin.ts' };
const redaction = { file: 'shared/endpoints/credential/redaction.ts' };
const secretStore = { file: 'shared/endpoints/credential/secret-store.ts' };
const placement = { file: 'shared/endpoints/credential/token-placement.ts' };

const sameRanges = 'the general way finds the same tokens, only more slowly';
const noName = 'no request has this text as a name or as a value';

const emptyText = { original: "''", replacement: '"Stryker was here!"' };
const emptyList = { original: '[]', replacement: '["Stryker was here"]' };

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/endpoints/credential/secret-store.ts',
    line: 'Tags = []',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'a text is no tag',
  },
  {
    file: 'shared/endpoints/credential/token.ts',
    line: "startsWith('hle_') &&",
    original: "'hle'",
    replacement: '""',
    reason: 'a text that begins with this prefix begins with the empty one too',
  },
  {
    file: 'shared/endpoints/credential/secret-name.ts',
    original: '/^.*:secret:/',
    replacement: '/.*:secret:/',
    reason: 'the first match begins at the first character',
  },
  {
    file: 'shared/endpoints/credential/token.ts',
    line: 'const [, body, sum]',
    ...emptyList,
    reason: 'the first element of the list is not read',
  },

  { ...origin, line: "(header ?? '')", ...emptyText, reason: 'neither text is an address with a port' },
  { ...origin, line: 'const [, bracketed, bare', ...emptyText, reason: 'neither text is an address' },
  { ...origin, line: 'const [, bracketed, bare', ...emptyList, reason: 'the first element of the list is not read' },
  { ...origin, line: 'const given =', ...emptyText, reason: 'neither text is the secret of a distribution' },
  {
    ...origin,
    original: 'headers?.[viewerAddressHeader]',
    replacement: 'headers[viewerAddressHeader]',
    reason: 'a request without headers has no secret of the distribution, so it was refused before',
  },

  {
    ...redaction,
    original: "values.length === 0 && !text.includes('%')",
    replacement: 'false',
    reason: sameRanges,
  },
  { ...redaction, line: 'if (values.length === 0', original: "'%'", replacement: '""', reason: sameRanges },
  { ...redaction, line: 'export function redactTokens', ...emptyList, reason: noName },
  { ...redaction, line: 'const values = presented', ...emptyList, reason: noName },
  {
    ...redaction,
    original: 'values.filter((value) => redactTokens(value) !== redacted)',
    replacement: 'values',
    reason: 'a generated token is redacted by its form, and once more as a value at the same place',
  },
  {
    ...redaction,
    original: 'redactTokens(value) !== redacted',
    replacement: 'true',
    reason: 'a generated token is redacted by its form, and once more as a value at the same place',
  },
  { ...redaction, line: "const [name = '']", ...emptyText, reason: 'neither text is the name of a placement' },
  { ...redaction, line: 'accept.flatMap', ...emptyList, reason: noName },

  { ...secretStore, line: 'JSON.parse(SecretString ??', ...emptyText, reason: 'neither text is JSON' },
  {
    ...secretStore,
    original: 'VersionIdsToStages[id]?.includes',
    replacement: 'VersionIdsToStages[id].includes',
    reason: 'each id is a key of the object',
  },
  {
    ...secretStore,
    line: 'SecretList = []',
    ...emptyList,
    reason: 'a text in the list has no name, so it is left out',
  },

  {
    ...placement,
    original: 'word?.toLowerCase',
    replacement: 'word.toLowerCase',
    reason: 'a split text has at least one part',
  },
  {
    ...placement,
    original: '/=+$/',
    replacement: '/=+/',
    reason: 'decoding stops at the first =, so further characters make the texts differ',
  },
  {
    ...placement,
    original: 'colon < 0',
    replacement: 'colon <= 0',
    reason: 'an empty user name is never accepted',
  },
  { ...placement, line: 'const schemes =', ...emptyList, reason: noName },
  {
    ...placement,
    line: 'const headers = new Set',
    original: "one.in === 'header'",
    replacement: 'true',
    reason: 'headerCredentials finds nothing for a name that is not of a header',
  },
  { ...placement, line: 'const headers = new Set', ...emptyList, reason: noName },
  { ...placement, line: 'const queries = new Set', ...emptyList, reason: noName },
  {
    ...placement,
    line: 'const pointers =',
    ...emptyList,
    reason: 'no body has a value at this text, which is no pointer',
  },
  {
    ...placement,
    original: 'pointers.length === 0',
    replacement: 'false',
    reason: 'without a pointer the body is read, but nothing is looked for in it',
  },
];
