/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const apply = { file: 'shared/operators/manifest/apply-plan.ts' };
const planSecrets = { file: 'shared/operators/manifest/plan-secrets.ts' };
const canonical = { file: 'shared/operators/manifest/canonical-text.ts' };
const secrets = { file: 'shared/operators/manifest/destination-secrets.ts' };
const manifest = { file: 'shared/operators/manifest/manifest.ts' };
const connection = { file: 'shared/operators/manifest/plan-connection.ts' };
const connectionCase = { file: 'shared/operators/manifest/connection-case.ts' };
const parts = { file: 'shared/operators/manifest/plan.ts' };
const plan = { file: 'shared/operators/manifest/plan-manifest.ts' };
const read = { file: 'shared/operators/manifest/read-manifest.ts' };

const aText = { original: "''", replacement: '"Stryker was here!"' };
const aList = { original: '[]', replacement: '["Stryker was here"]' };
const nameOfError = 'only a stack trace shows the name of the error';
const hasReference = 'a step that has the field has a reference; only the type needs the condition';
const hasEndpoint = 'an endpoint with a token, or for one, is there; only the type needs it';
const notSent = 'a field that is undefined is not sent';
const isRead = 'each reference was read before; only the type needs a default';
const neverCompared = 'only the other turns are asked for';
const onlyReasons = 'of a refused plan only the reasons are shown';
const isManaged = 'what is removed is managed by the file; only the type needs it';
const hasPlace = 'what the parser found has a place; only the type needs it';
const ownMessages = 'the codes of the parser are told, never its messages';
const usual = 'this is what the parser does by itself, too';

export const equivalentMutants: EquivalentMutant[] = [
  { ...apply, original: "'ApplyStopped'", replacement: '""', reason: nameOfError },
  {
    ...planSecrets,
    original: "'reference' in step && step.reference !== undefined",
    replacement: "'reference' in step || step.reference !== undefined",
    reason: hasReference,
  },
  { ...planSecrets, original: 'step.reference !== undefined', replacement: 'true', reason: hasReference },
  { ...apply, original: 'version === undefined', replacement: 'false', reason: notSent },
  { ...planSecrets, original: 'value === undefined', line: 'return {};', replacement: 'false', reason: notSent },
  {
    ...apply,
    original: 'live.connection.endpoint?.auth',
    replacement: 'live.connection.endpoint.auth',
    reason: hasEndpoint,
  },
  { ...apply, original: 'endpoint?.auth', replacement: 'endpoint.auth', line: 'const body =', reason: hasEndpoint },
  { ...apply, ...aText, line: 'resolvedSettings(hidden', reason: isRead },
  { ...apply, ...aText, line: 'const value = values.get', reason: isRead },
  {
    ...canonical,
    original: 'one < other',
    replacement: 'one <= other',
    reason: 'an object has each name once',
  },
  {
    ...secrets,
    original: "typeof value === 'string'",
    replacement: 'true',
    reason: 'only a text has the form of a reference, and the rest stays as it is',
  },
  {
    file: 'shared/operators/manifest/manifest-json-schema.ts',
    original: "'any'",
    replacement: '""',
    reason: 'whatever is not `throw` leaves such a rule out',
  },
  { ...manifest, original: "'custom'", replacement: '""', reason: 'the message is said, so the kind is not asked for' },
  { ...manifest, ...aText, line: 'error.issues[0]?.message', reason: 'an error has an issue' },
  {
    ...manifest,
    original: 'error.issues[0]?.message',
    replacement: 'error.issues[0].message',
    reason: 'an error has an issue; only the type needs it',
  },
  { ...connectionCase, original: "'none'", line: "? 'close'", replacement: '""', reason: neverCompared },
  {
    ...connectionCase,
    original: "'none'",
    line: "=== 'active') return 'none'",
    replacement: '""',
    reason: neverCompared,
  },
  { ...connection, ...aList, line: 'if (refused.length > 0)', reason: onlyReasons },
  { ...connection, original: 'manager?.adopted', replacement: 'manager.adopted', reason: isManaged },
  { ...parts, original: 'fileManagerOf(view)?.adopted', replacement: 'fileManagerOf(view).adopted', reason: isManaged },
  { ...plan, original: 'one < other', replacement: 'one <= other', reason: 'two names differ' },
  { ...plan, ...aList, line: 'ending ? [ending.name]', reason: 'no destination has this name' },
  { ...plan, original: 'fileManagerOf(view)?.adopted', replacement: 'fileManagerOf(view).adopted', reason: isManaged },
  { ...read, original: "'ManifestError'", replacement: '""', reason: nameOfError },
  { ...read, original: 'alias.range?.[0]', replacement: 'alias.range[0]', reason: hasPlace },
  { ...read, original: 'key.range?.[0]', replacement: 'key.range[0]', reason: hasPlace },
  {
    ...read,
    original: "issue.code === 'invalid_type'",
    replacement: 'true',
    reason: 'other issues expect nothing; only the type needs the condition',
  },
  {
    ...read,
    ...aList,
    line: 'isMap(object)',
    reason: 'what has a key is an object; only the type needs the condition',
  },
  {
    ...read,
    original: 'keys.filter(isScalar)',
    replacement: 'keys',
    reason: 'every key is a text, or the file was refused before; only the type needs it',
  },
  { ...read, original: 'key?.range?.[0]', replacement: 'key?.range[0]', reason: hasPlace },
  { ...read, original: 'key?.range', replacement: 'key.range', reason: hasPlace },
  { ...read, ...aText, line: 'issue.keys[0]', reason: 'such an issue has a key; only the type needs a default' },
  { ...read, original: '{ maxAliasCount: maxAliases }', replacement: '{}', reason: usual },
  { ...read, original: "'core'", replacement: '""', reason: usual },
  { ...read, original: "{ prettyErrors: false, logLevel: 'error' }", replacement: '{}', reason: ownMessages },
  { ...read, original: 'false', line: 'prettyErrors', replacement: 'true', reason: ownMessages },
  { ...read, original: "'error'", line: 'logLevel', replacement: '""', reason: ownMessages },
];
