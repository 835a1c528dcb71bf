/** Does one page of a job's things. If one fails, the job continues with the others. */
import type { Log } from '../aws/logger.ts';
import { inParallel } from '../base/parallel.ts';
import type { Job } from './job.ts';

/** Things in one page, at most. */
const maxPageSize = 200;

/** The number of tries for a thing in one page. */
const maxTries = 3;

/** A page takes about a second. */
export const pageSizeOf = ({ rate }: Pick<Job, 'rate'>): number => Math.min(rate, maxPageSize);

/**
 * The number of things that are written in parallel. Slow jobs write one after another, which keeps the things in
 * order.
 */
const parallelWrites = ({ rate }: Pick<Job, 'rate'>): number => Math.min(Math.ceil(rate / 100), 16);

/** Returns the error if every try failed. */
async function tryOne<Outcome>(
  attempt: () => Promise<Outcome>,
  sleep: (ms: number) => Promise<void>,
): Promise<Outcome | Error> {
  for (let left = maxTries - 1; ; left -= 1) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) return error as Error;
      await sleep(100);
    }
  }
}

/**
 * @param warning what the log says of a thing that failed
 * @throws if every write failed, unless DynamoDB called the first write invalid.
 * DynamoDB can't be reached then, and the job has to
 *   repeat this page.
 */
export async function tryAll<Thing, Outcome>(
  things: readonly Thing[],
  job: Pick<Job, 'id' | 'rate'>,
  attempt: (thing: Thing) => Promise<Outcome>,
  { sleep, log, warning }: { sleep(ms: number): Promise<void>; log: Log; warning: string },
): Promise<(Outcome | 'failed')[]> {
  const results = await inParallel(things, parallelWrites(job), (thing) => tryOne(() => attempt(thing), sleep));
  const errors = results.filter((result) => result instanceof Error);
  const [first] = errors;
  if (first && errors.length === results.length && first.name !== 'ValidationException') throw first;
  for (const { name } of errors) log({ warning, run: job.id, fault: name }, 'warn');
  return results.map((result) => (result instanceof Error ? 'failed' : result));
}
