/** What the picture of an event's way shows of its deliveries. */
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';
import type { TimelineItem } from './timeline-reads.ts';

/**
 * What was made when the event was sent the last time, without the rules that it did not match. A replay makes its own.
 * @param replays how often the event was replayed
 */
export const lastSent = (deliveries: readonly RoutedDelivery[], replays: number): RoutedDelivery[] =>
  deliveries.filter(
    ({ status, replay = 0 }) => replay === replays && status !== 'not_matched' && status !== 'not_reached',
  );

/**
 * From the arrival of the event, or of its last replay if that is known, to the last attempt of a delivery, in seconds.
 * @returns undefined if it was not attempted
 */
export function secondsUntil(delivery: string, items: readonly TimelineItem[]): number | undefined {
  const attempts = items.flatMap((item) => (item.step === 'attempted' && item.delivery === delivery ? [item] : []));
  const last = attempts.toSorted((one, other) => one.attempt - other.attempt).at(-1);
  if (!last) return undefined;
  const begun = items.flatMap((item) => {
    if (last.replay === undefined) return item.step === 'received' ? [item.at] : [];
    return item.step === 'replayed' && item.replay === last.replay && item.at !== undefined ? [item.at] : [];
  });
  return begun[0] === undefined ? undefined : (Date.parse(last.at) - Date.parse(begun[0])) / 1000;
}
