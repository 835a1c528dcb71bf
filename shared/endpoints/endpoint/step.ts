/** The steps that make a refused verb possible, as facts. The clients of the API put them into their own words. */
import { whyConflicting } from './conflict-reason.ts';
import type { Verb } from './lifecycle.ts';

/** What a step is for, or what it does besides its verb: the end of a step's words, which is the same in every client. */
export const reasonWords = {
  closes_endpoint: ', which closes an active endpoint',
  /** The request has `discardHeld=true`. */
  discards_held: ', and the held events are never published',
  /** The request has `force: true`. */
  ends_grace: ', which ends the grace',
  ends_url: ', which permanently ends its URL',
  publishes_held: ', which publishes the held events',
  start_at_sender: ' and start it at the sender',
  without_values: ' without values',
} as const;
export type StepReason = keyof typeof reasonWords;
export const stepReasons = Object.keys(reasonWords) as StepReason[];

export interface Step {
  verb: Verb;
  reason?: StepReason;
}

/** The ways to what was refused. If a way ends with the refused verb, the refused request is to be repeated. */
export interface Ways {
  /** The usual way, in order. Empty if no step makes the verb possible. */
  steps: readonly Step[];
  /** Other ways, each in order. */
  alternatives?: readonly (readonly Step[])[];
}

type Problem = Readonly<Record<string, unknown>>;
/** The verbs for which a client has words. It does not know any other. */
type KnownVerbs = Readonly<Record<Verb, unknown>>;

const isKey = (list: object, value: unknown): boolean => typeof value === 'string' && Object.hasOwn(list, value);

const isWay = (value: unknown, verbs: KnownVerbs): value is Step[] =>
  Array.isArray(value) &&
  value.every((step) => isKey(verbs, step?.verb) && (step.reason === undefined || isKey(reasonWords, step.reason)));

/**
 * The ways that a problem of the API names.
 * @returns undefined if it names none, or one with a verb or a reason for which there is no word
 */
export function waysOf({ steps, alternatives = [] }: Problem, verbs: KnownVerbs): Ways | undefined {
  if (!isWay(steps, verbs) || steps.length === 0) return undefined;
  return Array.isArray(alternatives) && alternatives.every((way) => isWay(way, verbs))
    ? { steps, alternatives }
    : undefined;
}

/** Joins the words of steps to a sentence. */
export function asSentence(words: readonly string[]): string {
  const [first = '', ...rest] = words;
  return rest.length === 0
    ? `${first.charAt(0).toUpperCase()}${first.slice(1)}.`
    : `First ${[first, ...rest].join(', then ')}.`;
}

/**
 * Why a problem of the API refuses something, and what makes it possible.
 * @param inWords how a client names a step, such as by its command
 * @returns undefined if the problem names no steps for which there are words
 */
export function refusalText(problem: Problem, verbs: KnownVerbs, inWords: (step: Step) => string): string | undefined {
  const why = whyConflicting(problem);
  const ways = waysOf(problem, verbs);
  // A known cause says enough, if no step makes it possible.
  if ('cause' in problem && String(problem['steps']) === '') return why;
  if (why === undefined || ways === undefined) return undefined;
  const others = (ways.alternatives ?? []).map((way) => `Or ${way.map(inWords).join(', then ')}.`);
  return [why, asSentence(ways.steps.map(inWords)), ...others].join(' ');
}
