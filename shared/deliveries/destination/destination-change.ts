/**
 * What follows from a change of a destination's record: a line of its history, and a secret to delete. Everything is derived
 * from the records before and after the change, which the stream may deliver late or twice.
 */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { secretNameOf } from '../../endpoints/credential/secret-name.ts';
import { schema } from '../../ground/base/schema.ts';
import { type DestinationRecord, destinationEntrySchema, isFinished } from './destination.ts';
import { destinationIn, isDestinationKey } from './destination-table.ts';

/** A line of a destination's history. */
export const destinationLineSchema = /* @__PURE__ */ schema(() =>
  z.object({
    version: z.int(),
    ...destinationEntrySchema.shape,
    /** API Gateway's id of the request that made this version. */
    requestId: z.string(),
  }),
);
export type DestinationLine = z.infer<typeof destinationLineSchema>;

/** A change of the record. Without `before` it was created, without `after` it was removed. */
export interface DestinationRecordChange {
  before: DestinationRecord | undefined;
  after: DestinationRecord | undefined;
  requestId: string;
}

/**
 * Reads a record of the State table's stream. Undefined if it is not about a destination.
 * @throws if it can't be read
 */
export function destinationChangeOf({ dynamodb }: DynamoDBRecord): DestinationRecordChange | undefined {
  if (!isDestinationKey(dynamodb?.Keys?.['pk']?.S)) return undefined;
  const { OldImage, NewImage } = dynamodb ?? {};
  return {
    before: destinationIn(OldImage),
    after: destinationIn(NewImage),
    requestId: (NewImage ?? OldImage)?.['requestId']?.S ?? '',
  };
}

/** A line, and the id of its destination. */
export interface NotedLine {
  id: string;
  line: DestinationLine;
}

/**
 * The line that a change adds. A removal adds none, because the last version of the record says who asked for it. Nor does the
 * first step of a creation.
 */
export const destinationLineOf = ({ after, requestId }: DestinationRecordChange): NotedLine | undefined =>
  isFinished(after) ? { id: after.id, line: { version: after.version, ...after.entry, requestId } } : undefined;

/** The name of the secret that a record names. */
export const secretNamedBy = (record: DestinationRecord | undefined): string | undefined =>
  isFinished(record) ? secretNameOf(record.secret) : record?.pending.secret;

/**
 * Whether the secret of the record before may go. That of a destination goes when an operator has deleted it; who clears or restores the
 * table by hand makes other changes. What was never finished was never used.
 */
const mayGo = ({ before, after }: DestinationRecordChange): boolean =>
  !isFinished(before) || (after === undefined && before.entry.verb === 'delete');

/** The secret that a change dropped. `isKept` if the change was made by hand: then the sweep decides about the secret. */
export function droppedSecretOf(change: DestinationRecordChange): { name: string; isKept: boolean } | undefined {
  const name = secretNamedBy(change.before);
  if (name === undefined || name === secretNamedBy(change.after)) return undefined;
  return { name, isKept: !mayGo(change) };
}
