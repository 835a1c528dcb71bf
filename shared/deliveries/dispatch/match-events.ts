/** Matches the events whose messages stand for all rules. */
import type { EventTable } from '../../events/event/event-table.ts';
import { type ContentPorts, wholeBodyOf } from './delivery-content.ts';
import type { DeliveryJob } from './delivery-job.ts';
import { cameTooOften, type Received } from './dispatch-batch.ts';
import { postpone } from './record-result.ts';
import { failAll, forgetMatch, type RoutePorts, routeAll } from './route-event.ts';

export interface MatchPorts extends RoutePorts, Pick<ContentPorts, 'readBody'> {
  readEvent: EventTable['read'];
}

/** An event that is gone, or whose body is, has nothing to send. */
async function matchEvent(message: Received<DeliveryJob>, ports: MatchPorts): Promise<unknown> {
  const { body: job } = message;
  if (cameTooOften(message))
    return job.alone ? failAll(job, ports) : postpone(job, undefined, ports, { due: ports.clock.now(), alone: true });
  const event = await ports.readEvent(job.event);
  const isThere = event?.receivedAt === job.receivedAt;
  const body = isThere ? await wholeBodyOf(event, ports.readBody) : undefined;
  return isThere && body ? routeAll(job, event, body, ports) : forgetMatch(job, ports);
}

/**
 * Matches one event after another. What ended the function before comes last, so that it takes no other with it.
 * @returns the ids of the messages that have to come again
 */
export async function matchEvents(messages: readonly Received<DeliveryJob>[], ports: MatchPorts): Promise<string[]> {
  const failed: string[] = [];
  const isAlone = ({ body }: Received<DeliveryJob>): boolean => body.alone === true;
  for (const message of [...messages.filter((each) => !isAlone(each)), ...messages.filter(isAlone)])
    await matchEvent(message, ports).catch((error) => {
      ports.log({ warning: 'event_not_routed', fault: (error as Error).name, event: message.body.event }, 'warn');
      failed.push(message.id);
    });
  return failed;
}
