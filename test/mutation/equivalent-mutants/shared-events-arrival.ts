/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const check = { file: 'shared/events/arrival/credential-check.ts' };
const verification = { file: 'shared/events/arrival/arrival-verification.ts' };
const answer = { file: 'shared/events/arrival/handshake-answer.ts' };
const handshake = { file: 'shared/events/arrival/handshake.ts' };
const faults = { file: 'shared/events/arrival/placement-faults.ts' };
const request = { file: 'shared/events/arrival/request-authorization.ts' };
const sample = { file: 'shared/events/arrival/sample-content.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const noCredential = 'a text in the list is the credential of no placement';
const noForm = 'neither text is the content type of a form, so the body is read as JSON';
const hasSigning = 'the authorizer asks for a signature only together with the versions that may sign';
const plausible = 'a credential without a value was refused as malformed before';
const oneDigest = 'there is one digest for each token; only the type needs a default';
const counts = { file: 'shared/events/arrival/rejection-counts.ts' };
const reader = { file: 'shared/events/arrival/rejection-reader.ts' };
const usage = { file: 'shared/events/arrival/usage.ts' };
const fullPage = 'a page that is followed by another one has a line';
const sameTime = 'equal times are the same answer';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...check,
    original: 'matched[0]?.id',
    replacement: 'matched[0].id',
    reason: 'each credential matched a token before; only the type needs it',
  },
  { ...check, ...aText, line: 'tokenDigest(value', reason: plausible },
  { ...check, ...aList, line: 'const faults = placementFaultsOf(accept, []', reason: noCredential },
  { ...check, ...aList, line: 'withMissingSchemes(faults, accept, []', reason: noCredential },
  { ...check, ...aText, line: "digests[at]?.toString('hex')", reason: oneDigest },
  { ...check, original: 'digests[at]?.toString', replacement: 'digests[at].toString', reason: oneDigest },
  {
    ...check,
    original: 'tokenId !== undefined',
    replacement: 'true',
    reason: 'it is in the list that is searched for undefined; only the type needs the condition',
  },
  {
    ...verification,
    ...aList,
    line: 'const accept =',
    reason: 'an auth that needs a token has its placements; only the type needs a default',
  },
  { ...verification, ...aText, line: 'const presented = pending', reason: noForm },
  { ...verification, original: "{ secret: '', versions: [] }", replacement: '{}', reason: hasSigning },
  { ...verification, ...aText, line: "signing = { secret: ''", reason: hasSigning },
  { ...verification, ...aList, line: "signing = { secret: ''", reason: hasSigning },
  {
    ...verification,
    ...aList,
    line: 'const versions = proofs.signing',
    reason: 'without versions only one proof is left, and a list of one has one order',
  },
  { ...verification, ...aText, line: "const [tokenId = '']", reason: 'each kind of auth has at least one proof' },
  {
    ...answer,
    original: "scheme.kind === 'sns'",
    replacement: 'true',
    reason: 'other schemes have no topics; only the type needs the condition',
  },
  { ...answer, ...aList, line: 'confirmationUrlOf(', reason: 'only an endpoint with topics confirms one' },
  {
    ...answer,
    ...aText,
    line: 'function perform(',
    reason: 'a handshake that delivers a secret was refused before if it has none',
  },
  { ...answer, ...aText, line: "const { secret = '' }", reason: 'without a version, no secret is read' },
  { ...answer, ...aText, line: 'const key = isHmac', reason: 'only an HMAC uses the key' },
  { ...handshake, ...aList, line: 'handshakes = []', reason: 'a text in the list has no method' },
  {
    ...handshake,
    original: 'possible.length === 0',
    replacement: 'false',
    reason: 'none is found in an empty list, only more slowly',
  },
  { ...handshake, ...aText, line: 'const read = fieldReader', reason: noForm },
  {
    ...handshake,
    original: "'query'",
    replacement: '""',
    reason: 'whatever is not in a header or the body is read in the query',
  },
  { ...handshake, ...aText, line: "presented ?? ''", reason: 'neither text is a verify token' },
  { ...handshake, original: "'application/json'", replacement: '""', line: 'documentOf(body', reason: noForm },
  {
    ...handshake,
    ...aText,
    line: 'export function replyTo',
    reason: 'an answer that uses the challenge was refused before if there is none',
  },
  {
    ...faults,
    original: "one.in === 'header' && one.scheme",
    replacement: "one.in === 'header' || one.scheme",
    reason: 'a header that needs no scheme word is a credential, so it is not missing',
  },
  {
    ...faults,
    original: "one.in === 'header'",
    line: "one.in === 'header' && one.scheme",
    replacement: 'true',
    reason: 'only a header has a scheme word; only the type needs the condition',
  },
  { ...faults, ...aList, line: ': [],', reason: 'no placement has this name' },
  { ...faults, ...aText, line: 'schemeWord.test', reason: plausible },
  { ...request, ...aText, line: 'isSameText(endpoint.id', reason: 'the path has an id; only the type needs a default' },
  { ...request, ...aText, line: 'isMarked(test', reason: 'neither text is the nonce of a test' },
  {
    ...request,
    ...aText,
    line: 'connectionNameForm.test(',
    reason: 'neither text is the name of a connection',
  },
  {
    ...request,
    original: 'old?.under && earlier',
    replacement: 'old?.under || earlier',
    reason: 'there is a result exactly if there is an earlier policy; only the type needs both',
  },
  {
    ...sample,
    original: "part.part === 'sortedForm'",
    line: 'scheme.message.flatMap',
    replacement: 'true',
    reason: 'only a form has a single field; only the type needs the condition',
  },
  {
    ...sample,
    original: 'batch?.id?.slice',
    replacement: 'batch?.id.slice',
    reason: 'each preset whose form has items says where their ids are',
  },
  {
    ...sample,
    original: "'body'",
    line: 'typeLocationOf(target) ??',
    replacement: '""',
    reason: 'whatever is not in a header is in the body',
  },
  {
    ...sample,
    original: 'recorded?.headers',
    replacement: 'recorded.headers',
    reason: 'without its path, an event always has a request; only the type needs it',
  },
  {
    ...sample,
    original: 'recorded?.url',
    replacement: 'recorded.url',
    reason: 'without its path, an event always has a request; only the type needs it',
  },
  {
    file: 'shared/events/arrival/proven-arrival.ts',
    ...aText,
    line: 'const [path =',
    reason: 'a text has at least one part; only the type needs a default',
  },
  {
    file: 'shared/events/arrival/silence.ts',
    original: 'lastEventAt === null',
    replacement: 'false',
    reason: 'the date of null is 1970, before each change of a record; only the type needs the condition',
  },
  {
    ...counts,
    original: '/#\\d$/',
    replacement: '/#\\d/',
    reason: 'only the shard is a number behind this sign',
  },
  { ...reader, original: 'shown.at(-1)?.[0]', replacement: 'shown.at(-1)[0]', reason: fullPage },
  {
    ...usage,
    original: "use.at > (uses.get(key)?.at ?? '')",
    replacement: "use.at >= (uses.get(key)?.at ?? '')",
    reason: sameTime,
  },
  { ...usage, original: 'lateness.since < usually', replacement: 'lateness.since <= usually', reason: sameTime },
];
