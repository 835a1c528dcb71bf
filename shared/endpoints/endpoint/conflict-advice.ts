/** What to do about each conflict of the lifecycle, as a text and as facts. */
import { conflictReasons, type OtherConflict } from './conflict-reason.ts';
import { type Endpoint, hasGrace } from './endpoint-record.ts';
import type { ConflictCode, Verb } from './lifecycle.ts';
import { nextStep, stepsToWindow, type VerbAdvice } from './next-step.ts';
import type { Step, Ways } from './step.ts';

/** The reason why a verb is refused. If an action is not allowed, the advice depends on the verb. */
export type RefusedVerb =
  | { code: ConflictCode; verb: Verb; discardHeld?: boolean }
  | { code: OtherConflict; verb?: undefined };

/** The texts of the codes that do not depend on the verb. */
export const explanations: Record<OtherConflict, string> = {
  token_exists: `${conflictReasons.token_exists} To replace it, rotate it: POST …/endpoint/token/rotate. Or remove it first: DELETE …/endpoint/token, which closes an active endpoint.`,
  token_required: `${conflictReasons.token_required} Generate one, or adopt the secret that the sender makes: POST …/endpoint/token.`,
  rotation_in_progress: `${conflictReasons.rotation_in_progress} First end it (DELETE …/endpoint/token/previous), or repeat this with force: true, which ends it.`,
  held: `${conflictReasons.held} Release it first to publish the held events. Or repeat this with discardHeld=true, and they are never published.`,
  nothing_delivered: `${conflictReasons.nothing_delivered} Open the handshake, then start it at the sender.`,
  window_closed: `${conflictReasons.window_closed} Open the handshake first.`,
  superseded: `${conflictReasons.superseded} Read it again, and repeat your change if it is still needed.`,
};

const again = (verb: Verb | undefined): Step[] => (verb === undefined ? [] : [{ verb }]);

/** The ways past each conflict: the steps that its text names. */
const ways: Record<OtherConflict, (verb: Verb | undefined, endpoint: Endpoint | null, now: Date) => Ways> = {
  token_exists: (verb, endpoint, now) => ({
    // A rotation would end a running grace, so it is refused until then.
    steps: [...(hasGrace(endpoint, now) ? [{ verb: 'endGrace' } as const] : []), { verb: 'rotateToken' }],
    alternatives: [[{ verb: 'removeToken', reason: 'closes_endpoint' }, ...again(verb)]],
  }),
  // A rotation of nothing is a first token.
  token_required: (verb) => ({
    steps: [{ verb: 'generateToken' }, ...again(verb === 'rotateToken' ? undefined : verb)],
  }),
  rotation_in_progress: (verb) => ({
    steps: [{ verb: 'endGrace' }, ...again(verb)],
    ...(verb && { alternatives: [[{ verb, reason: 'ends_grace' }]] }),
  }),
  held: (verb) => ({
    steps: [{ verb: 'release', reason: 'publishes_held' }, ...again(verb)],
    ...(verb && { alternatives: [[{ verb, reason: 'discards_held' }]] }),
  }),
  nothing_delivered: (_, endpoint) => {
    const steps = stepsToWindow(endpoint);
    return { steps: steps.length === 0 ? [] : [...steps, { verb: 'confirmHandshake' }] };
  },
  window_closed: (_, endpoint) => ({ steps: stepsToWindow(endpoint) }),
  superseded: () => ({ steps: [] }),
};

/** The advice for a refused verb. If a token prevents a deconfigure, the advice lists several steps. */
export function adviceFor({ code, verb, ...refused }: RefusedVerb, endpoint: Endpoint | null, now: Date): VerbAdvice {
  if (verb !== undefined && (code === 'action_not_allowed' || (code === 'token_exists' && verb === 'deconfigure')))
    return nextStep(endpoint, verb, 'discardHeld' in refused && refused.discardHeld);
  const other = code as OtherConflict;
  return { detail: explanations[other], ...ways[other](verb, endpoint, now) };
}
