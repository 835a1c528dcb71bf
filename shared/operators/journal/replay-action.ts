/**
 * What operators do with replays. It changes no record of a connection, so it has no version, and its line in the history is made
 * from what it left: in the event that was replayed, or in the replay job.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { ReplayJob } from '../../events/event/replay-job.ts';
import { vias } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';

/** A line of a connection's history. */
export const replayActionSchema = /* @__PURE__ */ schema(() =>
  z.object({
    verb: z.enum(['replayEvent', 'startReplay', 'cancelReplay']),
    by: z.string(),
    via: z.optional(z.enum(vias)),
    at: timeSchema,
    /** The id of the event, or of the replay job. */
    of: z.string(),
    /** Only with `startReplay`, and not in a line of an earlier version: the range of the events, inclusive. */
    eventsFrom: z.optional(timeSchema),
    eventsTo: z.optional(timeSchema),
    /** Only with `startReplay`: the type of the events. Absent if they may have any. */
    eventType: z.optional(z.string()),
    /** Only with `startReplay`: how many events there were. Absent if there were too many to count. */
    eventCount: z.optional(z.int()),
  }),
);
export type ReplayAction = z.infer<typeof replayActionSchema>;

/** An action of a connection. If it is repeated for the same thing, it has another `turn`. */
export interface NotedAction {
  connectionId: string;
  turn: number;
  action: ReplayAction;
}

const replayedSchema = /* @__PURE__ */ schema(() =>
  z.object({ connectionId: z.string(), turn: z.string(), action: replayActionSchema }),
);

/**
 * The replay of one event in a record of the Events table's stream. Undefined if the record is something else, or the replay of a
 * job.
 */
export function eventReplayIn({ dynamodb }: DynamoDBRecord): NotedAction | undefined {
  const { NewImage = {}, OldImage = {} } = dynamodb ?? {};
  // Nearly every record is of a new event, and is not looked at further.
  if (!NewImage['replayedBy']) return undefined;
  const [of, connectionId, by, at] = ['id', 'connectionId', 'replayedBy', 'replayedAt'].map(
    (name) => NewImage[name]?.S,
  );
  const turn = NewImage['replays']?.N;
  const { data } = replayedSchema.safeParse({ connectionId, turn, action: { verb: 'replayEvent', by, at, of } });
  return data && turn !== OldImage['replays']?.N ? { ...data, turn: Number(turn) } : undefined;
}

/** Which events a replay is of. */
const eventsOf = ({ from, to, type, count }: ReplayJob) => ({
  ...{ eventsFrom: from, eventsTo: to },
  ...(type !== undefined && { eventType: type }),
  ...(count !== null && { eventCount: count }),
});

/** What operators did with a replay job so far. The release of a hold is a change of the record, so it is not among it. */
export function actionsOn(job: ReplayJob): NotedAction[] {
  const { id: of, kind, connectionId, by, via, startedAt, cancelled } = job;
  if (kind === 'release') return [];
  const author = by === undefined ? undefined : { by, ...(via && { via }) };
  const started = author ? [{ verb: 'startReplay' as const, ...author, at: startedAt, of, ...eventsOf(job) }] : [];
  const ended = cancelled ? [{ verb: 'cancelReplay' as const, ...cancelled, of }] : [];
  return [...started, ...ended].map((action, turn) => ({ connectionId, turn, action }));
}
