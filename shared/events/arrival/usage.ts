/**
 * Usage: how many events a connection received, and when its tokens were last used. Usage is counted from the stream of
 * the Events table, so it does not slow down a request. The stream can deliver an event twice; `minute-count-table.ts` says how it is
 * counted once even so. A last use is correct to the minute, because the use of a token is noted at most once a minute.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type ConnectionView, connectionViewSchema } from '../../endpoints/endpoint/connection-view.ts';
import { schema } from '../../ground/base/schema.ts';
import { minuteOf } from '../../ground/base/time.ts';
import type { MinuteAddition } from '../../ground/statistics/minute-count-table.ts';
import { beginOfMinutes } from '../../ground/statistics/refused-count.ts';
import { allConnections } from '../../ground/statistics/statistics-store.ts';

const arrivalSchema = /* @__PURE__ */ schema(() =>
  z.object({ connectionId: z.string(), tokenId: z.string(), receivedAt: z.iso.datetime() }),
);

const releaseSchema = /* @__PURE__ */ schema(() => z.object({ connectionId: z.string(), at: z.iso.datetime() }));

/** An event that arrived, or that the end of its hold let go. */
export type CountedChange =
  | ({ kind: 'arrival'; isHeld: boolean; isConflict: boolean } & z.infer<typeof arrivalSchema>)
  | ({ kind: 'release' } & z.infer<typeof releaseSchema>);

/** The change with the number of its record. A record without a number is counted again if it is repeated. */
export type CountedRecord = CountedChange & { record: string | undefined };

/**
 * What is counted of a record of the stream. Undefined for a replay, a removal or a self-test. An arrival that replaces an
 * expired event with the same delivery id is an arrival too.
 * @throws if the record is not of an event
 */
export function countedChangeIn({ dynamodb }: DynamoDBRecord): CountedChange | undefined {
  const { NewImage, OldImage } = dynamodb ?? {};
  // A self-test is not a use by the sender.
  if (!NewImage || NewImage['test']?.BOOL) return undefined;
  const [connectionId, tokenId, receivedAt] = ['connectionId', 'tokenId', 'receivedAt'].map((key) => NewImage[key]?.S);
  const received = arrivalSchema.parse({ connectionId, tokenId, receivedAt });
  const isHeld = NewImage['held'] !== undefined;
  if (OldImage?.['receivedAt']?.S !== received.receivedAt)
    return { kind: 'arrival', ...received, isHeld, isConflict: NewImage['conflictsWith'] !== undefined };
  if (isHeld || OldImage['held'] === undefined) return undefined;
  return { kind: 'release', ...releaseSchema.parse({ connectionId, at: NewImage['releasedAt']?.S }) };
}

/** One of a connection's last uses. `what` is `token#<id>` for the last use of that token, or `events` for the last event. */
export interface UseNote {
  connectionId: string;
  what: string;
  at: string;
}

/** In which minute something was counted of a connection. */
export interface CountedMinute {
  connectionId: string;
  minute: string;
}

/** What a batch adds, notes and marks. */
export interface Tally {
  additions: MinuteAddition[];
  uses: UseNote[];
  minutes: CountedMinute[];
}

const timeOf = (change: CountedChange): string => (change.kind === 'arrival' ? change.receivedAt : change.at);

const countOf = <T>(all: readonly T[], isCounted: (each: T) => boolean): number => all.filter(isCounted).length;

const latest = (times: readonly string[]): string | undefined => times.toSorted().at(-1);

/** What the records of one minute add to the counts of a connection, or of all. */
function additionOf(scope: string, minute: string, records: readonly CountedRecord[]): MinuteAddition {
  const arrivals = records.filter((each) => each.kind === 'arrival');
  const [start, end] = [records.at(0)?.record, records.at(-1)?.record];
  return {
    scope,
    minute,
    add: {
      events: arrivals.length,
      conflicts: countOf(arrivals, ({ isConflict }) => isConflict),
      held: countOf(arrivals, ({ isHeld }) => isHeld),
      released: records.length - arrivals.length,
    },
    lastAt: latest(arrivals.map(({ receivedAt }) => receivedAt)),
    records: start === undefined || end === undefined ? undefined : { start, end },
  };
}

/** What an arrival uses: its token and its connection. */
const usesIn = (change: CountedChange): UseNote[] =>
  change.kind === 'arrival'
    ? [`token#${change.tokenId}`, 'events'].map((what) => ({
        connectionId: change.connectionId,
        what,
        at: change.receivedAt,
      }))
    : [];

function noteLatest(uses: Map<string, UseNote>, use: UseNote): void {
  const key = `${use.connectionId} ${use.what}`;
  if (use.at > (uses.get(key)?.at ?? '')) uses.set(key, use);
}

/** Adds up a batch: once for each connection and minute, and once for all connections in that minute. */
export function tallyOf(changes: readonly CountedRecord[]): Tally {
  const minuteOfChange = (change: CountedChange) => minuteOf(new Date(timeOf(change)));
  const groups = [
    ...Map.groupBy(changes, (each) => `${minuteOfChange(each)} ${each.connectionId}`),
    ...Map.groupBy(changes, (each) => `${minuteOfChange(each)} ${allConnections}`),
  ].map(([key, records]) => {
    const [minute = '', scope = ''] = key.split(' ');
    return { minute, scope, records };
  });
  const uses = new Map<string, UseNote>();
  for (const change of changes) for (const use of usesIn(change)) noteLatest(uses, use);
  return {
    additions: groups.map(({ scope, minute, records }) => additionOf(scope, minute, records)),
    uses: [...uses.values()],
    minutes: groups
      .filter(({ scope }) => scope !== allConnections)
      .map(({ scope: connectionId, minute }) => ({ connectionId, minute })),
  };
}

const minutesOfHour = 60;

/** The counts of the 60 minutes up to the present one, the oldest first. A minute may be counted in several parts. */
export function lastSixtyMinutes(counts: readonly { minute: string; count: number }[], now: Date): number[] {
  const first = beginOfMinutes(minutesOfHour, now).getTime();
  const minutes = Array.from({ length: minutesOfHour }, (_, index) => minuteOf(new Date(first + index * 60_000)));
  const byMinute = new Map<string, number>();
  for (const { minute, count } of counts) byMinute.set(minute, (byMinute.get(minute) ?? 0) + count);
  return minutes.map((minute) => byMinute.get(minute) ?? 0);
}

/** The time after its arrival at which an event is counted, in ms, unless the counting is late. */
export const countDelayMs = 10_000;

/** The time for which a note of late counting stays valid, in ms. */
const latenessNoteMs = 5 * 60_000;

/**
 * The time up to which events are counted.
 * @param lateness the last note of late counting
 */
export function countedUpTo(lateness: { since: string; at: string } | undefined, now: Date): string {
  const usually = new Date(now.getTime() - countDelayMs).toISOString();
  // If counting is late, each batch notes this again, and a failed batch is tried again within minutes. So an older
  // note no longer counts.
  const isLate = lateness !== undefined && now.getTime() - Date.parse(lateness.at) < latenessNoteMs;
  return isLate && lateness.since < usually ? lateness.since : usually;
}

/** When a connection's tokens were last used, by token id, and when its last event came. */
export interface LastUse {
  tokens: ReadonlyMap<string, string>;
  lastEventAt: string | null;
  /** The answered handshakes. Undefined if there were none. */
  handshakes: { count: number; lastAt: string } | undefined;
}

/** Adds to a connection's view the last use of each token, if it was used, and the count of handshakes. */
export function withLastUse(view: ConnectionView, { tokens, handshakes }: LastUse): ConnectionView {
  if (!view.endpoint) return view;
  const used = view.endpoint.tokens.map((token) => {
    const lastUsedAt = tokens.get(token.id);
    return lastUsedAt === undefined ? token : { ...token, lastUsedAt };
  });
  const handshake = handshakes ? { handshake: { ...view.endpoint.handshake, ...handshakes } } : {};
  return { ...view, endpoint: { ...view.endpoint, tokens: used, ...handshake } };
}

/** A connection in a list, with its statistics if the request asks for them. */
export const listedConnectionSchema = /* @__PURE__ */ schema(() =>
  z.extend(connectionViewSchema, {
    /** The open alerts. Only with `include=stats`. */
    alerts: z.optional(
      z.array(
        z.object({
          kind: z.string(),
          /** As in the notice on the bus: for `token_old` the time at which the token was made. */
          since: z.iso.datetime(),
          threshold: z.object({ count: z.optional(z.int()), minutes: z.optional(z.int()), days: z.optional(z.int()) }),
        }),
      ),
    ),
    stats: z.optional(
      z.object({
        lastHour: z.object({
          events: z.int(),
          rejections: z.int(),
          /** The counts of the 60 minutes up to the present one, the oldest first. */
          eventsByMinute: z.array(z.int()),
          rejectionsByMinute: z.array(z.int()),
          /** The rejections by reason. */
          refused: z.record(z.string(), z.int()),
          /** When the last of these minutes begins. */
          upTo: z.iso.datetime(),
        }),
        /** Correct to the minute. A time within the last hour is correct to some seconds. */
        lastEventAt: z.nullable(z.iso.datetime()),
        /** Events are counted up to this time. Later events may be missing. */
        asOf: z.iso.datetime(),
        /** True if `rejections` is exact; otherwise it is a lower bound. */
        complete: z.boolean(),
      }),
    ),
  }),
);
export type ListedConnection = z.infer<typeof listedConnectionSchema>;
