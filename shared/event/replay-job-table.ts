/**
 * Runs, in the Journal table.
 *
 * | pk                      | sk                                 | runId | state   | record          | lease             |
 * |-------------------------|------------------------------------|-------|---------|-----------------|-------------------|
 * | `runs`                  | `<connection's id>#replay`         | of it | of it   | the run as JSON | whose, until when |
 * | `runs`                  | `<connection's id>#release#<hold>` | of it | of it   | the run as JSON | whose, until when |
 * | `run#<connection's id>` | `<runId>`                          | of it | ended   | the run as JSON | –                 |
 *
 * The first two are open: one replay for each connection, one release for each hold. Who carries a run on holds its
 * lease, and writes only while it does. An operator who cancels writes the state alone, which every write of the other
 * answers with. A run that has ended is first copied and then removed, so that it is found at any time.
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
import { holdIdIn, newRelease, type Release, type ReplayJob, replayJobSchema } from './replay-job.ts';

/** How long a run can be read after its end, in seconds. */
const kept = 30 * 86_400;

/** Who carries a run on. */
export interface Lease {
  id: string;
  /** Epoch milliseconds; 0 gives it back. */
  until: number;
}

export interface ReplayJobTable {
  /** @returns the open run that is in the way, if there is one */
  open(run: ReplayJob): Promise<ReplayJob | undefined>;
  find(connectionId: string, runId: string): Promise<ReplayJob | undefined>;
  /** All of a connection, open and ended, in no order: few, because one is kept for 30 days. */
  list(connectionId: string): Promise<ReplayJob[]>;
  /** Asks an open replay to end; a release never does. @returns it, or what it came to before */
  cancelReplay(connectionId: string, runId: string): Promise<ReplayJob | undefined>;
  listOpen(): Promise<ReplayJob[]>;
  /** @returns the run as it stands, or undefined if another has it */
  take(run: ReplayJob, lease: Lease, now: Date): Promise<ReplayJob | undefined>;
  /** Writes how far it is. @returns the run with its state as it stands, or undefined if the lease is lost */
  save(run: ReplayJob, lease: Lease): Promise<ReplayJob | undefined>;
  /** Files a run that has ended. */
  close(run: ReplayJob): Promise<void>;
}

type Item = Record<string, AttributeValue>;

const openKeyOf = ({ connectionId, id }: Pick<ReplayJob, 'connectionId' | 'id'>) => {
  const hold = holdIdIn(id);
  return {
    pk: { S: sharedJournalKey('runs') },
    sk: { S: `${connectionId}#${hold === undefined ? 'replay' : `release#${hold}`}` },
  };
};

const closedKeyOf = (connectionId: string, id: string) => ({
  pk: { S: journalKey('run', connectionId) },
  sk: { S: id },
});

const attributesOf = (run: ReplayJob) => ({
  runId: { S: run.id },
  state: { S: run.state },
  record: { S: JSON.stringify(run) },
});

/** The state stands beside the record, because who cancels writes it alone. */
const runOf = (item: Item | undefined): ReplayJob | undefined =>
  item && replayJobSchema.parse({ ...JSON.parse(item['record']?.S ?? ''), state: item['state']?.S });

/** What a write leads to, undefined when its condition does not hold. */
async function ifAllowed<T>(write: () => Promise<T>): Promise<T | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

export function replayJobTable(client: DynamoDBClient, table: string): ReplayJobTable {
  const read = async (Key: Item): Promise<ReplayJob | undefined> =>
    runOf((await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }))).Item);

  /** Puts an item where there is none. */
  const put = (Item: Item) =>
    ifAllowed(() =>
      client.send(new PutItemCommand({ TableName: table, Item, ConditionExpression: 'attribute_not_exists(pk)' })),
    );

  /** Changes an open run of this id. */
  const update = (run: Pick<ReplayJob, 'id' | 'connectionId'>, set: string, condition: string, values: Item) =>
    ifAllowed(async () => {
      const names = (set.match(/#\w+/g) ?? []).map((name) => [name, name.slice(1)]);
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: openKeyOf(run),
          UpdateExpression: `SET ${set}`,
          ConditionExpression: `runId = :run${condition}`,
          ...(names.length > 0 ? { ExpressionAttributeNames: Object.fromEntries(names) } : {}),
          ExpressionAttributeValues: { ':run': { S: run.id }, ...values },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return runOf(Attributes);
    });

  const find: ReplayJobTable['find'] = async (connectionId, runId) => {
    const open = await read(openKeyOf({ connectionId, id: runId }));
    return open?.id === runId ? open : read(closedKeyOf(connectionId, runId));
  };

  const readRuns = async (pk: string, prefix: string): Promise<ReplayJob[]> => {
    const { items } = await readSpan(
      client,
      table,
      { pk, least: prefix || ' ', greatest: `${prefix}~`, order: 'asc', consistent: true },
      {},
    );
    return items.flatMap((item) => runOf(item) ?? []);
  };

  return {
    find,

    async list(connectionId) {
      // First the open ones: one that ends in between is then in either, and its end counts.
      const open = await readRuns(sharedJournalKey('runs'), `${connectionId}#`);
      const ended = await readRuns(journalKey('run', connectionId), '');
      return [...new Map([...open, ...ended].map((run) => [run.id, run])).values()];
    },

    async open(run) {
      if (await put({ ...openKeyOf(run), ...attributesOf(run) })) return undefined;
      const inTheWay = await read(openKeyOf(run));
      // The SDK repeats a write whose answer was lost.
      if (inTheWay?.id === run.id) return undefined;
      return inTheWay ?? this.open(run);
    },

    async cancelReplay(connectionId, id) {
      if (holdIdIn(id) !== undefined) return find(connectionId, id);
      const cancelling = { ':cancelling': { S: 'cancelling' } };
      return (
        (await update({ connectionId, id }, '#state = :cancelling', '', cancelling)) ?? (await find(connectionId, id))
      );
    },

    listOpen: () => readRuns(sharedJournalKey('runs'), ''),

    take: (run, lease, now) =>
      update(
        run,
        'lease = :lease, leasedUntil = :until',
        ' AND (attribute_not_exists(leasedUntil) OR leasedUntil <= :now OR lease = :lease)',
        { ':lease': { S: lease.id }, ':until': { N: String(lease.until) }, ':now': { N: String(now.getTime()) } },
      ),

    save: (run, lease) =>
      update(run, '#record = :record, leasedUntil = :until', ' AND lease = :lease', {
        ':record': { S: JSON.stringify(run) },
        ':lease': { S: lease.id },
        ':until': { N: String(lease.until) },
      }),

    async close(run) {
      const expiresAt = Math.floor(Date.parse(run.endedAt ?? run.startedAt) / 1000) + kept;
      await put({
        ...closedKeyOf(run.connectionId, run.id),
        ...attributesOf(run),
        expiresAt: { N: String(expiresAt) },
      });
      await ifAllowed(() =>
        client.send(
          new DeleteItemCommand({
            TableName: table,
            Key: openKeyOf(run),
            ConditionExpression: 'runId = :run',
            ExpressionAttributeValues: { ':run': { S: run.id } },
          }),
        ),
      );
    },
  };
}

/** Begins the release of what was held. May be repeated: there is one for each hold, even when it has ended. */
export async function startRelease(runs: ReplayJobTable, release: Release, now: Date): Promise<void> {
  const run = newRelease(release, now);
  if ((await runs.find(release.connectionId, run.id)) === undefined) await runs.open(run);
}
