/**
 * Rejections in the Journal table. The functions that refuse requests write them, as `sparing-counter.ts` does: a count can be a lower bound. The
 * metric from the log is always exact.
 *
 * | pk                           | sk                          | count | exact | count#<cause> | sample#<cause>         | expiresAt |
 * |------------------------------|-----------------------------|-------|-------|---------------|------------------------|-----------|
 * | `rejections#<connection id>` | `<minute>#<reason>#<shard>` | n     | bool  | n             | its first sample, JSON | 30 days   |
 * | `rejections#all`             | the same                    | n     | bool  |               |                        | 30 days   |
 *
 * One reason can have several causes. If the counts of the causes don't add up to `count`, rejections of further causes are among it.
 */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey } from '../../ground/aws/journal-key.ts';
import type { Log } from '../../ground/aws/logger.ts';
import { rejectionKeptSeconds } from '../../ground/statistics/refused-count.ts';
import { allConnections } from '../../ground/statistics/statistics-store.ts';
import { type RejectionReason, type RejectionSample, sampleCauseOf } from './rejection.ts';
import { type SparingOptions, sparingCounter } from './sparing-counter.ts';

/** One refused request of a known connection. */
export interface Rejection {
  connectionId: string;
  reason: RejectionReason;
  sample: RejectionSample;
  deliveryId?: string | undefined;
  at: Date;
}

/** Counts a rejection. Never fails, and waits only for a write that is due. */
export type CountRejection = (rejection: Rejection) => Promise<void>;

const warning = 'rejections_not_written';

/**
 * Counts the rejections of each connection, for one instance.
 * @param client must not retry: a repeated addition would count twice
 * @param log gets a line when a write fails, with the error's name and the number of rejections that are lost
 */
export function rejectionCounter(
  client: DynamoDBClient,
  table: string,
  log: Log,
  options: Pick<SparingOptions, 'random' | 'onWrite'> = {},
): CountRejection {
  const count = sparingCounter(client, table, { ...options, warning, log });
  return ({ connectionId, reason, sample, deliveryId, at }) =>
    count({
      pk: journalKey('rejections', connectionId),
      what: `#${reason}`,
      cause: { name: sampleCauseOf(sample), sample: JSON.stringify(sample) },
      deliveryId,
      keptSeconds: rejectionKeptSeconds,
      at,
    });
}

/** Counts the rejections of all connections together. They have no samples. */
export function totalRejectionCounter(
  client: DynamoDBClient,
  table: string,
  log: Log,
  options: Pick<SparingOptions, 'onWrite'> = {},
): (rejection: Pick<Rejection, 'reason' | 'at'>) => Promise<void> {
  const count = sparingCounter(client, table, { ...options, warning, log });
  const pk = journalKey('rejections', allConnections);
  return ({ reason, at }) => count({ pk, what: `#${reason}`, keptSeconds: rejectionKeptSeconds, at });
}
