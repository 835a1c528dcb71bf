/**
 * Usage: how many events a connection had of late, and when its tokens were last used. It is read off the stream of the
 * Events table, never in the request path. The stream may tell an event twice, so a count is never too low and may be
 * too high. A last use is right to a minute, for no token is noted more often than that; when the last event came is told by
 * the counts, which are written with every batch.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { type ConnectionView, connectionViewSchema } from '../endpoint/connection-view.ts';
import { minuteOf } from './rejection.ts';

const arrivalSchema = z.object({ connectionId: z.string(), tokenId: z.string(), receivedAt: z.iso.datetime() });

/** The arrival of an event. */
export type EventArrival = z.infer<typeof arrivalSchema>;

/**
 * The arrival that a record of the stream tells; undefined for a replay, a release or a removal. What arrives with the
 * delivery id of an event that is expired and still there takes its place, and is one too.
 * @throws on a record that is none of an event
 */
export function eventArrivalIn({ dynamodb }: DynamoDBRecord): EventArrival | undefined {
  const { NewImage, OldImage } = dynamodb ?? {};
  // A test of an operator's says nothing about the sender.
  if (!NewImage || NewImage['test']?.BOOL) return undefined;
  const [connectionId, tokenId, receivedAt] = ['connectionId', 'tokenId', 'receivedAt'].map((key) => NewImage[key]?.S);
  const arrival = arrivalSchema.parse({ connectionId, tokenId, receivedAt });
  return OldImage?.['receivedAt']?.S === arrival.receivedAt ? undefined : arrival;
}

/** Events of one connection and minute, and when the last of them came. `first` is where in the batch the first of them is. */
export interface MinuteCount {
  connectionId: string;
  minute: string;
  events: number;
  lastAt: string;
  first: number;
}

/** When something of a connection was last used: `token#<id>`, or `events` for any of them. */
export interface UseNote {
  connectionId: string;
  what: string;
  at: string;
  first: number;
}

/** What a batch adds up to. @param arrivals in their places in the batch; undefined where there is none */
export function tallyOf(arrivals: readonly (EventArrival | undefined)[]): { counts: MinuteCount[]; uses: UseNote[] } {
  const counts = new Map<string, MinuteCount>();
  const uses = new Map<string, UseNote>();
  for (const [first, arrival] of arrivals.entries()) {
    if (!arrival) continue;
    const { connectionId, tokenId, receivedAt: at } = arrival;
    const minute = minuteOf(new Date(at));
    const count = counts.get(`${connectionId} ${minute}`) ?? { connectionId, minute, events: 0, lastAt: at, first };
    const later = at > count.lastAt ? { lastAt: at } : {};
    counts.set(`${connectionId} ${minute}`, { ...count, ...later, events: count.events + 1 });
    for (const what of [`token#${tokenId}`, 'events']) {
      const use = uses.get(`${connectionId} ${what}`) ?? { connectionId, what, at, first };
      uses.set(`${connectionId} ${what}`, at > use.at ? { ...use, at } : use);
    }
  }
  return { counts: [...counts.values()], uses: [...uses.values()] };
}

/** How long after its arrival an event is counted, in ms, unless the stream's reader is late. */
export const countDelayMs = 10_000;

/**
 * The instant up to which events are counted.
 * @param lateness what the stream's reader last noted of being late
 */
export function countedUpTo(lateness: { since: string; at: string } | undefined, now: Date): string {
  const usually = new Date(now.getTime() - countDelayMs).toISOString();
  // A reader that is late notes it again with each batch, and tries a batch that fails again within minutes.
  const isLate = lateness !== undefined && now.getTime() - Date.parse(lateness.at) < 5 * 60_000;
  return isLate && lateness.since < usually ? lateness.since : usually;
}

/** When a connection's tokens were last used, by their ids, and when its last event came. */
export interface LastUse {
  tokens: ReadonlyMap<string, string>;
  lastEventAt: string | null;
  /** The handshakes that were answered; undefined if none was. */
  handshakes: { count: number; lastAt: string } | undefined;
}

/** A connection as operators read it, with the last use of each token, of which one that was never used has none, and its handshakes. */
export function withLastUse(view: ConnectionView, { tokens, handshakes }: LastUse): ConnectionView {
  if (!view.endpoint) return view;
  const used = view.endpoint.tokens.map((token) => {
    const lastUsedAt = tokens.get(token.id);
    return lastUsedAt === undefined ? token : { ...token, lastUsedAt };
  });
  const handshake = handshakes ? { handshake: { ...view.endpoint.handshake, ...handshakes } } : {};
  return { ...view, endpoint: { ...view.endpoint, tokens: used, ...handshake } };
}

/** A connection in a list, with what happened in the last hour if that was asked for. */
export const listedConnectionSchema = z.extend(connectionViewSchema, {
  stats: z.optional(
    z.object({
      lastHour: z.object({ events: z.int(), rejections: z.int() }),
      /** Right to a minute, and to some seconds within the last hour. */
      lastEventAt: z.nullable(z.iso.datetime()),
      /** Events are counted up to this instant; later ones may be missing. */
      asOf: z.iso.datetime(),
      /** True if `rejections` is exact; otherwise it is a lower bound. */
      complete: z.boolean(),
    }),
  ),
});
export type ListedConnection = z.infer<typeof listedConnectionSchema>;
