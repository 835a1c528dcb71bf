/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const managedProperties = { file: 'shared/endpoint/managed-properties.ts' };
const stateTable = { file: 'shared/endpoint/state-table.ts' };
const transition = { file: 'shared/endpoint/transition.ts' };
const secretValue = { file: 'shared/endpoint/secret-value.ts' };
const verbEffect = { file: 'shared/endpoint/verb-effect.ts' };
const complete = 'each item of the State table has all its attributes; only the type says that one may be missing';
const noEndpoint = 'the lifecycle refuses this verb without an endpoint before this line';
const namedScheme = 'the schemes of all presets pass this check too, only more slowly';
const hasDelivered = 'the lifecycle allows confirmHandshake only if a secret was delivered';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...managedProperties,
    original: '{ return undefined; }',
    replacement: '{}',
    reason: 'a function without a return gives undefined',
  },
  { ...stateTable, original: "item?.['record']?.S", replacement: "item?.['record'].S", reason: complete },
  {
    ...stateTable,
    line: 'parseConnection(item) ?? []',
    original: '[]',
    replacement: '["Stryker was here"]',
    reason: complete,
  },
  {
    ...stateTable,
    original: 'connections.at(-1)?.name',
    replacement: 'connections.at(-1).name',
    reason: 'a page that is not the last has at least one connection',
  },
  {
    file: 'shared/endpoint/auth-check.ts',
    original: "typeof auth.scheme === 'string'",
    replacement: 'false',
    reason: namedScheme,
  },
  { file: 'shared/endpoint/auth-check.ts', original: "'string'", replacement: '""', reason: namedScheme },
  {
    file: 'shared/endpoint/custom-scheme.ts',
    original: 'scheme.message[0]?.part',
    replacement: 'scheme.message[0].part',
    reason: 'the message has one part',
  },
  {
    ...secretValue,
    line: 'const whyNoBearer',
    original: 'token === undefined',
    replacement: 'false',
    reason: 'no secret is equal to an absent token',
  },
  {
    ...secretValue,
    original: 'token !== undefined',
    replacement: 'true',
    reason: 'no secret is equal to an absent token',
  },
  {
    ...secretValue,
    line: 'secret ??',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'a value without a token has a secret',
  },
  {
    ...secretValue,
    original: 'secret === undefined',
    replacement: 'false',
    reason: 'JSON leaves out an undefined secret',
  },
  { ...transition, original: 'endpoint?.pending', replacement: 'endpoint.pending', reason: noEndpoint },
  { ...transition, original: 'endpoint?.hold', line: 'discardHeld', replacement: 'endpoint.hold', reason: noEndpoint },
  {
    ...transition,
    original: `throw new Error(\`\${command.verb} needs an endpoint\`);`,
    replacement: ';',
    reason: noEndpoint,
  },
  { ...transition, original: "command.verb !== 'configure'", replacement: 'false', reason: noEndpoint },
  {
    ...transition,
    line: 'id: command.endpointId',
    original: "'configured'",
    replacement: '""',
    reason: 'the status of the lifecycle replaces this one',
  },
  {
    ...verbEffect,
    line: 'endpoint.secret ??',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: 'an endpoint with a token has a secret',
  },
  {
    ...verbEffect,
    line: 'delivered?.tokenId ??',
    original: "''",
    replacement: '"Stryker was here!"',
    reason: hasDelivered,
  },
  {
    ...verbEffect,
    original: 'endpoint.handshake?.delivered?.tokenId',
    replacement: 'endpoint.handshake?.delivered.tokenId',
    reason: hasDelivered,
  },
  {
    ...verbEffect,
    original: 'endpoint.handshake?.delivered',
    replacement: 'endpoint.handshake.delivered',
    reason: hasDelivered,
  },
  {
    file: 'shared/endpoint/managed-connection.ts',
    original: 'record.managedBy?.adopted',
    replacement: 'record.managedBy.adopted',
    reason: 'a record without a manager was left alone before; only the type needs it',
  },
  {
    ...transition,
    original: 'endpoint?.status',
    replacement: 'endpoint.status',
    reason: noEndpoint,
  },
];
