/**
 * The history of destinations in the Journal table. It is kept forever.
 *
 * | pk                                     | sk                            |                                              |
 * |----------------------------------------|-------------------------------|----------------------------------------------|
 * | `destination_history#<destination id>` | `<version, 9 digits>`         | see `version-lines.ts`                       |
 * | `destination_actions#<destination id>` | `<time>#<id of the job>#<turn>` | what was done with redeliveries, as JSON     |
 *
 * A line may be written again, because streams and jobs repeat. A list merges both kinds by time.
 */
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { putOnce } from '../../ground/aws/conditional-write.ts';
import { journalKey } from '../../ground/aws/journal-key.ts';
import { readSpan, textIn } from '../../ground/aws/journal-span.ts';
import { type HistoryPage, type HistoryPageRequest, mergedHistoryPage } from '../../ground/aws/merged-history.ts';
import { versionLines } from '../../ground/aws/version-lines.ts';
import { type DestinationLine, destinationLineSchema } from '../destination/destination-change.ts';
import { type RedeliveryAction, redeliveryActionSchema } from './redelivery-action.ts';

export interface DestinationHistory {
  /** Adds the line of a change. If the line is there already, nothing changes. */
  append(destinationId: string, line: DestinationLine): Promise<void>;
  /** Adds the lines of what was done with a job, in their order. Those that are there already do not change. */
  note(destinationId: string, actions: readonly RedeliveryAction[]): Promise<void>;
  /** Newest first. */
  list(destinationId: string, page: HistoryPageRequest): Promise<HistoryPage<DestinationLine | RedeliveryAction>>;
}

export function destinationHistory(client: DynamoDBClient, table: string): DestinationHistory {
  const changes = versionLines(client, table, destinationLineSchema);
  const changesKey = (destinationId: string) => journalKey('destination_history', destinationId);
  const actionsKey = (destinationId: string) => journalKey('destination_actions', destinationId);

  async function readActions(destinationId: string, greatest: string, items: number) {
    const span = { pk: actionsKey(destinationId), least: '0', greatest, order: 'desc' } as const;
    const found = await readSpan(client, table, span, { items });
    return found.items.map((item) => ({
      key: textIn(item, 'sk'),
      line: redeliveryActionSchema.parse(JSON.parse(textIn(item, 'line'))),
    }));
  }

  return {
    append: (destinationId, line) => changes.append(changesKey(destinationId), line),

    async note(destinationId, actions) {
      for (const [turn, action] of actions.entries())
        await putOnce(client, table, {
          pk: { S: actionsKey(destinationId) },
          sk: { S: `${action.at}#${action.of}#${turn}` },
          line: { S: JSON.stringify(action) },
        });
    },

    list: (destinationId, page) =>
      mergedHistoryPage(
        page,
        (greatest, items) => changes.read(changesKey(destinationId), greatest, items),
        (greatest, items) => readActions(destinationId, greatest, items),
      ),
  };
}
