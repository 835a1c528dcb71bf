/** Advice for a refused verb: the steps that make the verb possible. */

import type { Endpoint } from './endpoint-record.ts';
import { statusOf, type Verb } from './lifecycle.ts';

/** Joins steps to a sentence. */
const inOrder = (steps: readonly string[]): string => `First ${steps.join(', then ')}.`;

/** The steps before an endpoint can be deconfigured. */
function stepsBeforeDeconfigure({ status, tokens }: Endpoint): string[] {
  return [
    ...(status === 'active' ? ['deactivate the endpoint (POST …/endpoint/deactivate)'] : []),
    ...(tokens.length > 0 ? ['remove the token (DELETE …/endpoint/token)'] : []),
  ];
}

/** Additional advice if the endpoint is held. */
const aboutHold = ({ hold }: Endpoint): string =>
  hold
    ? ' The endpoint is held. To publish the held events, release it first (POST …/endpoint/release). To discard them, deconfigure it with ?discardHeld=true.'
    : '';

/**
 * The steps that an operator must take first to deconfigure an endpoint. One text covers every status.
 * @param discardHeld whether the request says that held events may be discarded
 * @param held the held events, with their number if it is known
 */
export function beforeDeconfigure(endpoint: Endpoint, discardHeld: boolean, held = 'the held events'): string {
  const steps = stepsBeforeDeconfigure(endpoint);
  if (!endpoint.hold || discardHeld) return inOrder([...steps, 'repeat this']);
  const release = `release the endpoint to publish ${held} (POST …/endpoint/release)`;
  const discard = [...steps, 'repeat this with ?discardHeld=true'].join(', then ');
  return `${inOrder([...steps, release, 'repeat this'])} Or, to discard the held events: ${discard}.`;
}

function beforeNoEndpoint(endpoint: Endpoint, only: string): string {
  const steps = [
    ...stepsBeforeDeconfigure(endpoint),
    'deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL',
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
  if (secretFrom === 'nobody') return 'This endpoint needs no secret, so a handshake cannot deliver one.';
  return secretFrom === 'handshake'
    ? beforeActive(endpoint, 'Only an active endpoint accepts a secret from its sender.')
    : `This endpoint does not get its secret in a handshake: secretFrom is ${secretFrom}. Generate or adopt it: POST …/endpoint/token.`;
}

/** What to do if `verb` is refused with `action_not_allowed`. Written for people, and contains no secret. */
export function nextStep(endpoint: Endpoint | null, verb: Verb, discardHeld = false): string {
  if (!endpoint)
    return verb === 'changeAuth'
      ? 'There is no endpoint, so there are no values to replace. First configure it without values (PUT …/endpoint), then generate or adopt a token (POST …/endpoint/token).'
      : 'There is no endpoint. First configure one (PUT …/endpoint).';
  switch (verb) {
    case 'deconfigure':
      return beforeDeconfigure(endpoint, discardHeld);
    case 'delete':
      return beforeNoEndpoint(endpoint, 'A connection can be deleted');
    case 'edit':
      return beforeNoEndpoint(endpoint, 'A connection can change its provider');
    case 'test':
      return beforeActive(endpoint, 'Only an active endpoint can be tested.');
    case 'openHandshake':
      return beforeHandshake(endpoint);
    default:
      return `This is not possible while the endpoint is ${statusOf(endpoint)}. allowedActions lists what is.`;
  }
}
