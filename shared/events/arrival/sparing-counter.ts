/**
 * Counts in the Journal table what anybody can cause at any rate: refused webhooks and duplicates. A flood must not make the Journal grow or other
 * senders wait. Each instance therefore writes the first ten of a minute at once, so an operator who looks for a mistake sees all
 * of them. After that it writes at most once a second. It begins ten seconds after the first, so a minute has no more writes than
 * seconds. Each write includes all that the instance has not written yet. If nothing further follows, the unwritten rest is lost.
 * The count is then a lower bound and not `exact`. If nobody knows whether a write was made, it is not repeated. The count is then not `exact`
 * either, which the next request of any connection writes. If none follows, only the log knows.
 *
 * A count is an item with `count`, `exact` and `expiresAt`. Its sort key is `<minute><what>#<shard>`. A count with causes has the count and the
 * first sample of each of the first three causes that an instance meets in a minute too: `count#<cause>` and `sample#<cause>`.
 */
import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Log } from '../aws/logger.ts';
import { minuteOf } from '../base/time.ts';
import { maxCauses, rejectionShards } from './rejection.ts';

/** Something to count. */
export interface Counted {
  pk: string;
  /** What follows the minute in the sort key. */
  what: string;
  /** Why it happened, with a sample as JSON. */
  cause?: { name: string; sample: string };
  keptSeconds: number;
  at: Date;
}

/** The first sample of a cause, and how many of them are unwritten. */
interface UnwrittenCause {
  sample: string;
  count: number;
}

/** What one count has not written yet. */
interface Unwritten extends Pick<Counted, 'pk' | 'what' | 'keptSeconds'> {
  minute: string;
  count: number;
  causes: Map<string, UnwrittenCause>;
  /** When the first came, in epoch milliseconds. */
  firstAt: number;
  /** The time before which no write is due, in epoch milliseconds. */
  nextAt: number;
  /** The number of writes that were tried. */
  writes: number;
  /** Whether what follows is written at once. */
  isImmediate: boolean;
  /** Whether some may never be written. */
  isLossy: boolean;
  /** Whether the last write may have been lost, so that the count has yet to say that it is not exact. */
  owesMark: boolean;
  /** The number of its writes that are under way. One that fails must find it again. */
  underWay: number;
}

/** The number of counts that an instance keeps at once. What needs a further count is not counted. */
const maxUnwritten = 1_000;
/** The most of these counts that one request writes. */
const maxWritesPerRequest = 10;
/** How many of a count are written without delay. */
const immediateWrites = 10;
/** The time between two writes of the same count after its immediate writes, and on average, in ms. */
const writeIntervalMs = 1_000;
/** The longest time that a request waits for a write, in ms. */
const writeTimeoutMs = 1_000;

export interface SparingOptions {
  /** The line that the log gets when a write fails, with the error's name and how many are lost. */
  warning: string;
  log: Log;
  /** A number from 0 to 1. It spreads the writes of many instances over the shards. */
  random?: (() => number) | undefined;
  /** Is told of each write. It must not fail. */
  onWrite?: ((pk: string, minute: string, now: Date) => Promise<void>) | undefined;
}

/** Counts one. Never fails, and waits only for a write that is due. */
export type CountSparingly = (counted: Counted) => Promise<void>;

/**
 * Counts for one instance.
 * @param client must not retry: a repeated addition would count twice
 */
export function sparingCounter(
  client: DynamoDBClient,
  table: string,
  { warning, log, random = Math.random, onWrite }: SparingOptions,
): CountSparingly {
  const unwritten = new Map<string, Unwritten>();
  // Once something was left out because `unwritten` was full, every later count may be too low.
  let isFull = false;

  function remember({ pk, what, cause, keptSeconds, at }: Counted): void {
    const minute = minuteOf(at);
    const key = `${pk} ${minute} ${what}`;
    const known = unwritten.get(key);
    if (known) {
      known.count += 1;
      countCause(known, cause);
    } else if (unwritten.size >= maxUnwritten) isFull = true;
    else {
      const first = { pk, what, keptSeconds, minute, count: 1, firstAt: at.getTime() };
      const causes = new Map(cause ? [[cause.name, { sample: cause.sample, count: 1 }]] : []);
      unwritten.set(key, {
        ...first,
        causes,
        nextAt: 0,
        writes: 0,
        isImmediate: true,
        isLossy: isFull,
        owesMark: false,
        underWay: 0,
      });
    }
  }

  const isOpen = ({ count, owesMark }: Unwritten): boolean => count > 0 || owesMark;
  const isDue = (each: Unwritten, now: Date): boolean => isOpen(each) && now.getTime() >= each.nextAt;

  /** Returns the counts that may be written now. Forgets the counts of past minutes that are completely written. */
  function due(now: Date): Unwritten[] {
    const chosen: Unwritten[] = [];
    for (const [key, each] of unwritten) {
      if (!isOpen(each) && each.underWay === 0 && each.minute !== minuteOf(now)) unwritten.delete(key);
      else if (isDue(each, now)) chosen.push(each);
      if (chosen.length === maxWritesPerRequest) break;
    }
    return chosen;
  }

  async function write(each: Unwritten, now: Date): Promise<void> {
    const { count } = each;
    const inAnInterval = now.getTime() + writeIntervalMs;
    each.writes += 1;
    each.underWay += 1;
    each.isImmediate &&= each.writes < immediateWrites;
    if (!each.isImmediate) {
      // Makes up for the immediate writes: on average there is never more than one write a second.
      each.nextAt = Math.max(inAnInterval, each.firstAt + each.writes * writeIntervalMs);
      // What follows waits for a later write, which may never come.
      each.isLossy = true;
    }
    const addition = additionOf(each, table, Math.floor(random() * rejectionShards));
    const taken = [...each.causes.values()].map((cause) => ({ cause, count: cause.count }));
    each.count = 0;
    for (const { cause } of taken) cause.count = 0;
    try {
      await client.send(addition, { abortSignal: AbortSignal.timeout(writeTimeoutMs) });
      each.owesMark = false;
    } catch (error) {
      const { name, $fault } = error as Error & { $fault?: string };
      // A write that DynamoDB refused was not made, so the next write includes what it had. After any other failure, the
      // write may have been made.
      const wasRefused = $fault === 'client';
      if (wasRefused) {
        each.count += count;
        for (const { cause, count } of taken) cause.count += count;
      } else each.owesMark = true;
      // Senders must not wait for several failed writes in a row. So the count is not exact any more.
      each.isImmediate = false;
      each.nextAt = Math.max(each.nextAt, inAnInterval);
      log({ warning, fault: name, lost: wasRefused ? 0 : count }, 'warn');
    } finally {
      each.underWay -= 1;
    }
  }

  return async (counted) => {
    remember(counted);
    const { at } = counted;
    await Promise.all(due(at).flatMap((each) => [write(each, at), onWrite?.(each.pk, each.minute, at)]));
  };
}

function countCause({ causes }: Unwritten, cause: Counted['cause']): void {
  if (!cause) return;
  const known = causes.get(cause.name);
  if (known) known.count += 1;
  else if (causes.size < maxCauses) causes.set(cause.name, { sample: cause.sample, count: 1 });
}

function additionOf(
  { pk, minute, what, count, causes, isLossy, keptSeconds }: Unwritten,
  table: string,
  shard: number,
) {
  const stored = [...causes].map(([name, cause], at) => ({ at, name, ...cause }));
  const adds = ['#count :count', ...stored.map(({ at }) => `#count${at} :count${at}`)];
  const sets = [
    ...stored.map(({ at }) => `#sample${at} = if_not_exists(#sample${at}, :sample${at})`),
    'expiresAt = :expiresAt',
    // A count that is not exact stays that way.
    isLossy ? 'exact = :exact' : 'exact = if_not_exists(exact, :exact)',
  ];
  return new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: pk }, sk: { S: `${minute}${what}#${shard}` } },
    UpdateExpression: `ADD ${adds.join(', ')} SET ${sets.join(', ')}`,
    ExpressionAttributeNames: {
      '#count': 'count',
      ...Object.fromEntries(
        stored.flatMap(({ at, name }) => [
          [`#count${at}`, `count#${name}`],
          [`#sample${at}`, `sample#${name}`],
        ]),
      ),
    },
    ExpressionAttributeValues: {
      ':exact': { BOOL: !isLossy },
      ':count': { N: String(count) },
      ':expiresAt': { N: String(Date.parse(`${minute}Z`) / 1000 + keptSeconds) },
      ...Object.fromEntries(
        stored.flatMap(({ at, sample, count }) => [
          [`:count${at}`, { N: String(count) }],
          [`:sample${at}`, { S: sample }],
        ]),
      ),
    },
  });
}
