/**
 * The way of one event: what happened to it, from its arrival to the attempts at its destinations. It is put together from what is stored
 * anyway. So a step has a time only where one was stored; nothing is written when an event is published as usual.
 */
import * as z from 'zod/mini';
import { deliveryIdOf } from '../../deliveries/dispatch/delivery-job.ts';
import type { AttemptNote, DeliveryRow } from '../../deliveries/dispatch/delivery-row.ts';
import { attemptViewOf } from '../../deliveries/dispatch/delivery-view.ts';
import type { PublicationView } from '../../events/bus/publication-state.ts';
import { type StoredEvent, verificationKinds } from '../../events/event/event.ts';
import { typeFilter } from '../../events/event/type-filter.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import type { ReplayAction } from './replay-action.ts';

/** What happens to each event, once. */
const ownSteps = () =>
  [
    z.object({
      step: z.literal('received'),
      at: timeSchema,
      method: z.string(),
      size: z.int(),
      sourceIp: z.string(),
    }),
    z.object({
      step: z.literal('verified'),
      verifiedBy: z.enum(verificationKinds),
      /** The version of the endpoint's secret. */
      tokenId: z.string(),
    }),
    z.object({
      step: z.literal('stored'),
      /** Until when it is kept. */
      expiresAt: timeSchema,
    }),
    z.object({
      step: z.literal('held'),
      /** When its release published it. Absent if it was never released. */
      releasedAt: z.optional(timeSchema),
    }),
    z.object({
      step: z.literal('published'),
      /** When this was known. When it was published is not stored. */
      asOf: timeSchema,
    }),
    z.object({
      step: z.literal('given_up'),
      at: timeSchema,
      /** The bus's error code, or `Unreadable`. */
      code: z.string(),
    }),
  ] as const;

/** What can happen any number of times. */
const laterSteps = () =>
  [
    z.object({
      step: z.literal('replayed'),
      /** The number of the replay, from 1. */
      replay: z.int(),
      /** When an operator asked for it. Absent until the history has that, some seconds later, and if nobody knows which of several replay jobs it was. */
      at: z.optional(timeSchema),
      by: z.optional(z.string()),
      /** The id of the replay job, if it was a replay of many. */
      job: z.optional(z.string()),
    }),
    z.object({
      step: z.literal('attempted'),
      at: timeSchema,
      /** How long it took, in milliseconds. */
      ms: z.int(),
      delivery: z.string(),
      destination: z.string(),
      rule: z.string(),
      replay: z.optional(z.int()),
      /** The number of the attempt of its delivery, from 1. */
      attempt: z.int(),
      outcome: z.string(),
      status: z.optional(z.int()),
      cause: z.optional(z.string()),
    }),
  ] as const;
export const timelineStepSchema = /* @__PURE__ */ schema(() =>
  z.discriminatedUnion('step', [...ownSteps(), ...laterSteps()]),
);
export type TimelineStep = z.infer<typeof timelineStepSchema>;
type StepOf<Name extends TimelineStep['step']> = Extract<TimelineStep, { step: Name }>;

/** What an operator did with a replay, and which of several times that was. */
export interface NumberedAction {
  turn: number;
  action: ReplayAction;
}

export interface TimelineFacts {
  event: StoredEvent;
  publication: PublicationView;
  /** What operators did with replays of the connection since the event arrived, in any order. */
  actions: readonly NumberedAction[];
  deliveries: readonly { row: DeliveryRow; attempts: readonly AttemptNote[] }[];
}

const byTime = <T extends { at: string }>(one: T, other: T): number => (one.at < other.at ? -1 : 1);

/** Whether a replay of many may have been one of this event. It may have left the event out, because it was held, or ended before. */
const mayReplay = ({ verb, eventsFrom = '', eventsTo = '~', eventType }: ReplayAction, event: StoredEvent): boolean =>
  verb === 'startReplay' &&
  !event.test &&
  eventsFrom <= event.receivedAt &&
  event.receivedAt <= eventsTo &&
  typeFilter(eventType)(event);

/**
 * The replays of an event. One of this event alone has its number. The others were made by jobs; who asked for them is certain only if there were
 * as many jobs that could do so.
 */
function replaysOf(event: StoredEvent, actions: readonly NumberedAction[]): StepOf<'replayed'>[] {
  const single = new Map(
    actions.flatMap(({ turn, action }) =>
      action.verb === 'replayEvent' && action.of === event.id ? [[turn, action] as const] : [],
    ),
  );
  const numbers = Array.from({ length: event.replays ?? 0 }, (_, before) => before + 1);
  const unexplained = numbers.filter((replay) => !single.has(replay));
  const jobs = actions
    .map(({ action }) => action)
    .filter((action) => mayReplay(action, event))
    .sort(byTime);
  const isCertain = jobs.length === unexplained.length;
  return numbers.map((replay): StepOf<'replayed'> => {
    const alone = single.get(replay);
    if (alone) return { step: 'replayed', replay, at: alone.at, by: alone.by };
    const job = isCertain ? jobs[unexplained.indexOf(replay)] : undefined;
    return { step: 'replayed', replay, ...(job && { at: job.at, by: job.by, job: job.of }) };
  });
}

/** The beginning of the way, in its order. Only the first of these steps has a time. */
function beginningOf(event: StoredEvent, { publication, publicationAsOf }: PublicationView): TimelineStep[] {
  const { receivedAt, method, size, sourceIp, verifiedBy, tokenId, expiresAt, held, releasedAt } = event;
  return [
    { step: 'received', at: receivedAt, method, size, sourceIp },
    { step: 'verified', verifiedBy, tokenId },
    { step: 'stored', expiresAt: new Date(expiresAt * 1000).toISOString() },
    ...(held !== undefined || releasedAt !== undefined
      ? [{ step: 'held' as const, ...(releasedAt !== undefined && { releasedAt }) }]
      : []),
    ...(publication === 'published' ? [{ step: 'published' as const, asOf: publicationAsOf }] : []),
  ];
}

function attemptsOf({ row, attempts }: TimelineFacts['deliveries'][number]): StepOf<'attempted'>[] {
  const { to, rule, replay } = row;
  return attempts.map((note, before) => {
    const { answer: _, ...shown } = attemptViewOf(note);
    return {
      step: 'attempted',
      ...shown,
      delivery: deliveryIdOf(row),
      destination: to.name,
      rule,
      ...(replay > 0 && { replay }),
      attempt: before + 1,
    };
  });
}

/** The steps in their order. A replay whose time nobody knows comes right after the one before it. */
export function timelineOf({ event, publication, actions, deliveries }: TimelineFacts): TimelineStep[] {
  const { givenUp } = publication;
  let latest = event.receivedAt;
  const replayed = replaysOf(event, actions).map((step) => {
    latest = step.at ?? latest;
    return { at: latest, step };
  });
  const attempted = deliveries.flatMap(attemptsOf).map((step) => ({ at: step.at, step }));
  const ended = givenUp ? [{ at: givenUp.at, step: { step: 'given_up' as const, ...givenUp } }] : [];
  const rest = [...replayed, ...ended, ...attempted].map((each, place) => ({ ...each, place }));
  rest.sort((one, other) => (one.at === other.at ? one.place - other.place : byTime(one, other)));
  return [...beginningOf(event, publication), ...rest.map(({ step }) => step)];
}
