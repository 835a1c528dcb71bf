/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const client = { file: 'shared/api/api-client.ts' };
const selfTest = { file: 'shared/api/self-test.ts' };
const selfTestRejection = { file: 'shared/api/self-test-rejection.ts' };
const aText = { original: "''", replacement: '"Stryker was here!"' };

const document = { file: 'shared/api/openapi-document.ts' };
const schemas = { file: 'shared/api/openapi-schemas.ts' };
const everyReference = 'each reference that zod makes has this form';
const rotation = { file: 'shared/api/secret-rotation.ts' };
const hasEndpoint = 'a verb is refused before this if there is no endpoint; only the type needs it';

const edit = { file: 'shared/api/connection-edit.ts' };
const neverSame = 'no status answers an edit or a deletion with `same`; only the type needs the condition';
const askedFor = 'who reads the decision asks only whether it is `same` or `refused`';
const managedProperties = { file: 'shared/api/managed-properties.ts' };
const managedSteps = { file: 'shared/api/managed-steps.ts' };
const staticFile = { file: 'shared/api/static-file.ts' };

export const equivalentMutants: EquivalentMutant[] = [
  { ...document, ...aText, line: '[...path.matchAll(', reason: 'the expression has this group whenever it matches' },
  {
    ...document,
    line: 'required = []',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: 'no parameter has this name',
  },
  {
    ...document,
    original: "resource === 'connections'",
    replacement: 'true',
    reason: 'only paths of connections have a fourth part',
  },
  { ...document, original: 'name in tags', replacement: 'true', reason: 'each path of today has a group' },
  {
    ...document,
    original: `throw new Error(\`the path \${path} belongs to no group: add one to tags\`);`,
    replacement: ';',
    reason: 'each path of today has a group',
  },
  {
    ...document,
    line: 'jsonSchemaOf(route.answer',
    original: "'output'",
    replacement: '""',
    reason: 'zod closes objects only for `output`, and this code opens them again',
  },
  { ...document, original: 'end < 0', replacement: 'end <= 0', reason: 'no summary begins with the end of a sentence' },
  {
    ...schemas,
    original: "'any'",
    replacement: '""',
    reason: 'zod throws only for `throw`',
  },
  {
    ...schemas,
    line: "componentName('Scheme', io)]",
    original: "'Scheme'",
    replacement: '""',
    reason: 'the schema is then made again, and is the same',
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/.exec(String(each))?.[1]',
    replacement: '/^#\\/\\$defs\\/(\\w+)$/.exec(String(each))[1]',
    reason: everyReference,
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/',
    replacement: '/#\\/\\$defs\\/(\\w+)$/',
    reason: everyReference,
  },
  {
    ...schemas,
    original: '/^#\\/\\$defs\\/(\\w+)$/',
    replacement: '/^#\\/\\$defs\\/(\\w+)/',
    reason: everyReference,
  },
  {
    ...rotation,
    line: 'const makerOf',
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
  {
    ...rotation,
    original: 'before.endpoint?.secret',
    replacement: 'before.endpoint.secret',
    reason: hasEndpoint,
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
    original: 'endpoint?.tokens[0]?.id',
    replacement: 'endpoint?.tokens[0].id',
    reason: 'the value is put beside a live one; only the type needs it',
  },
  {
    ...rotation,
    line: 'tokenId: endpoint?.tokens',
    original: 'endpoint?.tokens',
    replacement: 'endpoint.tokens',
    reason: hasEndpoint,
  },
  {
    ...rotation,
    line: "verb: 'rotateToken', step: 'finish'",
    original: "'finish'",
    replacement: '""',
    reason: 'each step but `begin` and `deliver` finishes a rotation',
  },
  {
    ...rotation,
    ...aText,
    line: "secret = '', bearers",
    reason: 'an endpoint with a token has a secret; only the type needs a default',
  },
  {
    ...rotation,
    original: 'tokens.length === 0',
    replacement: 'false',
    reason: 'without a token nothing is read, and the list is empty too',
  },
  {
    file: 'shared/api/configuration.ts',
    original: "presetOf(provider).handshakes?.some(({ proof }) => typeof proof === 'object')",
    replacement: "presetOf(provider).handshakes?.every(({ proof }) => typeof proof === 'object')",
    reason: 'no preset with such a handshake has another one, and none has an empty list',
  },
  {
    file: 'shared/api/configuration.ts',
    original: 'before.endpoint?.settings',
    replacement: 'before.endpoint.settings',
    reason: 'a change of auth is refused before this if there is no endpoint; only the type needs it',
  },
  {
    file: 'shared/api/configuration.ts',
    line: "verb: 'changeAuth', step: 'finish'",
    original: "'finish'",
    replacement: '""',
    reason: 'each step but `begin` finishes a change of auth',
  },
  {
    file: 'shared/api/request-log.ts',
    original: 'statusCode < 300',
    replacement: 'statusCode <= 300',
    reason: 'no answer has the status 300',
  },
  {
    file: 'shared/api/request-log.ts',
    line: 'status: response',
    original: 'response?.statusCode',
    replacement: 'response.statusCode',
    reason: 'there is an answer before the line is written; only the type needs it',
  },
  {
    ...{ file: 'shared/api/request-log.ts', ...aText, line: "error?.stack ?? ''" },
    reason: 'neither text has a line of a stack',
  },
  {
    ...{ file: 'shared/api/request-parsing.ts', ...aText, line: "event.headers['content-type'] ?? ''" },
    reason: 'neither text is the content type of JSON',
  },
  {
    ...{ file: 'shared/api/connection-update.ts', ...aText, line: "params['name'] ?? ''" },
    reason: 'neither text can be the name of a connection',
  },
  {
    ...{ file: 'shared/api/download.ts', ...aText, line: "contentType ?? ''" },
    reason: 'neither text has the form of a media type',
  },
  {
    ...{ file: 'shared/api/event-view.ts', ...aText, line: "headers['content-type'] ?? ''" },
    reason: 'neither text is the content type of a form, so the body is read as JSON',
  },
  {
    ...{ file: 'shared/api/replay-requests.ts', ...aText, line: "call.params['id'] ?? ''" },
    reason: 'neither text has the form of an id',
  },
  {
    ...client,
    ...aText,
    line: "params[name] ?? ''",
    reason: 'the type of a request demands each parameter of the path; only the type of `params` needs a default',
  },
  {
    ...client,
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  {
    ...selfTest,
    ...aText,
    line: 'urlOf(connection, deps.publicUrl)',
    reason: 'an active endpoint has a URL; only the type needs a default',
  },
  {
    ...selfTest,
    ...aText,
    line: "endpoint.secret ?? ''",
    reason: 'an endpoint with a token has a secret; only the type needs a default',
  },
  { ...selfTest, ...aText, line: "get('server-timing')", reason: 'neither text has a step' },
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
  { ...edit, original: "'same'", replacement: '""', reason: neverSame },
  { ...edit, original: '{ kind: outcome }', replacement: '{}', reason: neverSame },
  { ...edit, original: "'changed'", replacement: '""', reason: askedFor },
  {
    ...managedProperties,
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  { ...managedSteps, original: "'changed'", replacement: '""', reason: askedFor },
  {
    ...managedSteps,
    line: "case 'deconfigure'",
    original: "'deconfigure'",
    replacement: '""',
    reason: 'without `discardHeld`, held events are not discarded either',
  },
  { ...staticFile, ...aText, line: 'const endingOf', reason: 'neither text is the ending of a known type' },
  { ...staticFile, ...aText, line: "const [name = ''", reason: 'a split text has at least one part' },
  { ...staticFile, ...aText, line: "accept ?? ''", reason: 'neither text is a coding' },
];
