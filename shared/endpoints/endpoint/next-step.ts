/** Advice for a refused verb: the steps that make the verb possible, as a text and as facts. */

import { type Cause, causes } from './conflict-reason.ts';
import type { Endpoint } from './endpoint-record.ts';
import type { Verb } from './lifecycle.ts';
import { asSentence, type Step, type Ways } from './step.ts';

/** A text for people, which contains no secret, and the same steps as facts. */
export interface VerbAdvice extends Ways {
  detail: string;
  /** Why an action is not allowed. */
  cause?: Cause;
}

/** How the text names the steps that come before the repeated request. */
const words = {
  deactivate: 'deactivate the endpoint (POST …/endpoint/deactivate)',
  removeToken: 'remove the token (DELETE …/endpoint/token)',
  generateToken: 'generate or adopt a token (POST …/endpoint/token)',
  activate: 'activate the endpoint (POST …/endpoint/activate)',
  deconfigure: 'deconfigure the endpoint (DELETE …/endpoint), which permanently ends its URL',
} as const satisfies Partial<Record<Verb, string>>;
type WordedStep = Step & { verb: keyof typeof words };

const wordsOf = (steps: readonly WordedStep[]): string[] => steps.map(({ verb }) => words[verb]);

/** The steps before an endpoint can be deconfigured. */
const stepsBeforeDeconfigure = ({ status, tokens }: Endpoint): WordedStep[] => [
  ...(status === 'active' ? [{ verb: 'deactivate' } as const] : []),
  ...(tokens.length > 0 ? [{ verb: 'removeToken' } as const] : []),
];

const release: Step = { verb: 'release', reason: 'publishes_held' };

/**
 * The steps that an operator must take first to deconfigure an endpoint. One text covers every status.
 * @param discardHeld whether the request says that held events may be discarded
 * @param held the held events, with their number if it is known
 */
export function beforeDeconfigure(endpoint: Endpoint, discardHeld: boolean, held = 'the held events'): VerbAdvice {
  const before = stepsBeforeDeconfigure(endpoint);
  const inWords = wordsOf(before);
  const again: Step = { verb: 'deconfigure', ...(discardHeld && { reason: 'discards_held' }) };
  if (!endpoint.hold || discardHeld)
    return { detail: asSentence([...inWords, 'repeat this']), steps: [...before, again] };
  const first = asSentence([
    ...inWords,
    `release the endpoint to publish ${held} (POST …/endpoint/release)`,
    'repeat this',
  ]);
  const discard = [...inWords, 'repeat this with ?discardHeld=true'].join(', then ');
  return {
    detail: `${first} Or, to discard the held events: ${discard}.`,
    steps: [...before, release, again],
    alternatives: [[...before, { verb: 'deconfigure', reason: 'discards_held' }]],
  };
}

function beforeNoEndpoint(endpoint: Endpoint, verb: 'delete' | 'edit'): VerbAdvice {
  const cause = `${verb}_needs_no_endpoint` as const;
  const before = stepsBeforeDeconfigure(endpoint);
  const deconfigure: WordedStep = { verb: 'deconfigure', reason: 'ends_url' };
  const detail = `${causes[cause]} ${asSentence([...wordsOf([...before, deconfigure]), 'repeat this'])}`;
  if (!endpoint.hold) return { detail, cause, steps: [...before, deconfigure, { verb }] };
  return {
    cause,
    detail: `${detail} The endpoint is held. To publish the held events, release it first (POST …/endpoint/release). To discard them, deconfigure it with ?discardHeld=true.`,
    steps: [...before, release, deconfigure, { verb }],
    alternatives: [[...before, { verb: 'deconfigure', reason: 'discards_held' }, { verb }]],
  };
}

/** The steps to an active endpoint. */
function stepsToActive({ status, tokens, guard }: Endpoint): WordedStep[] {
  if (status === 'active') return [];
  const isLacking = tokens.length === 0 && guard.secretFrom === 'operator';
  return [...(isLacking ? [{ verb: 'generateToken' } as const] : []), { verb: 'activate' }];
}

function beforeActive(endpoint: Endpoint, verb: Verb, cause: Cause): VerbAdvice {
  const before = stepsToActive(endpoint);
  const detail = `${causes[cause]} ${asSentence([...wordsOf(before), 'repeat this'])}`;
  return { detail, cause, steps: [...before, { verb }] };
}

/** Only an active endpoint whose sender makes the secret takes a handshake. No step makes it possible for another one. */
function beforeHandshake(endpoint: Endpoint): VerbAdvice {
  const { secretFrom } = endpoint.guard;
  if (secretFrom === 'nobody') return { detail: causes.no_secret_needed, cause: 'no_secret_needed', steps: [] };
  if (secretFrom === 'handshake') return beforeActive(endpoint, 'openHandshake', 'handshake_needs_active');
  const detail = `This endpoint does not get its secret in a handshake: secretFrom is ${secretFrom}. Generate or adopt it: POST …/endpoint/token.`;
  return { detail, cause: 'secret_from_elsewhere', steps: [] };
}

/** The steps to a window in which the sender can deliver its secret. */
export const stepsToWindow = (endpoint: Endpoint | null): Step[] =>
  endpoint?.guard.secretFrom === 'handshake'
    ? [...stepsToActive(endpoint), { verb: 'openHandshake', reason: 'start_at_sender' }]
    : [];

const configureFirst: VerbAdvice = {
  detail: `${causes.unconfigured} First configure one (PUT …/endpoint).`,
  cause: 'unconfigured',
  steps: [{ verb: 'configure' }],
};

const configureWithoutValues: VerbAdvice = {
  detail: `${causes.no_values} First configure it without values (PUT …/endpoint), then generate or adopt a token (POST …/endpoint/token).`,
  cause: 'no_values',
  steps: [{ verb: 'configure', reason: 'without_values' }, { verb: 'generateToken' }],
};

/** What to do if `verb` is refused with `action_not_allowed`. */
export function nextStep(endpoint: Endpoint | null, verb: Verb, discardHeld = false): VerbAdvice {
  if (!endpoint) return verb === 'changeAuth' ? configureWithoutValues : configureFirst;
  switch (verb) {
    case 'deconfigure':
      return { ...beforeDeconfigure(endpoint, discardHeld), ...(endpoint.status === 'active' && { cause: 'active' }) };
    case 'delete':
    case 'edit':
      return beforeNoEndpoint(endpoint, verb);
    case 'test':
      return beforeActive(endpoint, verb, 'test_needs_active');
    case 'openHandshake':
      return beforeHandshake(endpoint);
    default:
      return { detail: `${causes[endpoint.status]} allowedActions lists what is.`, cause: endpoint.status, steps: [] };
  }
}
