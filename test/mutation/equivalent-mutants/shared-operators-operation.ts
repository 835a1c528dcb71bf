/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const selfTest = { file: 'shared/operators/operation/self-test.ts' };
const selfTestAcceptance = { file: 'shared/operators/operation/self-test-acceptance.ts' };
const selfTestRejection = { file: 'shared/operators/operation/self-test-rejection.ts' };
const aText = { original: "''", replacement: '"Stryker was here!"' };
const rotation = { file: 'shared/operators/operation/secret-version.ts' };
const hasEndpoint = 'a verb is refused before this if there is no endpoint; only the type needs it';
const edit = { file: 'shared/operators/operation/update-connection.ts' };
const liveValues = { file: 'shared/operators/operation/live-values.ts' };
const neverSame = 'no status answers an edit or a deletion with `same`; only the type needs the condition';
const askedFor = 'who reads the decision asks only whether it is `same` or `refused`';
const reveal = { file: 'shared/operators/operation/reveal-token.ts' };
const accept = { file: 'shared/operators/operation/accept-delivered-secret.ts' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const hasToken = 'an endpoint whose token is revealed has a secret and a token; only the types need defaults';
const gone = 'without an endpoint, the first write refuses the secret in any case';
const add = { file: 'shared/operators/operation/add-operator.ts' };
const unlimited = '`isEarlyEnough` accepts this too; only the type needs the condition';
const managedSteps = { file: 'shared/operators/operation/managed-steps.ts' };
const manage = { file: 'shared/operators/operation/connection-resource.ts' };
const ofDeletion = 'of the properties of a deletion only the name is read';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...manage,
    original: "{ name: '', provider: 'generic', description: '', settings: {}, status: 'inactive', adopt: false, }",
    replacement: '{}',
    reason: ofDeletion,
  },
  { ...manage, ...aText, line: "  name: ''", reason: ofDeletion },
  { ...manage, original: "'generic'", replacement: '""', reason: ofDeletion },
  { ...manage, ...aText, line: "  description: ''", reason: ofDeletion },
  { ...manage, original: "'inactive'", replacement: '""', reason: ofDeletion },
  { ...manage, original: 'false', replacement: 'true', line: '  adopt: false', reason: ofDeletion },
  {
    file: 'shared/operators/operation/destination-signing-secret.ts',
    original: 'previousSigningSecret !== undefined',
    replacement: 'true',
    reason: 'while a grace runs, the value has the previous secret; only the type needs the condition',
  },
  {
    file: 'shared/operators/operation/edit-destination.ts',
    original: 'before?.valueId',
    replacement: 'before.valueId',
    reason: 'the record was read before an edit is done; only the type says that it may be missing',
  },
  {
    ...rotation,
    line: 'secretMakerOf({ provider, settings: endpoint',
    original: 'endpoint?.settings',
    replacement: 'endpoint.settings',
    reason: hasEndpoint,
  },
  {
    ...rotation,
    original: "said !== 'same'",
    replacement: 'true',
    reason: 'no status answers one of these verbs with `same`; only the type needs the condition',
  },
  {
    ...rotation,
    original: "'same'",
    replacement: '""',
    reason: 'no status answers one of these verbs with `same`; only the type needs the condition',
  },
  { ...rotation, ...aText, line: 'secret: endpoint?.secret', reason: hasEndpoint },
  { ...rotation, ...aText, line: 'tokenId: endpoint?.tokens', reason: hasEndpoint },
  {
    ...rotation,
    line: 'secret: endpoint?.secret',
    original: 'endpoint?.secret',
    replacement: 'endpoint.secret',
    reason: hasEndpoint,
  },
  {
    ...rotation,
    line: 'tokenId: endpoint?.tokens',
    original: 'endpoint?.tokens',
    replacement: 'endpoint.tokens',
    reason: hasEndpoint,
  },
  {
    file: 'shared/operators/operation/rotate-token.ts',
    line: "verb: 'rotateToken', step: 'finish'",
    original: "'finish'",
    replacement: '""',
    reason: 'each step but `begin` and `deliver` finishes a rotation',
  },
  {
    ...liveValues,
    ...aText,
    line: "secret = '', bearers",
    reason: 'an endpoint with a token has a secret; only the type needs a default',
  },
  {
    ...liveValues,
    original: 'tokens.length === 0',
    replacement: 'false',
    reason: 'without a token nothing is read, and the list is empty too',
  },
  {
    file: 'shared/operators/operation/configure-endpoint.ts',
    original: "presetOf(provider).handshakes?.some(({ proof }) => typeof proof === 'object')",
    replacement: "presetOf(provider).handshakes?.every(({ proof }) => typeof proof === 'object')",
    reason: 'no preset with such a handshake has another one, and none has an empty list',
  },
  {
    file: 'shared/operators/operation/configure-endpoint.ts',
    original: 'before.endpoint?.settings',
    replacement: 'before.endpoint.settings',
    reason: 'a change of auth is refused before this if there is no endpoint; only the type needs it',
  },
  {
    ...selfTest,
    ...aText,
    line: 'urlOf(connection, ports.publicUrl)',
    reason: 'an active endpoint has a URL; only the type needs a default',
  },
  {
    ...selfTest,
    ...aText,
    line: "endpoint.secret ?? ''",
    reason: 'an endpoint with a token has a secret; only the type needs a default',
  },
  { ...selfTestAcceptance, ...aText, line: "get('server-timing')", reason: 'neither text has a step' },
  {
    ...selfTestRejection,
    ...aText,
    line: "sourceIp: ''",
    reason: 'the address list is left out of the checks, and nothing else reads the address',
  },
  { ...selfTestRejection, ...aText, line: "requestId: ''", reason: 'no check reads the id of the request' },
  {
    ...selfTestRejection,
    original: '{ ...endpoint.settings, allowFrom: null }',
    replacement: '{}',
    reason: 'the checks read the other settings from the connection itself',
  },
  {
    ...selfTestRejection,
    original: "known === 'challenged'",
    replacement: 'false',
    reason: 'a sample has the token if there is one, so it is never challenged; only the type needs the condition',
  },
  {
    ...selfTestRejection,
    original: "'challenged'",
    replacement: '""',
    reason: 'a sample has the token if there is one, so it is never challenged; only the type needs the condition',
  },
  { ...edit, original: "outcome === 'same'", replacement: 'false', reason: neverSame },
  { ...edit, line: "outcome === 'same'", original: "'same'", replacement: '""', reason: neverSame },
  { ...edit, original: '{ kind: outcome }', replacement: '{}', reason: neverSame },
  {
    ...edit,
    line: "return { kind: 'changed', change, entry: {",
    original: "'changed'",
    replacement: '""',
    reason: askedFor,
  },
  { ...managedSteps, original: "'changed'", replacement: '""', reason: askedFor },
  { ...reveal, ...aText, line: "const { secret = '', guard", reason: hasToken },
  { ...reveal, ...aList, line: "const { secret = '', guard", reason: hasToken },
  { ...reveal, ...aText, line: "const read = (id = '')", reason: hasToken },
  { ...reveal, original: 'current?.id', replacement: 'current.id', reason: hasToken },
  { ...add, original: "latest === 'unlimited'", replacement: 'false', reason: unlimited },
  { ...add, original: "'unlimited'", replacement: '""', reason: unlimited },
  {
    ...add,
    original: 'expiresAt !== undefined',
    replacement: 'true',
    reason:
      'the time of an absent expiry is not a number, which is never in the past; only the type needs the condition',
  },
  { ...accept, ...aText, line: "const { id = '', bearers", reason: gone },
  {
    ...accept,
    ...aList,
    line: "const { id = '', bearers",
    reason: 'a text that is no digest is the digest of no value',
  },
];
