/**
 * How the publication of an event stands. Nothing is written for an event that goes well, so this is derived: from the
 * event's mark of a hold, from the run that releases it, and from what the relay notes when it is late or gives up.
 * Pure.
 */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import type { Connection } from '../endpoint/connection.ts';
import type { StoredEvent } from '../event/event.ts';
import type { ReplayJob } from '../event/replay-job.ts';
import type { BehindNote, GivenUpNote, RelayPosition } from './relay-table.ts';

/**
 * `held`: its hold is in force. `waiting`: it is not known to be on the bus yet. `published`: the bus has it, for the relay
 * has passed it. `given_up`: it is in the failures bucket. `discarded`: the endpoint was deconfigured while it was held.
 * `none`: a test that was not to be published. `unknown`: the relay has noted too little of that time.
 */
export const publicationStates = ['held', 'waiting', 'published', 'given_up', 'discarded', 'none', 'unknown'] as const;
export type PublicationState = (typeof publicationStates)[number];

/** What an event's view says of its publication. */
export const publicationSchema = z.object({
  publication: z.enum(publicationStates),
  /** When this was so. */
  publicationAsOf: timeSchema,
  /** Only of what was given up: when, and the bus's code of why, or `Unreadable`. */
  givenUp: z.optional(z.object({ at: timeSchema, code: z.string() })),
});
export type PublicationView = z.infer<typeof publicationSchema>;

/** The relay is late with a record of this age, in ms. */
export const lateAfterMs = 10_000;

/** How long after its time of arrival an event may be written, in ms: what ingest may take, and a second that the stream rounds off. */
const writing = 11_000;

/** The relay shows a sign of life once a minute, in ms. */
const beat = 60_000;

/** How long a note of a record counts that was not late then, in ms: the next try notes it again. */
const retrying = 60_000;

/** How long the stream keeps a record, in ms; the relay can't be behind with an older one any more. */
const streamKeeps = 24 * 3_600_000;

/** What is known beside the event. */
export interface PublicationFacts {
  connection: Connection;
  /** The release of the hold that the event came under. */
  release: ReplayJob | undefined;
  givenUp: GivenUpNote | undefined;
  position: RelayPosition;
}

const before = (at: string, ms: number): string => new Date(Date.parse(at) - ms).toISOString();

/** What a note says now: the relay is still behind with the record, or the stream has dropped it, or nothing any more. */
function meaningOf({ since, at }: BehindNote, now: Date): 'behind' | 'dropped' | 'nothing' {
  const age = (instant: string) => now.getTime() - Date.parse(instant);
  const wasLate = Date.parse(at) - Date.parse(since) >= lateAfterMs;
  if (!wasLate) return age(at) < retrying ? 'behind' : 'nothing';
  return age(since) < streamKeeps ? 'behind' : 'dropped';
}

/** Whether the relay has passed what was written at this time. */
function passed(at: string, { alive, behind }: RelayPosition, now: Date): PublicationState {
  const notes = behind.filter(({ since }) => before(since, writing) <= at);
  const isLate = notes.some((note) => meaningOf(note, now) === 'behind');
  if (isLate || now.getTime() - Date.parse(at) < lateAfterMs) return 'waiting';
  if (notes.some((note) => meaningOf(note, now) === 'dropped' && at <= note.at)) return 'unknown';
  // Of the time of an earlier version nothing is noted.
  if (!alive || at < before(alive.since, beat)) return 'unknown';
  return at <= new Date(Date.parse(alive.at) + beat).toISOString() ? 'published' : 'unknown';
}

/** Of an event that bears the mark of a hold which is over; undefined if the relay published it when it came. */
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
  return waiting ?? passed(releasedAt ?? receivedAt, known.position, now);
}

/** How the publication of an event stands now. */
export function publicationOf(event: StoredEvent, known: PublicationFacts, now: Date): PublicationView {
  const publication = stateOf(event, known, now);
  const { code = '', at = '' } = known.givenUp ?? {};
  return {
    publication,
    publicationAsOf: now.toISOString(),
    ...(publication === 'given_up' ? { givenUp: { at, code } } : {}),
  };
}
