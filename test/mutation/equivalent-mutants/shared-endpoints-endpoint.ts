/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const transition = { file: 'shared/endpoints/endpoint/transition.ts' };
const secretValue = { file: 'shared/endpoints/endpoint/secret-value.ts' };
const verbEffect = { file: 'shared/endpoints/endpoint/verb-effect.ts' };
const noEndpoint = 'the lifecycle refuses this verb without an endpoint before this line';
const namedScheme = 'the schemes of all presets pass this check too, only more slowly';
const hasDelivered = 'the lifecycle allows confirmHandshake only if a secret was delivered';

export const equivalentMutants: EquivalentMutant[] = [
  {
    file: 'shared/endpoints/endpoint/auth-check.ts',
    original: "typeof auth.scheme === 'string'",
    replacement: 'false',
    reason: namedScheme,
  },
  { file: 'shared/endpoints/endpoint/auth-check.ts', original: "'string'", replacement: '""', reason: namedScheme },
  {
    file: 'shared/endpoints/endpoint/custom-scheme.ts',
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
    file: 'shared/endpoints/endpoint/managed-resource.ts',
    original: 'found.managedBy?.adopted',
    replacement: 'found.managedBy.adopted',
    reason: 'a record without a manager was left alone before; only the type needs it',
  },
  {
    ...transition,
    original: 'endpoint?.status',
    replacement: 'endpoint.status',
    reason: noEndpoint,
  },
];
