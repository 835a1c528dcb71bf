/** The history of operators: who made and revoked them. It follows from the changes of the roster. */
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import type { BusEntry as Notice } from '../../events/bus/publication.ts';
import { type RosterEntry, rosterEntrySchema, rosterSchema } from '../operator/roster.ts';
import { rosterKey } from '../operator/roster-table.ts';

/** A line of the history of operators. */
export const operatorHistoryLineSchema = z.object({
  /** The version of the roster that the change made. */
  version: z.int(),
  ...rosterEntrySchema.shape,
  /** API Gateway's id of the request that made this version. */
  requestId: z.string(),
});
export type OperatorHistoryLine = z.infer<typeof operatorHistoryLineSchema>;

/**
 * The line of a record of the State table's stream. Undefined if the record has no new roster.
 * @throws if it can't be read
 */
export function operatorHistoryLineOf({ dynamodb }: DynamoDBRecord): OperatorHistoryLine | undefined {
  const image = dynamodb?.NewImage;
  if (dynamodb?.Keys?.['pk']?.S !== rosterKey || !image) return undefined;
  const { version, entry } = rosterSchema.parse(JSON.parse(image['record']?.S ?? ''));
  return entry && { version, ...entry, requestId: image['requestId']?.S ?? '' };
}

/** The type of each change's notice on the bus. */
const noticeTypes = {
  createOperator: 'operator.created',
  revokeOperator: 'operator.revoked',
  closeBootstrap: 'operator.bootstrap_closed',
  resetOperators: 'operator.reset',
} as const satisfies Record<RosterEntry['verb'], string>;

/** The notice of a change. Its source has no dot, as `lifecycle-notice.ts` explains. */
export function operatorNoticeOf({ verb, ...detail }: OperatorHistoryLine): Notice {
  return {
    Source: 'hooklatch',
    DetailType: noticeTypes[verb],
    Detail: JSON.stringify(detail),
    Time: new Date(detail.at),
  };
}
