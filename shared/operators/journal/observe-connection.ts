/** Reads the counts of a connection in the Journal, and not its events. */

import type { RejectionReader } from '../../events/arrival/rejection-reader.ts';
import type { UsageTable } from '../../events/arrival/usage-table.ts';
import { beginOfMinutes } from '../../ground/statistics/refused-count.ts';
import type { Observed } from './connection-summary.ts';

export interface ObservePorts {
  usage: Pick<UsageTable, 'lastUse' | 'lastHour'>;
  rejections: Pick<RejectionReader, 'byMinute'>;
}

/** What the Journal has of the last hour, and of the last uses. */
export async function observeConnection(id: string, now: Date, { usage, rejections }: ObservePorts): Promise<Observed> {
  const [use, arrived, refused] = await Promise.all([
    usage.lastUse(id),
    usage.lastHour(id, now),
    rejections.byMinute(id, { from: beginOfMinutes(60, now), to: now }),
  ]);
  return { use, arrived, refused };
}
