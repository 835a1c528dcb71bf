/** Reads of deliveries, and what is said of one. */
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { inByteOrder } from '../body/visible-text.ts';
import { deliveryText } from '../delivery-text.ts';
import { deliveryInterval, refreshMs } from '../poll-interval.ts';
import { absoluteTime } from '../relative-time.ts';
import { useRead } from '../session/queries.tsx';
import { isUnfinished } from './unfinished.ts';

export type DeliveryAnswer = ApiAnswer<'GET /v1/deliveries/{id}'>;
export type ListedDelivery = ApiAnswer<'GET /v1/destinations/{name}/deliveries'>['items'][number];
export type Health = ApiAnswer<'GET /v1/destinations/{name}/health'>;
export type AttemptAnswer = DeliveryAnswer['history'][number];

/** The time of the next attempt. What is due is attempted now. */
export const nextText = (at: string): string =>
  Date.parse(at) <= Date.now() ? deliveryText.health.now : absoluteTime(at);

/** Whether a rule of an event has no delivery, and never will. */
const isNoDelivery = ({ status }: RoutedDelivery): boolean => status === 'not_matched' || status === 'not_reached';

/** Whether there is something to read about it: what was not attempted yet has no record. */
export const hasPage = (routed: RoutedDelivery): boolean => !isNoDelivery(routed) && routed.status !== 'queued';

/** Where the page of a delivery is. */
export const deliveryPath = ({ destination, id }: Pick<RoutedDelivery, 'destination' | 'id'>): string =>
  `/destinations/${destination}/deliveries/${id}`;

/** What came of an attempt. */
export const resultText = ({ status, cause, outcome }: Omit<AttemptAnswer, 'attempt'>): string =>
  status === undefined ? inByteOrder(cause ?? outcome.replaceAll('_', ' ')) : deliveryText.page.answered(status);

/** Why a delivery is as it is: why it ended, or what came of its last attempt. Empty if there is nothing to say. */
export function whyText({ reason, cause, last }: Pick<ListedDelivery, 'reason' | 'cause' | 'last'>): string {
  if (reason === undefined) return last ? resultText(last) : '';
  const known = Object.hasOwn(deliveryText.reasons, reason) ? deliveryText.reasons[reason] : undefined;
  if (cause !== undefined) return [known, inByteOrder(cause)].filter(Boolean).join(' ');
  return known ?? reason.replaceAll('_', ' ');
}

/**
 * Why a delivery of a list is as it is. What is not attempted for a reason of its destination says that reason.
 * @param health of its destination, if it is known
 */
export function explanationOf(
  delivery: Pick<ListedDelivery, 'reason' | 'cause' | 'last'> & Pick<RoutedDelivery, 'status' | 'attempts'>,
  health?: Health['state'],
): string {
  const { status } = delivery;
  const parked = status === 'parked' && health !== undefined ? deliveryText.parkedBecause[health] : undefined;
  return parked ?? (whyText(delivery) || deliveryText.meaningOf(delivery));
}

/** By which rule a delivery was made, and whether for a replay or a test. */
export const ruleText = ({ rule, replay, test }: Pick<RoutedDelivery, 'rule' | 'replay' | 'test'>): string =>
  [rule, ...(replay === undefined ? [] : [deliveryText.replay(replay)]), ...(test ? [deliveryText.test] : [])].join(
    ', ',
  );

export const useDelivery = (id: string) =>
  useRead(['delivery', id], (api) => api.call('GET /v1/deliveries/{id}', { params: { id } }), {
    everyMs: (read) => deliveryInterval(read === undefined || isUnfinished(read)),
  });

export const useEventDeliveries = (name: string, id: string) =>
  useRead(
    ['deliveries of event', name, id],
    (api) => api.call('GET /v1/connections/{name}/events/{id}/deliveries', { params: { name, id } }),
    { everyMs: (read) => deliveryInterval(read === undefined || read.items.some(isUnfinished)) },
  );

/** @param everyMs a list reads less often, because it reads the health of each row that it shows */
export const useHealth = (name: string, everyMs: number = refreshMs.record) =>
  useRead(
    ['destination', name, 'health'],
    (api) => api.call('GET /v1/destinations/{name}/health', { params: { name } }),
    { everyMs },
  );
