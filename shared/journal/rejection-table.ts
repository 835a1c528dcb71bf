/**
 * Rejections in the Journal table. The functions that refuse requests write them.
 *
 * | pk                           | sk                          | count | exact | count#<cause> | sample#<cause>         | expiresAt |
 * |------------------------------|-----------------------------|-------|-------|---------------|------------------------|-----------|
 * | `rejections#<connection id>` | `<minute>#<reason>#<shard>` | n     | bool  | n             | its first sample, JSON | 30 days   |
 *
 * One reason can have several causes. The item keeps the count and the first sample of each of the first three causes that an
 * instance meets in a minute. If the counts of the causes don't add up to `count`, rejections of further causes are among it.
 *
 * A flood of bad requests must not make the Journal grow or other senders wait. Each instance therefore writes the first ten
 * rejections of a connection, reason and minute at once, so an operator who looks for a mistake sees all of them. After that it
 * writes at most once a second. It begins ten seconds after the first rejection, so a minute has no more writes than seconds. Each
 * write includes all rejections that the instance has not written yet. If no further rejection follows, the unwritten rejections
 * are lost. The count is then a lower bound and not `exact`. If nobody knows whether a write was made, it is not repeated. The
 * count is then not `exact` either. The metric from the log is always exact.
 */

import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import type { Log } from '../aws/logger.ts';
import {
  maxCauses,
  minuteOf,
  type RejectionReason,
  type RejectionSample,
  rejectionKeptSeconds,
  rejectionShards,
  sampleCauseOf,
} from './rejection.ts';

/** One refused request of a known connection. */
export interface Rejection {
  connectionId: string;
  reason: RejectionReason;
  sample: RejectionSample;
  at: Date;
}

/** The first rejection of a cause, and the number of unwritten ones. */
interface UnwrittenCause {
  sample: RejectionSample;
  count: number;
}

/** The unwritten rejections of one connection, minute and reason. */
interface UnwrittenRejections {
  pk: string;
  minute: string;
  reason: RejectionReason;
  count: number;
  causes: Map<string, UnwrittenCause>;
  /** When the first of them came, in epoch milliseconds. */
  firstAt: number;
  /** The time before which no write is due, in epoch milliseconds. */
  nextAt: number;
  /** The number of writes that were tried. */
  writes: number;
  /** Whether further rejections are written at once. */
  isImmediate: boolean;
  /** Whether some of these rejections may never be written. */
  isLossy: boolean;
}

/**
 * The number of counts that an instance keeps at once. Each count is for one connection, minute and reason. A rejection
 * that needs a further count is not counted.
 */
const maxUnwritten = 1_000;
/** The most of these counts that one refused request writes. */
const maxWritesPerRequest = 10;
/** The number of rejections of a connection, minute and reason that are written without delay. */
const immediateWrites = 10;
/** The time between two writes of the same count after its immediate writes, and on average, in ms. */
const writeIntervalMs = 1_000;
/** The longest time that a refused request waits for a write, in ms. */
const writeTimeoutMs = 1_000;

/** Counts a rejection. Never fails, and waits only for a write that is due. */
export type CountRejection = (rejection: Rejection) => Promise<void>;

/**
 * Counts rejections for one instance.
 * @param client must not retry: a repeated addition would count twice
 * @param random a number from 0 to 1; it spreads the writes of many instances over the shards
 * @param log gets a line when a write fails, with the error's name and the number of rejections that are lost
 */
export function rejectionCounter(
  client: DynamoDBClient,
  table: string,
  log: Log,
  random: () => number = Math.random,
): CountRejection {
  const unwritten = new Map<string, UnwrittenRejections>();
  // Once a rejection was left out because `unwritten` was full, every later count may be too low.
  let isFull = false;

  function remember({ connectionId, reason, sample, at }: Rejection): void {
    const minute = minuteOf(at);
    const key = `${connectionId} ${minute} ${reason}`;
    const known = unwritten.get(key);
    if (known) {
      known.count += 1;
      countCause(known, sample);
    } else if (unwritten.size >= maxUnwritten) isFull = true;
    else {
      const first = { pk: journalKey('rejections', connectionId), minute, reason, count: 1, firstAt: at.getTime() };
      const causes = new Map([[sampleCauseOf(sample), { sample, count: 1 }]]);
      unwritten.set(key, { ...first, causes, nextAt: 0, writes: 0, isImmediate: true, isLossy: isFull });
    }
  }

  const isDue = ({ count, nextAt }: UnwrittenRejections, now: Date): boolean => count > 0 && now.getTime() >= nextAt;

  /** Returns the counts that may be written now. Forgets the counts of past minutes that are completely written. */
  function due(now: Date): UnwrittenRejections[] {
    const chosen: UnwrittenRejections[] = [];
    for (const [key, each] of unwritten) {
      if (each.count === 0 && each.minute !== minuteOf(now)) unwritten.delete(key);
      else if (isDue(each, now)) chosen.push(each);
      if (chosen.length === maxWritesPerRequest) break;
    }
    return chosen;
  }

  async function write(each: UnwrittenRejections, now: Date): Promise<void> {
    const { count } = each;
    const inAnInterval = now.getTime() + writeIntervalMs;
    each.writes += 1;
    each.isImmediate &&= each.writes < immediateWrites;
    if (!each.isImmediate) {
      // Makes up for the immediate writes: on average there is never more than one write a second.
      each.nextAt = Math.max(inAnInterval, each.firstAt + each.writes * writeIntervalMs);
      // Further rejections wait for a later write, which may never come.
      each.isLossy = true;
    }
    const addition = rejectionAddition(each, table, Math.floor(random() * rejectionShards));
    const taken = [...each.causes.values()].map((cause) => ({ cause, count: cause.count }));
    each.count = 0;
    for (const { cause } of taken) cause.count = 0;
    try {
      await client.send(addition, { abortSignal: AbortSignal.timeout(writeTimeoutMs) });
    } catch (error) {
      const { name, $fault } = error as Error & { $fault?: string };
      // A write that DynamoDB refused was not made, so the next write includes its rejections. After any other failure, the
      // write may have been made.
      const wasRefused = $fault === 'client';
      if (wasRefused) {
        each.count += count;
        for (const { cause, count } of taken) cause.count += count;
      }
      // Refused senders must not wait for several failed writes in a row. So the count is not exact any more.
      each.isImmediate = false;
      each.nextAt = Math.max(each.nextAt, inAnInterval);
      log({ warning: 'rejections_not_written', fault: name, lost: wasRefused ? 0 : count }, 'warn');
    }
  }

  return async (rejection) => {
    remember(rejection);
    await Promise.all(due(rejection.at).map((each) => write(each, rejection.at)));
  };
}

function countCause({ causes }: UnwrittenRejections, sample: RejectionSample): void {
  const name = sampleCauseOf(sample);
  const known = causes.get(name);
  if (known) known.count += 1;
  else if (causes.size < maxCauses) causes.set(name, { sample, count: 1 });
}

function rejectionAddition(
  { pk, minute, reason, count, causes, isLossy }: UnwrittenRejections,
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
    Key: { pk: { S: pk }, sk: { S: `${minute}#${reason}#${shard}` } },
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
      ':expiresAt': { N: String(Date.parse(`${minute}Z`) / 1000 + rejectionKeptSeconds) },
      ...Object.fromEntries(
        stored.flatMap(({ at, sample, count }) => [
          [`:count${at}`, { N: String(count) }],
          [`:sample${at}`, { S: JSON.stringify(sample) }],
        ]),
      ),
    },
  });
}
