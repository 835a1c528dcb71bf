/** Redelivers many deliveries of a destination: starts a job, or asks it to end. */

import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import type { DeliveryLists } from '../../deliveries/dispatch/delivery-lists.ts';
import type { RedeliverableState } from '../../deliveries/dispatch/delivery-states.ts';
import {
  newRedelivery,
  type RedeliveryJob,
  type RedeliverySelection,
  redeliveryIdForm,
} from '../../deliveries/dispatch/redelivery-job.ts';
import { countDeliveries, type RedeliveryCount } from '../../deliveries/dispatch/redelivery-plan.ts';
import type { RedeliveryTable } from '../../deliveries/dispatch/redelivery-table.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import {
  checkRate,
  type JobPlan,
  pastRangeOf,
  type Range,
  type RunnerPorts,
  startedBy,
  startJob,
  wakeRunner,
} from './job-plan.ts';
import type { Operation } from './operation.ts';
import { requireConnection } from './update-connection.ts';
import { requireDestination } from './update-destination.ts';

export interface RedeliveryPorts extends RunnerPorts {
  store: Pick<StateTable, 'readConnection'>;
  destinations: Pick<DestinationTable, 'read'>;
  lists: Pick<DeliveryLists, 'ended'>;
  redeliveries: RedeliveryTable;
}

/** A destination by its name. */
interface NamedDestination {
  name: string;
}

interface RedeliveryPlan extends NamedDestination, JobPlan {
  statuses: RedeliverableState[];
  /** Only those of this connection, and by the rule of this id. */
  connection?: string | undefined;
  rule?: string | undefined;
}

/** Checks a plan, and counts its deliveries. */
async function counted(plan: RedeliveryPlan, now: Date, ports: RedeliveryPorts) {
  const { id: destinationId } = await requireDestination(plan.name, ports);
  const range = pastRangeOf(plan, now);
  checkRate(plan.ratePerSecond, ports.replayCeiling);
  const { connection, rule } = plan;
  const of = connection === undefined ? undefined : await requireConnection(connection, ports);
  const selection: RedeliverySelection = {
    ...range,
    statuses: [...new Set(plan.statuses)],
    ...(of && { connectionId: of.id }),
    ...(rule !== undefined && { rule }),
  };
  const found = await countDeliveries(ports.lists, destinationId, selection, now);
  return { destinationId, range, selection, found };
}

/** Counts the deliveries of a redelivery, and shows some of them. What ended a moment ago may be missing. */
export const planRedelivery: Operation<RedeliveryPlan, RedeliveryPorts, Range & RedeliveryCount> = async (
  plan,
  { now },
  ports,
) => {
  const { range, found } = await counted(plan, now, ports);
  return { ...range, ...found };
};

/** Starts a job. A destination has one at a time. */
export const startRedelivery: Operation<RedeliveryPlan, RedeliveryPorts, RedeliveryJob> = async (
  plan,
  context,
  ports,
) => {
  const { destinationId, selection, found } = await counted(plan, context.now, ports);
  const { name: destination, connection, ratePerSecond: rate } = plan;
  const job = newRedelivery({
    ...startedBy(context, ports),
    destination,
    destinationId,
    ...selection,
    ...(connection !== undefined && { connection }),
    rate,
    count: found.complete ? found.count : null,
  });
  const detail = 'This destination has a redelivery that has not ended. Wait until it ends, or cancel it.';
  return startJob(job, ports.redeliveries, { code: 'redelivery_in_progress', detail }, context, ports);
};

/** A redelivery of a destination. */
interface NamedRedelivery extends NamedDestination {
  id: string;
}

/**
 * The job of this id, as `find` returns it.
 * @throws a refusal if there is none
 */
export async function requireRedelivery(
  { name, id }: NamedRedelivery,
  ports: Pick<RedeliveryPorts, 'destinations'>,
  find: RedeliveryTable['find'],
): Promise<RedeliveryJob> {
  const { id: destinationId } = await requireDestination(name, ports);
  const job = redeliveryIdForm.test(id) ? await find(destinationId, id) : undefined;
  if (job) return job;
  const detail = 'This destination has no redelivery with this id. Redeliveries are kept for 30 days.';
  throw new Refusal('redelivery_not_found', detail);
}

/** Asks a job to end. It ends after its current page. */
export const cancelRedelivery: Operation<NamedRedelivery, RedeliveryPorts, RedeliveryJob> = async (
  named,
  { actor, now, requestId },
  ports,
) => {
  const author = { by: actor.id, at: now.toISOString() };
  const job = await requireRedelivery(named, ports, (...of) => ports.redeliveries.cancel(...of, author));
  if (job.state === 'cancelling') await wakeRunner(requestId, ports);
  return job;
};
