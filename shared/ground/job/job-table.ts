/**
 * Jobs in the Journal table. Each kind of job has partitions of its own.
 *
 * | pk                    | sk                             | runId        | state        | record              | lease             |
 * |-----------------------|--------------------------------|--------------|--------------|---------------------|-------------------|
 * | of the open jobs      | `<owner's id>#<place>`         | the job's id | of the job   | the job as JSON     | whose, until when |
 * | of the owner's closed | `<job id>`                     | the job's id | of its end   | the job as JSON     | –                 |
 * | of all closed         | `<began at>#<job id>`          | the job's id | of its end   | the job as JSON     | –                 |
 *
 * A place has one open job. A function that works on a job takes its lease, and writes only while it has the lease. If an
 * operator cancels a job, only the state is written, and in `cancelled` who asked for it. Every write of the function returns both, so the
 * function sees the cancel. To close a job, the function first copies it to both closed places and then removes it. The job can
 * therefore be found at any time, by its owner and in the list of all.
 */

import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { ifConditionHolds, readItem, type TableItem } from '../aws/conditional-write.ts';
import { readSpan } from '../aws/journal-span.ts';
import { secondsPerDay } from '../base/time.ts';
import type { Cancel, Job } from './job.ts';
import { isAfterPosition, jobPositionOf, newestFirst } from './job-order.ts';

/** The time for which a closed job can be read, in seconds: 30 days. */
const closedJobSeconds = 30 * secondsPerDay;

/** The right of one function to work on a job. */
export interface JobLease {
  id: string;
  /** Epoch milliseconds. 0 gives the lease back. */
  until: number;
}

/** How one kind of job is kept. */
export interface JobStorage<J extends Job> {
  /** The partition of the open jobs. */
  openKey: string;
  /** The partition of an owner's closed jobs. */
  closedKeyOf(ownerId: string): string;
  /** The partition of the closed jobs of all owners, in the order in which they began. */
  allClosedKey: string;
  /** Whose job it is: the id of its connection or destination. */
  ownerIdOf(job: J): string;
  /** The place of an open job. Its owner has one such job at a time. */
  placeOf(jobId: string): string;
  /** @throws if the record is no such job */
  parse(record: unknown): J;
}

export interface JobTable<J extends Job> {
  /** @returns the job that is already open in its place, if there is one */
  open(job: J): Promise<J | undefined>;
  find(ownerId: string, jobId: string): Promise<J | undefined>;
  /**
   * All jobs of an owner, open and closed, in no particular order. The jobs are few, because a closed job is kept
   * for 30 days.
   */
  list(ownerId: string): Promise<J[]>;
  /**
   * Asks an open job to end. The first who asks is kept.
   * @returns the job as it is now
   */
  cancel(ownerId: string, jobId: string, cancel: Cancel): Promise<J | undefined>;
  listOpen(): Promise<J[]>;
  /**
   * Jobs of all owners, open and closed, the newest first.
   * @param after the position of a job. Only older ones are listed
   * @returns at most `limit`. Fewer mean that there are no older ones
   */
  listNewest(limit: number, after: string | undefined): Promise<J[]>;
  /**
   * Takes the lease.
   * @returns the job as it is now, or undefined if another function has the lease
   */
  take(job: J, lease: JobLease, now: Date): Promise<J | undefined>;
  /**
   * Writes the progress.
   * @returns the job with its present state, or undefined if the lease is lost
   */
  save(job: J, lease: JobLease): Promise<J | undefined>;
  /** Moves an ended job to the closed ones. */
  close(job: J): Promise<void>;
}

/** The Journal table, with the client that reaches it, and the kind of jobs. */
interface Journal<J extends Job> {
  client: DynamoDBClient;
  table: string;
  form: JobStorage<J>;
}

interface JobName {
  ownerId: string;
  id: string;
}

const nameOf = <J extends Job>({ form }: Journal<J>, job: J): JobName => ({ ownerId: form.ownerIdOf(job), id: job.id });

const openKeyOf = <J extends Job>({ form }: Journal<J>, { ownerId, id }: JobName) => ({
  pk: { S: form.openKey },
  sk: { S: `${ownerId}#${form.placeOf(id)}` },
});

const closedKeyOf = <J extends Job>({ form }: Journal<J>, { ownerId, id }: JobName) => ({
  pk: { S: form.closedKeyOf(ownerId) },
  sk: { S: id },
});

const attributesOf = (job: Job) => ({
  runId: { S: job.id },
  state: { S: job.state },
  record: { S: JSON.stringify(job) },
});

/** The attributes can be newer than the record, because a cancel writes only attributes. */
function jobIn<J extends Job>({ form }: Journal<J>, item: TableItem | undefined): J | undefined {
  if (!item) return undefined;
  const { record, state, cancelled } = item;
  const asked = cancelled?.S === undefined ? {} : { cancelled: JSON.parse(cancelled.S) };
  return form.parse({ ...JSON.parse(record?.S ?? ''), state: state?.S, ...asked });
}

const readJob = async <J extends Job>(journal: Journal<J>, key: TableItem): Promise<J | undefined> =>
  jobIn(journal, await readItem(journal.client, journal.table, key));

async function readJobs<J extends Job>(journal: Journal<J>, pk: string, prefix: string): Promise<J[]> {
  const span = { pk, least: prefix || ' ', greatest: `${prefix}~`, order: 'asc', consistent: true } as const;
  const { items } = await readSpan(journal.client, journal.table, span, {});
  return items.flatMap((item) => jobIn(journal, item) ?? []);
}

const putNew = <J extends Job>({ client, table }: Journal<J>, Item: TableItem) =>
  ifConditionHolds(
    client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
  );

/** An update of an open job. The `#names` in the update stand for the attributes of the same name. */
interface OpenJobUpdate {
  set: string;
  /** A condition in addition to the job's id. */
  condition?: string;
  values: TableItem;
}

/**
 * Updates an open job of this id.
 * @returns the job after the update, or undefined if the condition is not met
 */
async function updateOpen<J extends Job>(
  journal: Journal<J>,
  job: JobName,
  { set, condition, values }: OpenJobUpdate,
): Promise<J | undefined> {
  const names = (set.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]);
  const update = new UpdateItemCommand({
    TableName: journal.table,
    Key: openKeyOf(journal, job),
    UpdateExpression: `SET ${set}`,
    ConditionExpression: condition === undefined ? 'runId = :run' : `runId = :run AND ${condition}`,
    ...(names.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(names) } : {}),
    ExpressionAttributeValues: { ':run': { S: job.id }, ...values },
    ReturnValues: 'ALL_NEW',
  });
  return jobIn(journal, (await ifConditionHolds(journal.client.send(update)))?.Attributes);
}

const removeOpen = <J extends Job>(journal: Journal<J>, job: JobName) => {
  const removal = new DeleteItemCommand({
    TableName: journal.table,
    Key: openKeyOf(journal, job),
    ConditionExpression: 'runId = :run',
    ExpressionAttributeValues: { ':run': { S: job.id } },
  });
  return ifConditionHolds(journal.client.send(removal));
};

async function addOpenJob<J extends Job>(journal: Journal<J>, job: J): Promise<J | undefined> {
  const key = openKeyOf(journal, nameOf(journal, job));
  if (await putNew(journal, { ...key, ...attributesOf(job) })) return undefined;
  const inTheWay = await readJob(journal, key);
  // The SDK repeats a write if its answer was lost. The open job is then the one that this call wrote.
  if (inTheWay?.id === job.id) return undefined;
  return inTheWay ?? addOpenJob(journal, job);
}

async function findJob<J extends Job>(journal: Journal<J>, job: JobName): Promise<J | undefined> {
  const open = await readJob(journal, openKeyOf(journal, job));
  return open?.id === job.id ? open : readJob(journal, closedKeyOf(journal, job));
}

async function listJobs<J extends Job>(journal: Journal<J>, ownerId: string): Promise<J[]> {
  // Reads the open jobs first. If a job closes in between, it is in both lists, and the closed one replaces the open one.
  const open = await readJobs(journal, journal.form.openKey, `${ownerId}#`);
  const closed = await readJobs(journal, journal.form.closedKeyOf(ownerId), '');
  return [...new Map([...open, ...closed].map((job) => [job.id, job])).values()];
}

async function listNewest<J extends Job>(journal: Journal<J>, limit: number, after: string | undefined): Promise<J[]> {
  // Open jobs first, as in `listJobs`.
  const open = await readJobs(journal, journal.form.openKey, '');
  // The span includes its ends, and `after` itself is on the page before.
  const most = { items: after === undefined ? limit : limit + 1 };
  const { items } = await readSpan(
    journal.client,
    journal.table,
    { pk: journal.form.allClosedKey, least: ' ', greatest: after ?? '~', order: 'desc', consistent: true },
    most,
  );
  const closed = items.flatMap((item) => jobIn(journal, item) ?? []);
  const all = new Map([...open, ...closed].map((job) => [job.id, job]));
  return newestFirst([...all.values()].filter(isAfterPosition(after))).slice(0, limit);
}

async function cancelJob<J extends Job>(journal: Journal<J>, job: JobName, cancel: Cancel): Promise<J | undefined> {
  const update = {
    set: '#state = :cancelling, cancelled = if_not_exists(cancelled, :cancel)',
    values: { ':cancelling': { S: 'cancelling' }, ':cancel': { S: JSON.stringify(cancel) } },
  };
  return (await updateOpen(journal, job, update)) ?? (await findJob(journal, job));
}

const takeLease = <J extends Job>(journal: Journal<J>, job: J, lease: JobLease, now: Date) =>
  updateOpen(journal, nameOf(journal, job), {
    set: 'lease = :lease, leasedUntil = :until',
    condition: '(attribute_not_exists(leasedUntil) OR leasedUntil <= :now OR lease = :lease)',
    values: { ':lease': { S: lease.id }, ':until': { N: String(lease.until) }, ':now': { N: String(now.getTime()) } },
  });

const saveJob = <J extends Job>(journal: Journal<J>, job: J, lease: JobLease) =>
  updateOpen(journal, nameOf(journal, job), {
    set: '#record = :record, leasedUntil = :until',
    condition: 'lease = :lease',
    values: {
      ':record': { S: JSON.stringify(job) },
      ':lease': { S: lease.id },
      ':until': { N: String(lease.until) },
    },
  });

async function closeJob<J extends Job>(journal: Journal<J>, job: J): Promise<void> {
  const name = nameOf(journal, job);
  const expiresAt = Math.floor(Date.parse(job.endedAt ?? job.startedAt) / 1000) + closedJobSeconds;
  const closed = { ...attributesOf(job), expiresAt: { N: String(expiresAt) } };
  await putNew(journal, { ...closedKeyOf(journal, name), ...closed });
  await putNew(journal, { pk: { S: journal.form.allClosedKey }, sk: { S: jobPositionOf(job) }, ...closed });
  await removeOpen(journal, name);
}

export function jobTable<J extends Job>(client: DynamoDBClient, table: string, form: JobStorage<J>): JobTable<J> {
  const journal = { client, table, form };
  return {
    open: (job) => addOpenJob(journal, job),
    find: (ownerId, id) => findJob(journal, { ownerId, id }),
    list: (ownerId) => listJobs(journal, ownerId),
    cancel: (ownerId, id, cancel) => cancelJob(journal, { ownerId, id }, cancel),
    listOpen: () => readJobs(journal, form.openKey, ''),
    listNewest: (limit, after) => listNewest(journal, limit, after),
    take: (job, lease, now) => takeLease(journal, job, lease, now),
    save: (job, lease) => saveJob(journal, job, lease),
    close: (job) => closeJob(journal, job),
  };
}
