/** Wakes up every minute, and sends the deliveries and the timers of lanes that are due. */

import { dueShards } from '../shared/deliveries/dispatch/delivery-table.ts';
import { deliveryPorts } from '../shared/deliveries/dispatch/function-ports.ts';
import { type SweepPorts, sweepShard } from '../shared/deliveries/dispatch/sweep-due.ts';
import type { Log } from '../shared/ground/aws/logger.ts';

export interface Deps extends SweepPorts {
  log: Log;
}

/** One shard's failure must not keep back the others. */
export const sweepDeliveries = (deps: Deps) => async (): Promise<void> => {
  const shards = Array.from({ length: dueShards }, (_, shard) => sweepShard(shard, deps));
  const swept = await Promise.allSettled(shards);
  const sent = swept.reduce((sum, each) => sum + (each.status === 'fulfilled' ? each.value.sent : 0), 0);
  const faults = swept.flatMap((each) => (each.status === 'rejected' ? [each.reason as Error] : []));
  deps.log({ outcome: 'swept', records: sent, failed: faults.length });
  // All other shards are swept. The error raises the alarm on failures.
  if (faults[0]) throw faults[0];
};

export const handler = sweepDeliveries(deliveryPorts());
