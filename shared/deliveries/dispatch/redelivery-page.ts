/** Reads one page of a job's deliveries, makes them due again, and sends their messages. */
import type { Log } from '../../ground/aws/logger.ts';
import { type PageResult, type PageStep, pageResultOf } from '../../ground/job/job.ts';
import { pageSizeOf, tryAll } from '../../ground/job/try-all.ts';
import type { DeliveryLists } from './delivery-lists.ts';
import type { DeliveryRow } from './delivery-row.ts';
import type { DispatchPorts } from './ports.ts';
import { makeDueAgain, type RedeliverPorts, sendRedelivered } from './redeliver.ts';
import { type RedeliveryJob, type RedeliverySkip, whyLeftOut } from './redelivery-job.ts';

export interface RedeliveryPagePorts extends RedeliverPorts, Pick<DispatchPorts, 'readDestination'> {
  lists: Pick<DeliveryLists, 'ended'>;
  now(): Date;
  sleep(ms: number): Promise<void>;
  log: Log;
}

/** `repeated`: this job redelivered it before a crash, and did not count it then. */
function outcomeOf(result: DeliveryRow | RedeliverySkip | 'repeated' | 'not_found' | 'failed') {
  if (typeof result !== 'string' || result === 'repeated') return 'done';
  return result === 'not_found' ? 'expired' : result;
}

/** Returns undefined if the destination is gone. */
export async function redeliveryPage(
  job: RedeliveryJob,
  { after }: PageStep,
  ports: RedeliveryPagePorts,
): Promise<PageResult<RedeliverySkip> | undefined> {
  const begunAt = ports.now();
  const [{ rows, next }, destination] = await Promise.all([
    ports.lists.ended(job.destinationId, { ...job, limit: pageSizeOf(job), after }),
    ports.readDestination({ id: job.destinationId, name: job.destination }),
  ]);
  if (!destination) return undefined;
  const author = { destination, by: job.by, jobId: job.id };
  const results = await tryAll(rows, job, (row) => makeDueAgain(row, author, whyLeftOut(job), ports), {
    sleep: ports.sleep,
    log: ports.log,
    warning: 'delivery_not_redelivered',
  });
  await sendRedelivered(
    results.filter((result) => typeof result !== 'string'),
    ports,
  );
  return pageResultOf(begunAt, results.map(outcomeOf), next);
}
