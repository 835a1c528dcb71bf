/**
 * Redeliveries of many in the Journal table. `shared/ground/job/job-table.ts` explains their items. They are apart from replays, so that code that
 * does not know them finds none: after a rollback, no release waits for a job that nobody can read.
 *
 * | pk                            | sk                             |                                        |
 * |-------------------------------|--------------------------------|----------------------------------------|
 * | `redeliveries`                | `<destination id>#redelivery`  | the open redelivery of a destination   |
 * | `redelivery#<destination id>` | `<job id>`                     | a closed one                           |
 * | `ended_redeliveries`          | `<began at>#<job id>`          | the same, in the list of all           |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey, sharedJournalKey } from '../../ground/aws/journal-key.ts';
import { type JobTable, jobTable } from '../../ground/job/job-table.ts';
import { type RedeliveryJob, redeliveryJobSchema } from './redelivery-job.ts';

export type RedeliveryTable = JobTable<RedeliveryJob>;

export const redeliveryTable = (client: DynamoDBClient, table: string): RedeliveryTable =>
  jobTable(client, table, {
    openKey: sharedJournalKey('redeliveries'),
    closedKeyOf: (destinationId) => journalKey('redelivery', destinationId),
    allClosedKey: sharedJournalKey('ended_redeliveries'),
    ownerIdOf: ({ destinationId }) => destinationId,
    placeOf: () => 'redelivery',
    parse: (record) => redeliveryJobSchema.parse(record),
  });
