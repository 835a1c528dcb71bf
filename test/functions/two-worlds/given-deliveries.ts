/** The deliveries of a world, and what follows a write of a table. */

import { destinationOfDelivery } from '../../../shared/deliveries/destination/destination-table.ts';
import { accessTokens } from '../../../shared/deliveries/destination/oauth-token.ts';
import { attemptCounter } from '../../../shared/deliveries/dispatch/attempt-count.ts';
import { countedAttempts } from '../../../shared/deliveries/dispatch/counted-attempts.ts';
import { deliveryAttempt } from '../../../shared/deliveries/dispatch/delivery-attempt.ts';
import { contentOf } from '../../../shared/deliveries/dispatch/delivery-content.ts';
import type { DeliveryJob } from '../../../shared/deliveries/dispatch/delivery-job.ts';
import { healthLog } from '../../../shared/deliveries/dispatch/health-log.ts';
import { timerKeeper } from '../../../shared/deliveries/dispatch/lane-timer.ts';
import { eventRouter } from '../../../shared/deliveries/dispatch/route-event.ts';
import { recordMeaningOf } from '../../../shared/events/bus/stream-record.ts';
import { minuteAdder } from '../../../shared/ground/statistics/minute-count-table.ts';
import { log, type Moments, type Ports, silent } from './given-ports.ts';
import type { Follow } from './given-tables.ts';

const { countStoredEvents } = await import('../../../functions/count-events.ts');
const { dispatch } = await import('../../../functions/dispatch.ts');
const { followStateChanges } = await import('../../../functions/follow-state-changes.ts');

/** What is queued, and what attempts it. */
export function deliveriesOf(ports: Ports, { time, newId }: Moments) {
  const { client, deliveries, destinations, events, readRoutes, readBody, transform, send, destinationSecrets } = ports;
  const queue: { body: DeliveryJob }[] = [];
  const queues = {
    async dispatch(messages: readonly { body: DeliveryJob }[]) {
      queue.push(...messages);
      return [];
    },
    ...{ overflow: async () => [], lane: async () => [], isLast: false },
  };
  const readDestination = (to: { id: string; name: string }) => destinationOfDelivery(to, destinations);
  const newUuid = () => newId('id_');
  // How many findings a write has together depends on the moment, and so how many incidents get an id.
  const newIncident = () => 'incident';
  const ensureTimer = timerKeeper({ deliveries, clock: time });
  const health = healthLog({ deliveries, clock: time, newId: newIncident, log, ensureTimer });
  const own = { deliveries, queues, clock: time, newId: newUuid, log, ensureTimer, health, readDestination };
  const attempt = deliveryAttempt({
    ...{ clock: time, readDestination, readEvent: events.read, send },
    messageOf: (job, event, to) => contentOf(job, event, { readRoutes, readBody, transform }, to),
    readValue: ({ secret, valueId }) => destinationSecrets.read(secret, valueId),
    getToken: accessTokens({ send, clock: time.now }),
  });
  const counter = attemptCounter(client, 'Journal', ports.markActivity, log);
  const counted = countedAttempts(attempt, counter, time);
  const work = dispatch({ ...own, ...counted, readRoutes, readBody, readEvent: events.read, queuesAt: () => queues });

  /** Attempts what is in the queue, once. @returns how many those were */
  async function deliver(): Promise<number> {
    const records = queue.splice(0).map(({ body }, number) => ({
      ...{ messageId: `m${number}`, body: JSON.stringify(body) },
      attributes: { ApproximateReceiveCount: '1' },
    }));
    for (let at = 0; at < records.length; at += 10) await work({ Records: records.slice(at, at + 10) } as never);
    return records.length;
  }
  return { own, deliver, route: eventRouter({ ...own, readRoutes }) };
}
export type Deliveries = ReturnType<typeof deliveriesOf>;

/** What the functions behind the streams do. */
export function follower(ports: Ports, { now }: Moments, { route }: Deliveries): Follow {
  const { client, history, ofDestinations, ofOperators, jobs, wake, usage, markActivity } = ports;
  const addToMinute = minuteAdder(client, 'Journal');
  const count = countStoredEvents({ addToMinute, noteReplay: history.note, usage, markActivity, now, log });
  const followState = followStateChanges({
    append: history.append,
    appendOperatorLine: ofOperators.append,
    appendDestinationLine: ofDestinations.append,
    publish: async (entries) => entries.map(() => undefined),
    cancelDeliveries: async () => ({ cancelled: 0, sample: [] }),
    ...{ jobs, wake, now, log, deleteSecret: silent, beginGeneration: silent, keepDeadLetter: silent },
  });
  return async (table, record) => {
    const event = { Records: [{ ...record, eventSourceARN: `arn:aws:dynamodb:1:1:table/${table}/stream/1` }] };
    if (table === 'State') return void (await followState(event, {} as never));
    await count(event);
    const meaning = recordMeaningOf(record);
    if (meaning.kind === 'publish') await route([meaning.publication]);
  };
}
