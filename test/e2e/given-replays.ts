/** Steps for tests of replay jobs: a connection with stored events, and waiting for a job. */
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import type { ReplayView } from '../../shared/events/event/replay-job-view.ts';
import { anActiveEndpoint, type Operator, ok, tableOf, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { aStoredEvent } from './given-runs.ts';

/** A connection with ten events a second over the last minutes. The newest event is 20 seconds old, so the list has them all. */
export async function aConnectionWith(
  where: World,
  events: number,
  more: (n: number) => Partial<StoredEvent> = () => ({}),
) {
  const { name, path } = await anActiveEndpoint(where);
  const connection = await stateTable(where.dynamodb, tableOf(where.runtime, 'State')).readConnection(name);
  if (!connection) throw new Error('the connection does not exist');
  const last = Date.now() - 20_000;
  const log = eventTable(where.dynamodb, tableOf(where.runtime, 'Events'), defaultShards);
  const stored = Array.from({ length: events }, (_, n) =>
    aStoredEvent(connection, last - (events - 1 - n) * 100, more(n)),
  );
  for (let n = 0; n < events; n += 50) await Promise.all(stored.slice(n, n + 50).map((event) => log.append(event)));
  const replays = async (of: World = where) => {
    const read = eventTable(of.dynamodb, tableOf(of.runtime, 'Events'), defaultShards).read;
    return (await Promise.all(stored.map(({ id }) => read(id)))).map((event) => event?.replays ?? 0);
  };
  const range = { from: new Date(last - 3_600_000).toISOString(), to: new Date(last).toISOString() };
  return { name, path, stored, range, replays };
}

/** Reads a replay job. */
export const readJob = async (operator: Operator, path: string, id: unknown) =>
  (await ok(operator, 'GET', `${path}/replays/${id}`)) as unknown as ReplayView;

/** Waits until a replay job has this state. */
export async function untilJob(operator: Operator, path: string, id: unknown, isSo: (seen: ReplayView) => boolean) {
  let seen = await readJob(operator, path, id);
  const look = async () => {
    seen = await readJob(operator, path, id);
    return isSo(seen);
  };
  if (!isSo(seen)) await waitUntil(`the replay job is ${isSo}`, look, 100);
  return seen;
}

export const hasEnded = ({ endedAt }: ReplayView): boolean => endedAt !== undefined;
