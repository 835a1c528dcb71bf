/**
 * Publishes a stored event again. To publish it, one conditional write changes the event's item: a replay increments
 * `replays`, a release removes `held`. The stream carries the change to the relay, which publishes the event. If an operator
 * replays this one event, the item says who and when, so that the stream carries that to the history.
 */
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

export type ReplayRequest = {
  connectionId: string;
  /** The id of the hold in force. Only its release publishes the events of that hold. */
  hold: string | undefined;
  /** The version of the routes that the event gets. Undefined if it is routed nowhere. */
  routes: string | undefined;
  now: Date;
} & (
  | {
      /** The id of the replay job. A job publishes each event once. */
      jobId: string;
      by?: undefined;
    }
  | {
      jobId?: undefined;
      /** Who replays this one event. */
      by: string;
    }
);

/** The end of a hold for one event. */
export interface EventRelease {
  /** The id of the hold. */
  hold: string;
  /** As for a replay. */
  routes: string | undefined;
  now: Date;
}

/** The result of a replay. `gone` also means that the event has expired or belongs to another connection. */
export type ReplayResult = { kind: 'replayed'; replays: number } | { kind: 'held' | 'gone' | 'repeated' };

export interface Republisher {
  replay(id: string, replay: ReplayRequest): Promise<ReplayResult>;
  /** Removes the hold from the event and notes the time. Returns false if the event is not under this hold. */
  release(id: string, release: EventRelease): Promise<boolean>;
}

const secondsOf = (now: Date): string => String(Math.floor(now.getTime() / 1000));

/** The clauses of an update that also sets the version of the routes, or removes it. */
function clausesOf({ set, remove }: { set: string[]; remove: string[] }, routes: string | undefined): string {
  const [sets, removes] = routes === undefined ? [set, [...remove, 'routes']] : [[...set, 'routes = :routes'], remove];
  return `SET ${sets.join(', ')}${removes.length > 0 ? ` REMOVE ${removes.join(', ')}` : ''}`;
}

const routesValueOf = (routes: string | undefined) => (routes === undefined ? {} : { ':routes': { S: routes } });

/** The update of a replay. Its condition: the event exists, is not held, and this job has not replayed it yet. */
function replayUpdateOf({ connectionId, hold, routes, jobId, by, now }: ReplayRequest) {
  const conditions = [
    'connectionId = :connection AND expiresAt > :now',
    ...(hold === undefined ? [] : ['(attribute_not_exists(held) OR held <> :hold)']),
    ...(jobId === undefined ? [] : ['(attribute_not_exists(replayRun) OR replayRun <> :run)']),
  ];
  // The replays of a job have one line in the history together, which is written from the job.
  const author =
    by === undefined
      ? { set: ['replayRun = :run'], remove: ['replayedBy', 'replayedAt'] }
      : { set: ['replayedBy = :by', 'replayedAt = :at'], remove: [] };
  return {
    UpdateExpression: `ADD replays :one ${clausesOf(author, routes)}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':connection': { S: connectionId },
      ':now': { N: secondsOf(now) },
      ...(hold === undefined ? {} : { ':hold': { S: hold } }),
      ...routesValueOf(routes),
      ...(by === undefined ? { ':run': { S: jobId } } : { ':by': { S: by }, ':at': { S: now.toISOString() } }),
    },
  };
}

/** The reason why the update's condition failed. Undefined if the condition would be met by this item. */
function failedCondition(
  Item: Record<string, AttributeValue> | undefined,
  { connectionId, hold, jobId, now }: ReplayRequest,
): ReplayResult | undefined {
  const exists = Item?.['connectionId']?.S === connectionId && Number(Item['expiresAt']?.N) > Number(secondsOf(now));
  if (!exists) return { kind: 'gone' };
  if (jobId !== undefined && Item['replayRun']?.S === jobId) return { kind: 'repeated' };
  return hold !== undefined && Item['held']?.S === hold ? { kind: 'held' } : undefined;
}

export function republisher(client: DynamoDBClient, table: string): Republisher {
  const keyOf = (id: string) => ({ TableName: table, Key: { id: { S: id } } });

  async function failedConditionOf(id: string, wanted: ReplayRequest): Promise<ReplayResult | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({
        ...keyOf(id),
        ConsistentRead: true,
        ProjectionExpression: 'connectionId, expiresAt, held, replayRun',
      }),
    );
    return failedCondition(Item, wanted);
  }

  async function replay(id: string, wanted: ReplayRequest): Promise<ReplayResult> {
    try {
      const written = await client.send(
        new UpdateItemCommand({ ...keyOf(id), ...replayUpdateOf(wanted), ReturnValues: 'UPDATED_NEW' }),
      );
      return { kind: 'replayed', replays: Number(written.Attributes?.['replays']?.N) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // A release may remove the hold between the write and the read. A release can do so only once, so a second try is
      // enough.
      return (await failedConditionOf(id, wanted)) ?? replay(id, wanted);
    }
  }

  return {
    replay,

    async release(id, { hold, routes, now }) {
      try {
        await client.send(
          new UpdateItemCommand({
            ...keyOf(id),
            UpdateExpression: clausesOf({ set: ['releasedAt = :now'], remove: ['held'] }, routes),
            ConditionExpression: 'held = :hold',
            ExpressionAttributeValues: {
              ':hold': { S: hold },
              ':now': { S: now.toISOString() },
              ...routesValueOf(routes),
            },
          }),
        );
        return true;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return false;
        throw error;
      }
    },
  };
}
