/**
 * Rejections in the Journal table, written by those who refuse.
 *
 * | pk                           | sk                          | count | exact | sample#<cause>          | expiresAt |
 * |------------------------------|-----------------------------|-------|-------|-------------------------|-----------|
 * | `rejections#<connection id>` | `<minute>#<reason>#<shard>` | n     | bool  | its first sample, JSON  | 30 days   |
 *
 * One reason can have several causes, so the first sample of each is kept, of the first three that an instance meets in a
 * minute. Items of the version before have one sample, named `sample`.
 *
 * Whoever floods a URL with bad requests must not make the Journal grow or the senders of others wait. Each instance writes
 * the first ten refusals of a connection, reason and minute at once: nobody who looks for a mistake sees too few. From then
 * on it writes at most once a second, and adds what it held back since. What it holds back is written with its next refusal,
 * and lost if there is none, so that the count is then a lower bound, and not `exact`. It is none either after a write that
 * may have been made, because that is not made again. The metric that is made of the log is exact.
 */

import { type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../aws/journal-key.ts';
import type { Log } from '../aws/logger.ts';
import {
  maxSamples,
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

/** What has been refused and is not written yet. */
interface Held {
  pk: string;
  minute: string;
  reason: RejectionReason;
  count: number;
  /** The first of each cause. */
  samples: Map<string, RejectionSample>;
  /** When it was last tried to write; 0 if never. */
  triedAt: number;
  /** How often it was tried. */
  writes: number;
  /** Whether some of it may never be written. */
  isLossy: boolean;
}

/** How many connections, minutes and reasons an instance counts at once; what comes beyond is not counted. */
const maxHeld = 1_000;
/** How many of them one refused request writes. */
const maxWrites = 10;
/** How many writes of the same are made at once. */
const atOnce = 10;
/** Milliseconds between two writes of the same after those. */
const interval = 1_000;
/** Milliseconds that a refused request waits for a write at most. */
const writeTimeoutMs = 1_000;

/** Counts a rejection. Never fails, and waits only for a write that is due. */
export type CountRejection = (rejection: Rejection) => Promise<void>;

/**
 * Counts rejections for one instance.
 * @param client one that sends a call once: an addition that is repeated counts twice
 * @param random a number from 0 to 1, which spreads the writes of many instances
 * @param log told of a write that failed: of its error's name, and of how many refusals are lost by it
 */
export function rejectionCounter(
  client: DynamoDBClient,
  table: string,
  log: Log,
  random: () => number = Math.random,
): CountRejection {
  const held = new Map<string, Held>();
  // Once something was not counted at all, nobody knows of what.
  let isFull = false;

  function hold({ connectionId, reason, sample, at }: Rejection): void {
    const minute = minuteOf(at);
    const key = `${connectionId} ${minute} ${reason}`;
    const known = held.get(key);
    if (known) {
      known.count += 1;
      keepSample(known, sample);
    } else if (held.size >= maxHeld) isFull = true;
    else {
      const first = { pk: journalKey('rejections', connectionId), minute, reason, count: 1 };
      const samples = new Map([[sampleCauseOf(sample), sample]]);
      held.set(key, { ...first, samples, triedAt: 0, writes: 0, isLossy: isFull });
    }
  }

  const isDue = ({ count, writes, triedAt }: Held, now: Date): boolean =>
    count > 0 && (writes < atOnce || now.getTime() - triedAt >= interval);

  /** What may be written now; what has nothing to write and is of a minute that is over is forgotten. */
  function due(now: Date): Held[] {
    const chosen: Held[] = [];
    for (const [key, each] of held) {
      if (each.count === 0 && each.minute !== minuteOf(now)) held.delete(key);
      else if (isDue(each, now)) chosen.push(each);
      if (chosen.length === maxWrites) break;
    }
    return chosen;
  }

  async function write(each: Held, now: Date): Promise<void> {
    const { count } = each;
    each.triedAt = now.getTime();
    each.writes += 1;
    // What comes next may be held back.
    each.isLossy ||= each.writes >= atOnce;
    each.count = 0;
    try {
      const abortSignal = AbortSignal.timeout(writeTimeoutMs);
      await client.send(addition(each, table, count, Math.floor(random() * rejectionShards)), { abortSignal });
    } catch (error) {
      const { name, $fault } = error as Error & { $fault?: string };
      // What was refused was not written, and is kept for the next; of every other failure nobody knows.
      const lost = $fault === 'client' ? 0 : count;
      each.count += count - lost;
      each.isLossy = true;
      // Those who are refused must not wait for one failure after the other.
      each.writes = atOnce;
      log({ warning: 'rejections_not_written', fault: name, lost }, 'warn');
    }
  }

  return async (rejection) => {
    hold(rejection);
    await Promise.all(due(rejection.at).map((each) => write(each, rejection.at)));
  };
}

function keepSample({ samples }: Held, sample: RejectionSample): void {
  const cause = sampleCauseOf(sample);
  if (samples.size < maxSamples && !samples.has(cause)) samples.set(cause, sample);
}

function addition({ pk, minute, reason, samples, isLossy }: Held, table: string, count: number, shard: number) {
  const kept = [...samples].map(([cause, sample], at) => ({
    at,
    name: `sample#${cause}`,
    text: JSON.stringify(sample),
  }));
  const sets = [
    ...kept.map(({ at }) => `#sample${at} = if_not_exists(#sample${at}, :sample${at})`),
    'expiresAt = :expiresAt',
    // What is not exact stays so.
    isLossy ? 'exact = :exact' : 'exact = if_not_exists(exact, :exact)',
  ];
  return new UpdateItemCommand({
    TableName: table,
    Key: { pk: { S: pk }, sk: { S: `${minute}#${reason}#${shard}` } },
    UpdateExpression: `ADD #count :count SET ${sets.join(', ')}`,
    ExpressionAttributeNames: {
      '#count': 'count',
      ...Object.fromEntries(kept.map(({ at, name }) => [`#sample${at}`, name])),
    },
    ExpressionAttributeValues: {
      ':exact': { BOOL: !isLossy },
      ':count': { N: String(count) },
      ':expiresAt': { N: String(Date.parse(`${minute}Z`) / 1000 + rejectionKeptSeconds) },
      ...Object.fromEntries(kept.map(({ at, text }) => [`:sample${at}`, { S: text }])),
    },
  });
}
