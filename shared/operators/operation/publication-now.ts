/** Reads the state of an event's publication. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { type PublicationView, publicationOf } from '../../events/bus/publication-state.ts';
import type { RelayTable } from '../../events/bus/relay-table.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { releaseIdOf } from '../../events/event/replay-job.ts';
import type { ReplayJobTable } from '../../events/event/replay-job-table.ts';

export interface PublicationPorts {
  relayLog: Pick<RelayTable, 'position' | 'readGivenUp'>;
  jobs: Pick<ReplayJobTable, 'find'>;
}

/** The state of events at one moment. The relay's position is read once; each event takes at most two reads of one item. */
export function publicationReader(
  connection: Connection,
  now: Date,
  { relayLog, jobs }: PublicationPorts,
): (event: StoredEvent) => Promise<PublicationView> {
  let reading: ReturnType<RelayTable['position']> | undefined;
  return async (event) => {
    const { held, connectionId } = event;
    reading ??= relayLog.position();
    const [position, givenUp, release] = await Promise.all([
      reading,
      relayLog.readGivenUp(event),
      held === undefined ? undefined : jobs.find(connectionId, releaseIdOf(held)),
    ]);
    return publicationOf(event, { connection, release, givenUp, position }, now);
  };
}
