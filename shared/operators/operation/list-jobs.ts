/** Lists the jobs of all connections and destinations, the newest first. */
import type { RedeliveryJob } from '../../deliveries/dispatch/redelivery-job.ts';
import type { RedeliveryTable } from '../../deliveries/dispatch/redelivery-table.ts';
import type { StateTable } from '../../endpoints/endpoint/state-table.ts';
import type { ReplayJob } from '../../events/event/replay-job.ts';
import type { ReplayJobTable } from '../../events/event/replay-job-table.ts';
import { jobPositionOf, newestFirst } from '../../ground/job/job-order.ts';
import { requireConnection } from './update-connection.ts';

type AnyJob = ReplayJob | RedeliveryJob;

export interface JobListPorts {
  store: Pick<StateTable, 'readConnection'>;
  jobs: Pick<ReplayJobTable, 'listNewest'>;
  redeliveries: Pick<RedeliveryTable, 'listNewest'>;
}

interface JobListRequest {
  limit: number;
  /** The `next` of the page before. */
  after: string | undefined;
  kind?: ReplayJob['kind'] | 'redelivery' | undefined;
  /** `open`: has not ended. */
  state?: 'open' | 'done' | 'cancelled' | 'failed' | undefined;
  /** Only those of the connection of this name. */
  connection?: string | undefined;
}

/** How many jobs of each kind are read at once, and how often for one page of the list. */
const readSize = 200;
const maxReads = 5;

export const jobKindOf = (job: AnyJob): NonNullable<JobListRequest['kind']> =>
  'destination' in job ? 'redelivery' : job.kind;

const isOpen = ({ endedAt }: AnyJob): boolean => endedAt === undefined;

/** Whether a list has a job. A connection that was deleted has another id than one of the same name. */
const filterOf =
  ({ kind, state }: JobListRequest, connectionId: string | undefined) =>
  (job: AnyJob): boolean =>
    (kind === undefined || jobKindOf(job) === kind) &&
    (state === undefined || (state === 'open' ? isOpen(job) : job.state === state)) &&
    (connectionId === undefined || job.connectionId === connectionId);

/** The next jobs in order, of both tables. Fewer than `readSize` mean that there are no older ones. */
async function readNewest({ jobs, redeliveries }: JobListPorts, after: string | undefined): Promise<AnyJob[]> {
  const both = await Promise.all([jobs.listNewest(readSize, after), redeliveries.listNewest(readSize, after)]);
  return newestFirst<AnyJob>(both.flat()).slice(0, readSize);
}

/**
 * A page of the list. It reads a bounded number of jobs, so it can be short or empty although more follow.
 * @throws a refusal if there is no such connection
 */
export async function listAllJobs(
  request: JobListRequest,
  ports: JobListPorts,
): Promise<{ shown: AnyJob[]; next?: string }> {
  const { limit, connection } = request;
  const connectionId = connection === undefined ? undefined : (await requireConnection(connection, ports)).id;
  const isListed = filterOf(request, connectionId);
  const shown: AnyJob[] = [];
  let { after } = request;
  for (let reads = 0; reads < maxReads; reads += 1) {
    const read = await readNewest(ports, after);
    for (const job of read) {
      // One more than the page has room for: the page ends before it.
      if (isListed(job) && shown.length === limit) return { shown, ...(after !== undefined && { next: after }) };
      if (isListed(job)) shown.push(job);
      after = jobPositionOf(job);
    }
    if (read.length < readSize) return { shown };
  }
  return { shown, ...(after !== undefined && { next: after }) };
}
