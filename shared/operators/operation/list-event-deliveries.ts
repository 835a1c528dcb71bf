/** Says where an event went: by each rule of its routes, and with each of its replays. */

import { type DeliveryKey, deliveryIdOf } from '../../deliveries/dispatch/delivery-job.ts';
import type { DeliveryLists } from '../../deliveries/dispatch/delivery-lists.ts';
import type { RoutedDelivery } from '../../deliveries/dispatch/delivery-view.ts';
import { type RuleVerdict, ruleVerdictsOf } from '../../deliveries/route/match-rules.ts';
import type { ReadRoutes } from '../../deliveries/route/route-table.ts';
import { routedEventOf } from '../../events/bus/routed-event.ts';
import type { StoredEvent } from '../../events/event/event.ts';
import { type ShowDeliveriesPorts, showDeliveries } from './show-deliveries.ts';

export interface EventDeliveriesPorts extends ShowDeliveriesPorts {
  lists: Pick<DeliveryLists, 'ofEvent'>;
  readRoutes: ReadRoutes;
  /** The exact body, also if it is in the bucket. Undefined if it is gone. */
  readBody(event: StoredEvent): Promise<Buffer | undefined>;
}

/** What is known of a rule without a delivery. One whose event takes too long to match has a delivery that failed. */
const statusOf: Record<RuleVerdict['verdict'], RoutedDelivery['status']> = {
  match: 'queued',
  'no match': 'not_matched',
  'not reached': 'not_reached',
  'over budget': 'queued',
};

const sameDelivery = (one: DeliveryKey) => (other: DeliveryKey) =>
  one.rule === other.rule && one.replay === other.replay;

/** The rules of an event without a row, for its latest replay. An event that was never published goes nowhere yet. */
async function withoutRow(event: StoredEvent, rows: readonly DeliveryKey[], ports: EventDeliveriesPorts) {
  const { routes: version, replays: replay = 0 } = event;
  const isPublished = event.held === undefined && (!event.quiet || replay > 0);
  const routes = version === undefined || !isPublished ? undefined : await ports.readRoutes(version);
  const body = routes && (await ports.readBody(event));
  if (!routes || !body) return [];
  return ruleVerdictsOf(routes, routedEventOf(event, body)).flatMap(({ rule, verdict }): RoutedDelivery[] => {
    const { id, connection, receivedAt } = event;
    const key = { event: id, receivedAt, rule: rule.id, replay };
    if (rows.some(sameDelivery(key))) return [];
    const fields = { id: deliveryIdOf(key), event: id, connection, receivedAt, rule: rule.id };
    return [
      {
        ...fields,
        destination: rule.to.name,
        ...(replay > 0 && { replay }),
        status: statusOf[verdict],
        attempts: 0,
      },
    ];
  });
}

/** Whether a row is of a delivery. One that stands for all rules says that they were not matched. */
export const isOfARule = ({ rule }: DeliveryKey): boolean => rule !== '*';

/** The latest replay first. */
export async function listEventDeliveries(
  event: StoredEvent,
  ports: EventDeliveriesPorts,
  now: Date,
): Promise<RoutedDelivery[]> {
  const rows = (await ports.lists.ofEvent(event.id)).filter(
    (row) => row.receivedAt === event.receivedAt && isOfARule(row),
  );
  const known = (await showDeliveries(rows, ports, now)).map(({ last: _, ...view }) => view);
  const all: RoutedDelivery[] = [...known, ...(await withoutRow(event, rows, ports))];
  return all.sort((one, other) => (other.replay ?? 0) - (one.replay ?? 0));
}
