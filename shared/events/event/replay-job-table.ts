/**
 * Replay jobs in the Journal table. `shared/ground/job/job-table.ts` explains their items.
 *
 * | pk                    | sk                                 |                                                            |
 * |-----------------------|------------------------------------|------------------------------------------------------------|
 * | `runs`                | `<connection id>#replay`           | the open replay of a connection                            |
 * | `runs`                | `<connection id>#release#<hold>`   | the open release of a hold                                 |
 * | `run#<connection id>` | `<job id>`                         | a closed job                                               |
 * | `ended_runs`          | `<began at>#<job id>`              | the same, in the list of all                               |
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { journalKey, sharedJournalKey } from '../../ground/aws/journal-key.ts';
import type { Cancel } from '../../ground/job/job.ts';
import { type JobStorage, type JobTable, jobTable } from '../../ground/job/job-table.ts';
import { holdIdIn, newRelease, type Release, type ReplayJob, replayJobSchema } from './replay-job.ts';

export interface ReplayJobTable extends Omit<JobTable<ReplayJob>, 'cancel'> {
  /**
   * Asks an open replay to end. A release is never cancelled. The first who asks is kept.
   * @returns the job as it is now
   */
  cancelReplay(connectionId: string, jobId: string, cancel: Cancel): Promise<ReplayJob | undefined>;
}

const form: JobStorage<ReplayJob> = {
  openKey: sharedJournalKey('runs'),
  closedKeyOf: (connectionId) => journalKey('run', connectionId),
  allClosedKey: sharedJournalKey('ended_runs'),
  ownerIdOf: ({ connectionId }) => connectionId,
  placeOf(jobId) {
    const hold = holdIdIn(jobId);
    return hold === undefined ? 'replay' : `release#${hold}`;
  },
  parse: (record) => replayJobSchema.parse(record),
};

export function replayJobTable(client: DynamoDBClient, table: string): ReplayJobTable {
  const { cancel, ...jobs } = jobTable(client, table, form);
  return {
    ...jobs,
    cancelReplay: (connectionId, id, by) =>
      holdIdIn(id) === undefined ? cancel(connectionId, id, by) : jobs.find(connectionId, id),
  };
}

/** Begins the release of a hold. Repeating it does nothing, even after the release has ended. */
export async function startRelease(
  jobs: Pick<ReplayJobTable, 'find' | 'open'>,
  release: Release,
  now: Date,
): Promise<void> {
  const job = newRelease(release, now);
  if ((await jobs.find(release.connectionId, job.id)) === undefined) await jobs.open(job);
}
