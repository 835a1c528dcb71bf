/** What an operator does first so that a verb which the present status refuses becomes possible. */

import type { Endpoint } from './endpoint-record.ts';
import { statusOf, type Verb } from './lifecycle.ts';

/** Steps in their order as one sentence. */
const inOrder = (steps: readonly string[]): string => `First ${steps.join(', then ')}.`;

/** What has to be done before an endpoint can be deconfigured. */
function stepsBeforeDeconfigure({ status, tokens }: Endpoint): string[] {
  return [
    ...(status === 'active' ? ['deactivate the endpoint (POST …/endpoint/deactivate)'] : []),
    ...(tokens.length > 0 ? ['remove the token (DELETE …/endpoint/token)'] : []),
  ];
}

/** What a hold asks for besides. */
const aboutHold = ({ hold }: Endpoint): string =>
  hold
    ? ' The endpoint is held. Release it before you deconfigure it (POST …/endpoint/release), and what was held is published. Or deconfigure it with ?discardHeld=true, and it never is.'
    : '';

function beforeDeconfigure(endpoint: Endpoint): string {
  const steps = [...stepsBeforeDeconfigure(endpoint), 'repeat this'];
  return `An active endpoint can not be deconfigured. ${inOrder(steps)}${aboutHold(endpoint)}`;
}

function beforeNoEndpoint(endpoint: Endpoint, only: string): string {
  const steps = [
    ...stepsBeforeDeconfigure(endpoint),
    'deconfigure the endpoint (DELETE …/endpoint), which ends its URL for ever',
    'repeat this',
  ];
  return `${only} only while it has no endpoint. ${inOrder(steps)}${aboutHold(endpoint)}`;
}

function beforeActive({ tokens, guard }: Endpoint, only: string): string {
  const isLacking = tokens.length === 0 && guard.secretFrom === 'operator';
  const steps = [
    ...(isLacking ? ['generate or adopt a token (POST …/endpoint/token)'] : []),
    'activate the endpoint (POST …/endpoint/activate)',
    'repeat this',
  ];
  return `${only} ${inOrder(steps)}`;
}

function beforeHandshake(endpoint: Endpoint): string {
  const { secretFrom } = endpoint.guard;
  if (secretFrom === 'nobody') return 'This endpoint needs no secret, so no handshake delivers one.';
  return secretFrom === 'handshake'
    ? beforeActive(endpoint, 'Only an active endpoint takes a secret from its sender.')
    : `The secret of this endpoint does not come in a handshake: secretFrom is ${secretFrom}. Generate or adopt it: POST …/endpoint/token.`;
}

/** What to do where `verb` answers `action_not_allowed`; it is made for people, and names no value. */
export function nextStep(endpoint: Endpoint | null, verb: Verb): string {
  if (!endpoint)
    return verb === 'changeAuth'
      ? 'There is no endpoint, so it has no values to replace. First configure it without values (PUT …/endpoint), then generate or adopt a token (POST …/endpoint/token).'
      : 'There is no endpoint. First configure one (PUT …/endpoint).';
  switch (verb) {
    case 'deconfigure':
      return beforeDeconfigure(endpoint);
    case 'delete':
      return beforeNoEndpoint(endpoint, 'A connection can be deleted');
    case 'edit':
      return beforeNoEndpoint(endpoint, 'A connection can change its provider');
    case 'test':
      return beforeActive(endpoint, 'Only an active endpoint can be tested.');
    case 'openHandshake':
      return beforeHandshake(endpoint);
    default:
      return `This can not be done while the endpoint is ${statusOf(endpoint)}. allowedActions says what can.`;
  }
}
