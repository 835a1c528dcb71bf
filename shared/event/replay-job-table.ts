/**
 * Replay jobs in the Journal table.
 *
 * | pk                      | sk                                 | runId        | state        | record              | lease             |
 * |-------------------------|------------------------------------|--------------|--------------|---------------------|-------------------|
 * | `runs`                  | `<connection id>#replay`           | the job's id | of the job   | the job as JSON     | whose, until when |
 * | `runs`                  | `<connection id>#release#<hold>`   | the job's id | of the job   | the job as JSON     | whose, until when |
 * | `run#<connection id>`   | `<job id>`                         | the job's id | of its end   | the job as JSON     | –                 |
 *
 * The first two are open jobs: one replay for each connection, one release for each hold. A function that works on a
 * job takes its lease, and writes only while it has the lease. If an operator cancels a job, only the state is written, and in
 * `cancelled` who asked for it. Every write of the function returns both, so the function sees the cancel. To close a job, the function first
 * copies it and then removes it. The job can therefore be found at any time.
 */

import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { journalKey, sharedJournalKey } from '../aws/journal-key.ts';
import { readSpan } from '../aws/journal-span.ts';
import { secondsPerDay } from '../base/time.ts';
import { type Cancel, holdIdIn, newRelease, type Release, type ReplayJob, replayJobSchema } from './replay-job.ts';

/** The time for which a closed job can be read, in seconds: 30 days. */
const closedJobSeconds = 30 * secondsPerDay;

/** The right of one function to work on a job. */
export interface Lease {
  id: string;
  /** Epoch milliseconds. 0 gives the lease back. */
  until: number;
}

export interface ReplayJobTable {
  /** @returns the job that is already open in its place, if there is one */
  open(job: ReplayJob): Promise<ReplayJob | undefined>;
  find(connectionId: string, jobId: string): Promise<ReplayJob | undefined>;
  /**
   * All jobs of a connection, open and closed, in no particular order. The jobs are few, because a closed job is kept
   * for 30 days.
   */
  list(connectionId: string): Promise<ReplayJob[]>;
  /**
   * Asks an open replay to end. A release is never cancelled. The first who asks is kept.
   * @returns the job as it is now
   */
  cancelReplay(connectionId: string, jobId: string, cancel: Cancel): Promise<ReplayJob | undefined>;
  listOpen(): Promise<ReplayJob[]>;
  /**
   * Takes the lease.
   * @returns the job as it is now, or undefined if another function has the lease
   */
  take(job: ReplayJob, lease: Lease, now: Date): Promise<ReplayJob | undefined>;
  /**
   * Writes the progress.
   * @returns the job with its present state, or undefined if the lease is lost
   */
  save(job: ReplayJob, lease: Lease): Promise<ReplayJob | undefined>;
  /** Moves an ended job to the closed ones. */
  close(job: ReplayJob): Promise<void>;
}

type JobItem = Record<string, AttributeValue>;
type JobId = Pick<ReplayJob, 'id' | 'connectionId'>;

/** The Journal table, with the client that reaches it. */
interface Journal {
  client: DynamoDBClient;
  table: string;
}

const openKeyOf = ({ connectionId, id }: JobId) => {
  const hold = holdIdIn(id);
  return {
    pk: { S: sharedJournalKey('runs') },
    sk: { S: `${connectionId}#${hold === undefined ? 'replay' : `release#${hold}`}` },
  };
};

const closedKeyOf = ({ connectionId, id }: JobId) => ({
  pk: { S: journalKey('run', connectionId) },
  sk: { S: id },
});

const attributesOf = (job: ReplayJob) => ({
  runId: { S: job.id },
  state: { S: job.state },
  record: { S: JSON.stringify(job) },
});

/** The attributes can be newer than the record, because a cancel writes only attributes. */
function jobIn(item: JobItem | undefined): ReplayJob | undefined {
  if (!item) return undefined;
  const { record, state, cancelled } = item;
  const asked = cancelled?.S === undefined ? {} : { cancelled: JSON.parse(cancelled.S) };
  return replayJobSchema.parse({ ...JSON.parse(record?.S ?? ''), state: state?.S, ...asked });
}

/** Returns undefined if the condition of the write is not met. */
async function ifConditionHolds<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

const readJob = async ({ client, table }: Journal, Key: JobItem): Promise<ReplayJob | undefined> =>
  jobIn((await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item);

async function readJobs({ client, table }: Journal, pk: string, prefix: string): Promise<ReplayJob[]> {
  const span = { pk, least: prefix || ' ', greatest: `${prefix}~`, order: 'asc', consistent: true } as const;
  const { items } = await readSpan(client, table, span, {});
  return items.flatMap((item) => jobIn(item) ?? []);
}

/** Puts an item if there is none with its key. Returns undefined otherwise. */
const putNew = ({ client, table }: Journal, Item: JobItem) =>
  ifConditionHolds(() =>
    client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
  );

/** An update of an open job. The `#names` in the update stand for the attributes of the same name. */
interface OpenJobUpdate {
  set: string;
  /** A condition in addition to the job's id. */
  condition?: string;
  values: JobItem;
}

/**
 * Updates an open job of this id.
 * @returns the job after the update, or undefined if the condition is not met
 */
const updateOpen = (
  { client, table }: Journal,
  job: JobId,
  { set, condition, values }: OpenJobUpdate,
): Promise<ReplayJob | undefined> =>
  ifConditionHolds(async () => {
    const names = (set.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]);
    const { Attributes } = await client.send(
      new UpdateItemCommand({
        TableName: table,
        Key: openKeyOf(job),
        UpdateExpression: `SET ${set}`,
        ConditionExpression: condition === undefined ? 'runId = :run' : `runId = :run AND ${condition}`,
        ...(names.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(names) } : {}),
        ExpressionAttributeValues: { ':run': { S: job.id }, ...values },
        ReturnValues: 'ALL_NEW',
      }),
    );
    return jobIn(Attributes);
  });

const removeOpen = ({ client, table }: Journal, job: JobId) =>
  ifConditionHolds(() =>
    client.send(
      new DeleteItemCommand({
        TableName: table,
        Key: openKeyOf(job),
        ConditionExpression: 'runId = :run',
        ExpressionAttributeValues: { ':run': { S: job.id } },
      }),
    ),
  );

async function addOpenJob(journal: Journal, job: ReplayJob): Promise<ReplayJob | undefined> {
  if (await putNew(journal, { ...openKeyOf(job), ...attributesOf(job) })) return undefined;
  const inTheWay = await readJob(journal, openKeyOf(job));
  // The SDK repeats a write if its answer was lost. The open job is then the one that this call wrote.
  if (inTheWay?.id === job.id) return undefined;
  return inTheWay ?? addOpenJob(journal, job);
}

async function findJob(journal: Journal, job: JobId): Promise<ReplayJob | undefined> {
  const open = await readJob(journal, openKeyOf(job));
  return open?.id === job.id ? open : readJob(journal, closedKeyOf(job));
}

async function listJobs(journal: Journal, connectionId: string): Promise<ReplayJob[]> {
  // Reads the open jobs first. If a job closes in between, it is in both lists, and the closed one replaces the open one.
  const open = await readJobs(journal, sharedJournalKey('runs'), `${connectionId}#`);
  const closed = await readJobs(journal, journalKey('run', connectionId), '');
  return [...new Map([...open, ...closed].map((job) => [job.id, job])).values()];
}

async function cancelReplay(journal: Journal, job: JobId, cancel: Cancel): Promise<ReplayJob | undefined> {
  if (holdIdIn(job.id) !== undefined) return findJob(journal, job);
  const update = {
    set: '#state = :cancelling, cancelled = if_not_exists(cancelled, :cancel)',
    values: { ':cancelling': { S: 'cancelling' }, ':cancel': { S: JSON.stringify(cancel) } },
  };
  return (await updateOpen(journal, job, update)) ?? (await findJob(journal, job));
}

const takeLease = (journal: Journal, job: ReplayJob, lease: Lease, now: Date) =>
  updateOpen(journal, job, {
    set: 'lease = :lease, leasedUntil = :until',
    condition: '(attribute_not_exists(leasedUntil) OR leasedUntil <= :now OR lease = :lease)',
    values: { ':lease': { S: lease.id }, ':until': { N: String(lease.until) }, ':now': { N: String(now.getTime()) } },
  });

const saveJob = (journal: Journal, job: ReplayJob, lease: Lease) =>
  updateOpen(journal, job, {
    set: '#record = :record, leasedUntil = :until',
    condition: 'lease = :lease',
    values: {
      ':record': { S: JSON.stringify(job) },
      ':lease': { S: lease.id },
      ':until': { N: String(lease.until) },
    },
  });

async function closeJob(journal: Journal, job: ReplayJob): Promise<void> {
  const expiresAt = Math.floor(Date.parse(job.endedAt ?? job.startedAt) / 1000) + closedJobSeconds;
  await putNew(journal, { ...closedKeyOf(job), ...attributesOf(job), expiresAt: { N: String(expiresAt) } });
  await removeOpen(journal, job);
}

export function replayJobTable(client: DynamoDBClient, table: string): ReplayJobTable {
  const journal = { client, table };
  return {
    open: (job) => addOpenJob(journal, job),
    find: (connectionId, id) => findJob(journal, { connectionId, id }),
    list: (connectionId) => listJobs(journal, connectionId),
    cancelReplay: (connectionId, id, cancel) => cancelReplay(journal, { connectionId, id }, cancel),
    listOpen: () => readJobs(journal, sharedJournalKey('runs'), ''),
    take: (job, lease, now) => takeLease(journal, job, lease, now),
    save: (job, lease) => saveJob(journal, job, lease),
    close: (job) => closeJob(journal, job),
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
