/**
 * Publishing a stored event once more. Each is one conditional write to its item in the Events table, which the stream
 * carries to the relay: `replays` counts one up, or the mark of a hold is gone.
 */
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { EventRow } from './event.ts';
import type { SkipReason } from './replay-job.ts';

/** Whose replay it is, and when. */
export interface ReplayRequest {
  connectionId: string;
  /** The id of the hold that is in force: what it holds is published by its release, and not before. */
  hold: string | undefined;
  /** The run that replays, which does so once for each event. */
  run?: string;
  now: Date;
}

/** What a replay came to. `gone` is also an event of another connection, or one that is expired. */
export type ReplayResult = { kind: 'replayed'; replays: number } | { kind: 'held' | 'gone' | 'repeated' | 'test' };

export interface Republisher {
  replay(id: string, replay: ReplayRequest): Promise<ReplayResult>;
  /** Takes the mark of this hold away, and says when. `false` if the event does not bear it. */
  release(id: string, hold: string, now: Date): Promise<boolean>;
}

/** What a replay of many skips, as far as a row of the list says it; what `replay` does with the event decides. */
export function skipReasonOf({ held, test }: EventRow, hold: string | undefined): SkipReason | undefined {
  // A replay of many is about what senders sent.
  if (test) return 'test';
  return hold !== undefined && held === hold ? 'held' : undefined;
}

const secondsOf = (now: Date): string => String(Math.floor(now.getTime() / 1000));

/** The write of a replay: only of an event that is there, and neither held nor replayed by this run before. */
function replayOf({ connectionId, hold, run, now }: ReplayRequest) {
  const conditions = [
    'connectionId = :connection AND expiresAt > :now',
    ...(hold === undefined ? [] : ['(attribute_not_exists(held) OR held <> :hold)']),
    ...(run === undefined
      ? []
      : ['(attribute_not_exists(replayRun) OR replayRun <> :run)', 'attribute_not_exists(test)']),
  ];
  return {
    UpdateExpression: `ADD replays :one${run === undefined ? '' : ' SET replayRun = :run'}`,
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeValues: {
      ':one': { N: '1' },
      ':connection': { S: connectionId },
      ':now': { N: secondsOf(now) },
      ...(hold === undefined ? {} : { ':hold': { S: hold } }),
      ...(run === undefined ? {} : { ':run': { S: run } }),
    },
  };
}

export function republisher(client: DynamoDBClient, table: string): Republisher {
  const keyOf = (id: string) => ({ TableName: table, Key: { id: { S: id } } });

  /** Undefined when nothing stands in the way any longer. */
  async function whyNot(
    id: string,
    { connectionId, hold, run, now }: ReplayRequest,
  ): Promise<ReplayResult | undefined> {
    const { Item } = await client.send(
      new GetItemCommand({
        ...keyOf(id),
        ConsistentRead: true,
        ProjectionExpression: 'connectionId, expiresAt, held, replayRun, test',
      }),
    );
    const isThere = Item?.['connectionId']?.S === connectionId && Number(Item['expiresAt']?.N) > Number(secondsOf(now));
    if (!isThere) return { kind: 'gone' };
    if (run !== undefined && Item['replayRun']?.S === run) return { kind: 'repeated' };
    if (run !== undefined && Item['test']?.BOOL) return { kind: 'test' };
    return hold !== undefined && Item['held']?.S === hold ? { kind: 'held' } : undefined;
  }

  async function replay(id: string, wanted: ReplayRequest): Promise<ReplayResult> {
    try {
      const written = await client.send(
        new UpdateItemCommand({ ...keyOf(id), ...replayOf(wanted), ReturnValues: 'UPDATED_NEW' }),
      );
      return { kind: 'replayed', replays: Number(written.Attributes?.['replays']?.N) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      // A hold's mark can go between the two; it does so once.
      return (await whyNot(id, wanted)) ?? replay(id, wanted);
    }
  }

  return {
    replay,

    async release(id, hold, now) {
      try {
        await client.send(
          new UpdateItemCommand({
            ...keyOf(id),
            UpdateExpression: 'REMOVE held SET releasedAt = :now',
            ConditionExpression: 'held = :hold',
            ExpressionAttributeValues: { ':hold': { S: hold }, ':now': { S: now.toISOString() } },
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
