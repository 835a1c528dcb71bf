/**
 * The state of an event's publication. Nothing is written for an event that is published normally. Therefore the state
 * is derived from the event's hold, from the release of that hold, and from the relay's notes. The relay notes that it
 * is late, or that it gave up an event. The functions here are pure.
 */
import * as z from 'zod/mini';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { timeSchema } from '../../ground/base/time.ts';
import type { StoredEvent } from '../event/event.ts';
import { ingestTimeoutSeconds } from '../event/ingest-timeout.ts';
import type { ReplayJob } from '../event/replay-job.ts';
import type { BehindNote, GivenUpNote, RelayPosition } from './relay-table.ts';

/**
 * `held`: its hold is in force. `waiting`: it may not be on the bus yet. `published`: the bus has it, because the relay
 * has passed its record. `given_up`: it is a dead letter. `discarded`: the endpoint was deconfigured while it was held.
 * `none`: a test that is not published. `unknown`: the relay's notes do not cover the time of the event.
 */
export const publicationStates = ['held', 'waiting', 'published', 'given_up', 'discarded', 'none', 'unknown'] as const;
export type PublicationState = (typeof publicationStates)[number];

/** The part of an event's view about its publication. */
export const publicationSchema = z.object({
  publication: z.enum(publicationStates),
  /** The time of this state. */
  publicationAsOf: timeSchema,
  /**
   * Only if the state is `given_up`: when the relay gave up the event, and why (the bus's error code or `Unreadable`).
   */
  givenUp: z.optional(z.object({ at: timeSchema, code: z.string() })),
});
export type PublicationView = z.infer<typeof publicationSchema>;

/** A record of this age, in ms, makes the relay late. */
export const lateAfterMs = 10_000;

/**
 * The longest time from an event's arrival to the time of its record, in ms. The longest time is ingest's timeout, and
 * one second because the stream rounds the time of a record.
 */
const maxWriteDelayMs = ingestTimeoutSeconds * 1000 + 1_000;

/** The time between two notes that the relay is alive, in ms. */
export const beatEveryMs = 60_000;

/**
 * The time for which a note counts, in ms, if its record was not late yet when the note was written. If the record is
 * still stuck, the next try writes the note again.
 */
const freshNoteMs = 60_000;

/**
 * The time for which the stream keeps a record, in ms. Older records are gone, so the relay can't be behind with them.
 */
const streamRetentionMs = 24 * 3_600_000;

/** The inputs of the state, besides the event. */
export interface PublicationFacts {
  connection: Connection;
  /** The release of the event's hold. */
  release: ReplayJob | undefined;
  givenUp: GivenUpNote | undefined;
  position: RelayPosition;
}

const earlier = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/**
 * The meaning of a note now: the relay is still behind with the record, the stream has dropped the record, or nothing.
 */
function noteMeaningOf({ since, at }: BehindNote, now: Date): 'behind' | 'dropped' | 'nothing' {
  const age = (instant: string) => now.getTime() - Date.parse(instant);
  const wasLate = Date.parse(at) - Date.parse(since) >= lateAfterMs;
  if (!wasLate) return age(at) < freshNoteMs ? 'behind' : 'nothing';
  return age(since) < streamRetentionMs ? 'behind' : 'dropped';
}

/**
 * The state of an event that is not held. The state depends on how far the relay has come.
 * @param at when the event
 * arrived or was released
 */
function stateByRelay(at: string, { alive, behind }: RelayPosition, now: Date): PublicationState {
  const notes = behind.filter(({ since }) => earlier(since, maxWriteDelayMs) <= at);
  const isLate = notes.some((note) => noteMeaningOf(note, now) === 'behind');
  if (isLate || now.getTime() - Date.parse(at) < lateAfterMs) return 'waiting';
  if (notes.some((note) => noteMeaningOf(note, now) === 'dropped' && at <= note.at)) return 'unknown';
  // A relay that was never called has written no note.
  if (!alive || at < earlier(alive.since, beatEveryMs)) return 'unknown';
  return at <= new Date(Date.parse(alive.at) + beatEveryMs).toISOString() ? 'published' : 'unknown';
}

/** The state of an event whose hold has ended. Undefined if the relay published it at its arrival. */
function afterHold(event: StoredEvent, { connection, release }: PublicationFacts): PublicationState | undefined {
  if (release) return release.endedAt === undefined ? 'waiting' : undefined;
  return connection.endpoint?.id === event.endpointId ? 'waiting' : 'discarded';
}

function stateOf(event: StoredEvent, known: PublicationFacts, now: Date): PublicationState {
  const { held, quiet, replays = 0, receivedAt, releasedAt } = event;
  if (quiet && replays === 0) return 'none';
  if (held !== undefined && held === known.connection.endpoint?.hold?.id) return 'held';
  if (known.givenUp && replays <= known.givenUp.replays) return 'given_up';
  const waiting = held === undefined ? undefined : afterHold(event, known);
  return waiting ?? stateByRelay(releasedAt ?? receivedAt, known.position, now);
}

/** The state of an event's publication now. */
export function publicationOf(event: StoredEvent, known: PublicationFacts, now: Date): PublicationView {
  const publication = stateOf(event, known, now);
  const { givenUp } = known;
  return {
    publication,
    publicationAsOf: now.toISOString(),
    ...(publication === 'given_up' && givenUp ? { givenUp: { at: givenUp.at, code: givenUp.code } } : {}),
  };
}
