/**
 * Usage: how many events a connection received lately, and when its tokens were last used. Usage is counted from the stream of
 * the Events table, so it does not slow down a request. The stream can deliver an event twice, so a count is never too low but
 * can be too high. A last use is correct to the minute, because the use of a token is noted at most once a minute. The counts
 * are written with every batch, so they have the exact time of the last event.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { schema } from '../base/schema.ts';
import { type ConnectionView, connectionViewSchema } from '../endpoint/connection-view.ts';
import { minuteOf } from './rejection.ts';

const arrivalSchema = /* @__PURE__ */ schema(() =>
  z.object({ connectionId: z.string(), tokenId: z.string(), receivedAt: z.iso.datetime() }),
);

/** The arrival of an event. */
export type EventArrival = z.infer<typeof arrivalSchema>;

/**
 * The arrival in a record of the stream. Returns undefined for a replay, a release or a removal. A delivery that replaces an
 * expired event with the same delivery id is an arrival too.
 * @throws if the record is not of an event
 */
export function eventArrivalIn({ dynamodb }: DynamoDBRecord): EventArrival | undefined {
  const { NewImage, OldImage } = dynamodb ?? {};
  // A self-test is not a use by the sender.
  if (!NewImage || NewImage['test']?.BOOL) return undefined;
  const [connectionId, tokenId, receivedAt] = ['connectionId', 'tokenId', 'receivedAt'].map((key) => NewImage[key]?.S);
  const arrival = arrivalSchema.parse({ connectionId, tokenId, receivedAt });
  return OldImage?.['receivedAt']?.S === arrival.receivedAt ? undefined : arrival;
}

/**
 * The events of a connection and minute, with the time of the last one. `first` is the position of the first of these events in
 * the batch.
 */
export interface MinuteCount {
  connectionId: string;
  minute: string;
  events: number;
  lastAt: string;
  first: number;
}

/** One of a connection's last uses. `what` is `token#<id>` for the last use of that token, or `events` for the last event. */
export interface UseNote {
  connectionId: string;
  what: string;
  at: string;
  first: number;
}

/**
 * Adds up a batch.
 * @param arrivals one for each record of the batch; undefined if the record is not an arrival
 */
export function tallyOf(arrivals: readonly (EventArrival | undefined)[]): { counts: MinuteCount[]; uses: UseNote[] } {
  const counts = new Map<string, MinuteCount>();
  const uses = new Map<string, UseNote>();
  for (const [first, arrival] of arrivals.entries()) {
    if (!arrival) continue;
    const { connectionId, tokenId, receivedAt: at } = arrival;
    const minute = minuteOf(new Date(at));
    const count = counts.get(`${connectionId} ${minute}`) ?? { connectionId, minute, events: 0, lastAt: at, first };
    const latest = at > count.lastAt ? { lastAt: at } : {};
    counts.set(`${connectionId} ${minute}`, { ...count, ...latest, events: count.events + 1 });
    for (const what of [`token#${tokenId}`, 'events']) {
      const use = uses.get(`${connectionId} ${what}`) ?? { connectionId, what, at, first };
      uses.set(`${connectionId} ${what}`, at > use.at ? { ...use, at } : use);
    }
  }
  return { counts: [...counts.values()], uses: [...uses.values()] };
}

const minutesOfHour = 60;

/** The counts of the 60 minutes up to the present one, the oldest first. A minute may be counted in several parts. */
export function lastSixtyMinutes(counts: readonly { minute: string; count: number }[], now: Date): number[] {
  const first = now.getTime() - (minutesOfHour - 1) * 60_000;
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
    stats: z.optional(
      z.object({
        lastHour: z.object({
          events: z.int(),
          rejections: z.int(),
          /** The counts of the 60 minutes up to the present one, the oldest first. */
          eventsByMinute: z.array(z.int()),
          rejectionsByMinute: z.array(z.int()),
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
