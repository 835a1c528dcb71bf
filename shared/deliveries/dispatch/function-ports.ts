/** What the functions behind the queues have in common: the table, the queues and the destinations, as their environment names them. */
import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { secretsManager } from '../../endpoints/credential/secret-store.ts';
import { eventBridge, publisher } from '../../events/bus/event-bus.ts';
import { bodyStore } from '../../events/event/body-store.ts';
import { arrivedEventReader, eventReader } from '../../events/event/event-table.ts';
import { dynamodb } from '../../ground/aws/dynamodb.ts';
import { fromEnvironment, isInEnvironment, listFromEnvironment, type Variable } from '../../ground/aws/environment.ts';
import { firstInChain } from '../../ground/aws/invocation-chain.ts';
import { type Log, log } from '../../ground/aws/logger.ts';
import type { Send } from '../../ground/aws/outgoing-message.ts';
import { messageQueues, queueSender } from '../../ground/aws/queue-sender.ts';
import { outboundSender } from '../../ground/outbound/outbound-request.ts';
import { ownHostOf } from '../../ground/outbound/request-target.ts';
import type { Destination } from '../destination/destination.ts';
import { destinationSecrets } from '../destination/destination-secret.ts';
import { destinationOfDelivery, destinationTable } from '../destination/destination-table.ts';
import type { DestinationValue } from '../destination/destination-value.ts';
import { accessTokens } from '../destination/oauth-token.ts';
import { routeReader } from '../route/route-table.ts';
import { killedExpressions } from '../transform/killed-expressions.ts';
import { transformFunction } from '../transform/transform-function.ts';
import { queuesAt, type SharedQueues } from './chained-queues.ts';
import { deliveryAttempt } from './delivery-attempt.ts';
import { contentOf } from './delivery-content.ts';
import { noticePublisher } from './delivery-notice.ts';
import { deliveryTable } from './delivery-table.ts';
import { healthLog } from './health-log.ts';
import { timerKeeper } from './lane-timer.ts';
import type { Attempt, Clock, DispatchPorts } from './ports.ts';
import { transformTurn } from './transform-turn.ts';

const clock: Clock = { now: () => Date.now(), sleep: (ms) => wait(ms), random: Math.random };

/** A queue that the function may not use is not in its environment. */
function senderTo<T>(name: Variable, groupOf: (body: T) => string, logOf: Log): Send<T> {
  if (!isInEnvironment(name)) return (messages) => Promise.resolve([...messages]);
  return queueSender(messageQueues(), fromEnvironment(name), groupOf, logOf);
}

const sharedQueues = (): SharedQueues => ({
  dispatch: senderTo('DISPATCH_QUEUE', ({ to }) => to.id, log),
  overflow: senderTo('OVERFLOW_QUEUE', ({ to }) => to.id, log),
  lane: senderTo('LANE_QUEUE', ({ id }) => id, log),
});

/** What reads destinations, in the functions that do. */
export function destinationReader(): DispatchPorts['readDestination'] {
  const destinations = destinationTable(dynamodb(), fromEnvironment('STATE_TABLE'));
  return (to) => destinationOfDelivery(to, destinations);
}

/** What every function needs that reads or writes deliveries. Its `queues` are for an invocation that begins a chain. */
export function deliveryPorts() {
  const deliveries = deliveryTable(dynamodb(), fromEnvironment('DELIVERIES_TABLE'));
  const ensureTimer = timerKeeper({ deliveries, clock });
  const newId = () => randomUUID();
  const health = healthLog({ deliveries, clock, newId, log, ensureTimer });
  const atPlace = queuesAt(sharedQueues());
  return { deliveries, queues: atPlace(firstInChain), queuesAt: atPlace, clock, newId, log, ensureTimer, health };
}

/** The most values of destinations that an instance keeps. */
const maxValues = 500;

/** Reads the values of destinations. A version of a value never changes, so an instance keeps it; a failure is not kept. */
function valueReader(): (destination: Destination) => Promise<DestinationValue> {
  const { read } = destinationSecrets(secretsManager(), () => Promise.resolve([]));
  const kept = new Map<string, Promise<DestinationValue>>();
  return ({ secret, valueId }) => {
    const known = kept.get(valueId);
    if (known) return known;
    const reading = read(secret, valueId);
    if (kept.size >= maxValues) kept.clear();
    kept.set(valueId, reading);
    reading.catch(() => kept.delete(valueId));
    return reading;
  };
}

/** What reads lists of routes and large bodies, in the functions that need both. */
export const contentPorts = () => ({
  readRoutes: routeReader(dynamodb(), fromEnvironment('STATE_TABLE')).read,
  readBody: bodyStore(fromEnvironment('BODIES_BUCKET')).read,
});

export const readEvents = () => eventReader(dynamodb(), fromEnvironment('EVENTS_TABLE'));

/** What attempts deliveries, in the functions that do. */
export function attemptPort(): Attempt {
  const killed = killedExpressions(clock.now, () => log({ warning: 'transform_stopped' }, 'warn'));
  const { leases } = deliveryTable(dynamodb(), fromEnvironment('DELIVERIES_TABLE'));
  const { transform } = transformFunction(fromEnvironment('TRANSFORM_FUNCTION'), {
    killed,
    ...(isInEnvironment('ONE_TRANSFORM') && { takeTurn: transformTurn({ leases, clock, newId: randomUUID }) }),
  });
  const content = { ...contentPorts(), transform };
  const send = outboundSender({
    ownHosts: fromEnvironment('OWN_URLS').split(',').map(ownHostOf),
    allow: listFromEnvironment('ALLOW_PRIVATE'),
  });
  return deliveryAttempt({
    clock,
    readDestination: destinationReader(),
    readEvent: arrivedEventReader(dynamodb(), fromEnvironment('EVENTS_TABLE')),
    messageOf: (job, event, to) => contentOf(job, event, content, to),
    readValue: valueReader(),
    getToken: accessTokens({ send, clock: () => performance.now() }),
    send,
  });
}

/** What publishes notices, in the function that does. */
export const noticePort = () => noticePublisher(publisher(eventBridge(), fromEnvironment('EVENT_BUS')), clock.now);
