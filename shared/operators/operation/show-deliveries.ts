/** Shows deliveries with the time of their next attempt. */
import type { DeliveryRow } from '../../deliveries/dispatch/delivery-row.ts';
import { type DeliveryView, deliveryViewOf } from '../../deliveries/dispatch/delivery-view.ts';
import { laneTimeOf } from '../../deliveries/dispatch/destination-health-view.ts';
import type { DispatchPorts } from '../../deliveries/dispatch/ports.ts';

export interface ShowDeliveriesPorts extends Pick<DispatchPorts, 'readDestination'> {
  deliveries: Pick<DispatchPorts['deliveries'], 'health'>;
}

/** A destination and its health are read once, and only if something is parked for it. */
export async function showDeliveries(
  rows: readonly DeliveryRow[],
  { readDestination, deliveries }: ShowDeliveriesPorts,
  now: Date,
): Promise<DeliveryView[]> {
  const parked = new Map(rows.flatMap(({ status, to }) => (status === 'parked' ? [[to.id, to] as const] : [])));
  const read = [...parked].map(async ([id, to]) => {
    const [destination, health] = await Promise.all([readDestination(to), deliveries.health.read(id)]);
    return [id, destination && { destination, health: health?.value }] as const;
  });
  const lanes = new Map(await Promise.all(read));
  return rows.map((row) => {
    const lane = row.status === 'parked' ? lanes.get(row.to.id) : undefined;
    return deliveryViewOf(row, lane && laneTimeOf(row, lane, now.getTime()));
  });
}

export async function showDelivery(row: DeliveryRow, ports: ShowDeliveriesPorts, now: Date): Promise<DeliveryView> {
  const [view] = await showDeliveries([row], ports, now);
  return view ?? deliveryViewOf(row);
}
