/** What was refused in the time of a search. Its bodies are not kept, so a search of events can't find it, and says so. */
import * as z from 'zod/mini';
import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { factsSchema } from '../../ground/base/advice-schema.ts';
import { refusedCountOf, rejectionKeptSeconds } from '../../ground/statistics/refused-count.ts';
import { rejectionReasons } from './rejection.ts';
import { rejectionAdvice } from './rejection-advice.ts';
import type { RejectionReader } from './rejection-reader.ts';
import { explained } from './rejection-view.ts';

/** The most ids that are told. */
const mostTold = 10;

export const refusedInTimeSchema = z.object({
  count: z.int(),
  /** Those of them that came while the endpoint was not active. */
  whileInactive: z.int(),
  /** True if the counts are lower bounds: some were not counted, or only those since `from` were looked at. */
  atLeast: z.optional(z.literal(true)),
  /** Since when it counts. */
  from: z.iso.datetime(),
  /** Refused webhooks with an id of their sender that has the wanted text, at most 10, the newest first. */
  withText: z.array(
    z.object({
      minute: z.string(),
      reason: z.enum(rejectionReasons),
      deliveryId: z.string(),
      explanation: z.string(),
      facts: factsSchema,
    }),
  ),
});
export type RefusedInTime = z.infer<typeof refusedInTimeSchema>;

/** Whether a sender's id is looked for: it has the text, in upper or lower case, or the pattern names it. */
export function wantedIdsOf({
  contains,
  match = {},
}: {
  contains?: string | undefined;
  match?: Record<string, unknown> | undefined;
}): (id: string) => boolean {
  const text = contains?.toLowerCase();
  const ids = [match['deliveryId']].flat();
  return (id) => (text !== undefined && id.toLowerCase().includes(text)) || ids.includes(id);
}

/**
 * What was refused of a connection.
 * @param isWanted whether a sender's id is looked for
 * @param range by default the time in which refusals are kept
 */
export async function refusedInTime(
  connection: Connection,
  isWanted: (id: string) => boolean,
  { from, to, now }: { from?: Date | undefined; to?: Date | undefined; now: Date },
  { lookThrough }: Pick<RejectionReader, 'lookThrough'>,
): Promise<RefusedInTime> {
  const range = { from: from ?? new Date(now.getTime() - rejectionKeptSeconds * 1_000), to: to ?? now };
  const { found, totals, complete, backTo } = await lookThrough(connection.id, isWanted, range);
  return {
    ...refusedCountOf(totals),
    ...(!complete && { atLeast: true as const }),
    from: backTo ?? range.from.toISOString(),
    withText: found
      .flatMap(({ minute, reason, deliveryIds = [] }) =>
        deliveryIds
          .filter(isWanted)
          .map((deliveryId) => ({ minute, reason, deliveryId, ...explained(rejectionAdvice(reason, connection)) })),
      )
      .slice(0, mostTold),
  };
}
