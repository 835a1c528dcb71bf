/** The steps that make a refused verb possible, as facts. The clients of the API put them into their own words. */
import { whyRefused } from './conflict-reason.ts';
import type { Verb } from './lifecycle.ts';

/** What a step is for, or what it does besides its verb. */
export const stepReasons = [
  /** An active endpoint becomes inactive. */
  'closes_endpoint',
  /** The request has `discardHeld=true`, so the held events are never published. */
  'discards_held',
  /** The request has `force: true`, which ends the grace of the previous token. */
  'ends_grace',
  /** The URL never works again. */
  'ends_url',
  /** The held events are published. */
  'publishes_held',
  /** After this step, the operator starts the handshake at the sender. */
  'start_at_sender',
  /** The request has no new values. */
  'without_values',
] as const;
export type StepReason = (typeof stepReasons)[number];

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

/** The words of a client. What they lack, the client does not know. */
export interface Words {
  verbs: Readonly<Record<Verb, unknown>>;
  reasons: Readonly<Record<StepReason, unknown>>;
}

const isKey = (list: object, value: unknown): boolean => typeof value === 'string' && Object.hasOwn(list, value);

type Problem = Readonly<Record<string, unknown>>;

const isStep = (value: unknown, { verbs, reasons }: Words): value is Step =>
  typeof value === 'object' &&
  value !== null &&
  'verb' in value &&
  isKey(verbs, value.verb) &&
  (!('reason' in value) || isKey(reasons, value.reason));

const isWay = (value: unknown, words: Words): value is Step[] =>
  Array.isArray(value) && value.every((step) => isStep(step, words));

/**
 * The ways that a problem of the API names.
 * @returns undefined if it names none, or one with a verb or a reason for which there is no word
 */
export function waysOf({ steps, alternatives = [] }: Problem, words: Words): Ways | undefined {
  if (!isWay(steps, words) || steps.length === 0) return undefined;
  return Array.isArray(alternatives) && alternatives.every((way) => isWay(way, words))
    ? { steps, alternatives }
    : undefined;
}

/** Joins the words of steps to a sentence. */
export function inOrder(words: readonly string[]): string {
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
export function refusalText(problem: Problem, words: Words, inWords: (step: Step) => string): string | undefined {
  const why = whyRefused(problem);
  const ways = waysOf(problem, words);
  if (why === undefined || ways === undefined) return undefined;
  const others = (ways.alternatives ?? []).map((way) => `Or ${way.map(inWords).join(', then ')}.`);
  return [why, inOrder(ways.steps.map(inWords)), ...others].join(' ');
}
