/** What operators are told of destinations, as events on the bus. */
import type { Publish } from '../../events/bus/event-bus.ts';
import type { BusEntry } from '../../events/bus/publication.ts';
import type { Target } from './delivery-job.ts';
import type { Notice } from './destination-health.ts';
import type { DispatchPorts } from './ports.ts';

/** The source has no dot, and that of every webhook has one, so no sender can forge a notice. */
const entryOf = (DetailType: string, at: number, detail: object): BusEntry => ({
  Source: 'hooklatch',
  DetailType,
  Detail: JSON.stringify({ ...detail, at: new Date(at).toISOString() }),
  Time: new Date(at),
});

const ofIncident = ({ id, name }: Target, { type, incident, at }: Notice): BusEntry =>
  entryOf(type, at, { destination: name, destinationId: id, incident });

/** What a deletion cancelled. */
export const cancelledNotice = ({ id, name }: Target, count: number, sample: readonly string[], at: Date): BusEntry =>
  entryOf('delivery.cancelled', at.getTime(), { destination: name, destinationId: id, count, sample });

/**
 * Creates what publishes notices.
 * @throws if the bus did not take all of them: they are published again
 */
export const noticePublisher =
  (publish: Publish, now: () => number): DispatchPorts['publishNotices'] =>
  async (to, notices, givenUp) => {
    const entries = notices.map((notice) => ofIncident(to, notice));
    if (givenUp) {
      const detail = { destination: to.name, destinationId: to.id, ...givenUp };
      entries.push(entryOf('delivery.given_up', now(), detail));
    }
    const refused = (await publish(entries)).filter((code) => code !== undefined);
    if (refused.length > 0) throw new Error(`the bus refused ${refused.length} notices: ${refused[0]}`);
  };
