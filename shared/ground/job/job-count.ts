/** Counts the things of a job before it begins. The number of things that are read is bounded. */
import { type Skips, skipsOf } from './skips.ts';

/** The most pages that a count reads, and the number of things in a page. */
const maxPages = 20;
const pageSize = 500;
/** How many things a count shows. */
export const sampleSize = 5;

/** The result of a count. If it is not `complete`, it is a lower bound. */
export interface JobCount<Reason extends string> {
  count: number;
  complete: boolean;
  /** The times of arrival of the oldest and of the newest event. Null if there is none. */
  first: string | null;
  last: string | null;
  /** How many of them the job skips. */
  skipped: number;
  skippedBecause: Skips<Reason>;
}

/** Reads the first pages of a list. It is complete if no page follows. */
export async function readFirstPages<T>(
  readPage: (page: { limit: number; after: string | undefined }) => Promise<{ things: T[]; next: string | undefined }>,
): Promise<{ things: T[]; complete: boolean }> {
  const all: T[] = [];
  let after: string | undefined;
  for (let pages = 0; pages < maxPages; pages += 1) {
    const { things, next } = await readPage({ limit: pageSize, after });
    all.push(...things);
    if (next === undefined) return { things: all, complete: true };
    after = next;
  }
  return { things: all, complete: false };
}

/** @param why why the job skips a thing; undefined if it does not */
export function countOf<T extends { receivedAt: string }, Reason extends string>(
  { things, complete }: { things: readonly T[]; complete: boolean },
  why: (thing: T) => Reason | undefined,
): JobCount<Reason> {
  const reasons = things.flatMap((thing) => why(thing) ?? []);
  return {
    count: things.length,
    complete,
    first: things[0]?.receivedAt ?? null,
    last: things.at(-1)?.receivedAt ?? null,
    skipped: reasons.length,
    skippedBecause: skipsOf(reasons),
  };
}
