/**
 * Counts in the Journal table what anybody can cause at any rate: refused webhooks and duplicates. A flood must not make the Journal grow or other
 * senders wait. Each instance therefore writes the first ten of a minute at once, so an operator who looks for a mistake sees all
 * of them. After that it writes at most once a second. It begins ten seconds after the first, so a minute has no more writes than
 * seconds. Each write includes all that the instance has not written yet. If nothing further follows, the unwritten rest is lost.
 * The count is then a lower bound and not `exact`. If nobody knows whether a write was made, it is not repeated. The count is then not `exact`
 * either, which the next request of any connection writes. If none follows, only the log knows.
 *
 * An item keeps up to twenty ids of senders, `id#<place>`, and `ids` says how many requests had one. Each place keeps its first id, so a write needs
 * no condition, and an item can't grow.
 *
 * A count is an item with `count`, `exact` and `expiresAt`. Its sort key is `<minute><what>#<shard>`. A count with causes has the count and the
 * first sample of each of the first three causes that an instance meets in a minute too: `count#<cause>` and `sample#<cause>`.
 */
import { type AttributeValue, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { Log } from '../../ground/aws/logger.ts';
import { minuteOf } from '../../ground/base/time.ts';
import { maxCauses, maxKeptIds, rejectionShards } from './rejection.ts';

/** Something to count. */
export interface Counted {
  pk: string;
  /** What follows the minute in the sort key. */
  what: string;
  /** Why it happened, with a sample as JSON. */
  cause?: { name: string; sample: string };
  /** The id that its sender gave it. */
  deliveryId?: string | undefined;
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
  /** The ids, each with the number of its place in the item. They stay, so that a write which was not made repeats them. */
  ids: Map<string, number>;
  /** How many unwritten ones have an id. */
  withId: { count: number };
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

const firstPlace = Math.floor(Math.random() * maxKeptIds);

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

/** What an instance has not written yet. */
function unwrittenCounts() {
  const unwritten = new Map<string, Unwritten>();
  // Once something was left out because `unwritten` was full, every later count may be too low.
  let isFull = false;
  return {
    remember(counted: Counted): void {
      const key = `${counted.pk} ${minuteOf(counted.at)} ${counted.what}`;
      const known = unwritten.get(key);
      if (known) {
        known.count += 1;
        countCause(known, counted.cause);
        keepId(known, counted.deliveryId);
      } else if (unwritten.size >= maxUnwritten) isFull = true;
      else unwritten.set(key, keepId(firstOf(counted, isFull), counted.deliveryId));
    },

    /** Returns the counts that may be written now. Forgets the counts of past minutes that are completely written. */
    due(now: Date): Unwritten[] {
      const chosen: Unwritten[] = [];
      for (const [key, each] of unwritten) {
        if (!isOpen(each) && each.underWay === 0 && each.minute !== minuteOf(now)) unwritten.delete(key);
        else if (isDue(each, now)) chosen.push(each);
        if (chosen.length === maxWritesPerRequest) break;
      }
      return chosen;
    },
  };
}

const firstOf = ({ pk, what, cause, keptSeconds, at }: Counted, isLossy: boolean): Unwritten => ({
  pk,
  what,
  keptSeconds,
  minute: minuteOf(at),
  count: 1,
  causes: new Map(cause && [[cause.name, { sample: cause.sample, count: 1 }]]),
  ids: new Map(),
  withId: { count: 0 },
  firstAt: at.getTime(),
  nextAt: 0,
  writes: 0,
  isImmediate: true,
  isLossy,
  owesMark: false,
  underWay: 0,
});

const isOpen = ({ count, owesMark }: Unwritten): boolean => count > 0 || owesMark;
const isDue = (each: Unwritten, now: Date): boolean => isOpen(each) && now.getTime() >= each.nextAt;

/** Takes what a count has not written. Returns what gives it back, for a write that was not made. */
function take(each: Unwritten): () => void {
  const counts = [each, each.withId, ...each.causes.values()].map((of) => ({ of, count: of.count }));
  for (const { of } of counts) of.count = 0;
  return () => {
    for (const { of, count } of counts) of.count += count;
  };
}

/** Notes that a write begins, and when the next may. */
function begin(each: Unwritten, now: Date): void {
  each.writes += 1;
  each.underWay += 1;
  each.isImmediate &&= each.writes < immediateWrites;
  if (each.isImmediate) return;
  // Makes up for the immediate writes: on average there is never more than one write a second.
  each.nextAt = Math.max(now.getTime() + writeIntervalMs, each.firstAt + each.writes * writeIntervalMs);
  // What follows waits for a later write, which may never come.
  each.isLossy = true;
}

/**
 * Counts for one instance.
 * @param client must not retry: a repeated addition would count twice
 */
export function sparingCounter(
  client: DynamoDBClient,
  table: string,
  { warning, log, random = Math.random, onWrite }: SparingOptions,
): CountSparingly {
  const { remember, due } = unwrittenCounts();

  async function write(each: Unwritten, now: Date): Promise<void> {
    const { count } = each;
    begin(each, now);
    const addition = additionOf(each, table, Math.floor(random() * rejectionShards));
    const giveBack = take(each);
    try {
      await client.send(addition, { abortSignal: AbortSignal.timeout(writeTimeoutMs) });
      each.owesMark = false;
    } catch (error) {
      const { name, $fault } = error as Error & { $fault?: string };
      // A write that DynamoDB refused was not made, so the next write includes what it had. After any other failure, the
      // write may have been made.
      const wasRefused = $fault === 'client';
      if (wasRefused) giveBack();
      else each.owesMark = true;
      // Senders must not wait for several failed writes in a row. So the count is not exact any more.
      each.isImmediate = false;
      each.nextAt = Math.max(each.nextAt, now.getTime() + writeIntervalMs);
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

/** Instances begin at different places, so that they seldom meet at one. */
function keepId(each: Unwritten, id: string | undefined): Unwritten {
  if (id === undefined) return each;
  each.withId.count += 1;
  const { ids } = each;
  if (ids.size < maxKeptIds && !ids.has(id)) ids.set(id, (firstPlace + ids.size) % maxKeptIds);
  return each;
}

function additionOf(
  { pk, minute, what, count, causes, ids, withId, isLossy, keptSeconds }: Unwritten,
  table: string,
  shard: number,
) {
  const adds = ['#count :count'];
  const sets: string[] = [];
  const names: Record<string, string> = { '#count': 'count' };
  const values: Record<string, AttributeValue> = {
    ':exact': { BOOL: !isLossy },
    ':count': { N: `${count}` },
    ':expiresAt': { N: `${Date.parse(`${minute}Z`) / 1000 + keptSeconds}` },
  };
  for (const [name, cause] of causes) {
    const at = sets.length;
    adds.push(`#count${at} :count${at}`);
    sets.push(`#sample${at} = if_not_exists(#sample${at}, :sample${at})`);
    names[`#count${at}`] = `count#${name}`;
    names[`#sample${at}`] = `sample#${name}`;
    values[`:count${at}`] = { N: `${cause.count}` };
    values[`:sample${at}`] = { S: cause.sample };
  }
  if (withId.count > 0) {
    adds.push('ids :ids');
    values[':ids'] = { N: `${withId.count}` };
  }
  for (const [id, place] of ids) {
    sets.push(`#id${place} = if_not_exists(#id${place}, :id${place})`);
    names[`#id${place}`] = `id#${place}`;
    values[`:id${place}`] = { S: id };
  }
  // A count that is not exact stays that way.
  sets.push('expiresAt = :expiresAt', isLossy ? 'exact = :exact' : 'exact = if_not_exists(exact, :exact)');
  return new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: pk }, sk: { S: `${minute}${what}#${shard}` } },
    UpdateExpression: `ADD ${adds.join(', ')} SET ${sets.join(', ')}`,
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  });
}
