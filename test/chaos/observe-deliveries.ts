/** Reads what a world has written down about deliveries. */
import { type AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Delivery, Kind, RouteList } from './check-deliveries.ts';
import { kindHeader } from './delivery-plan.ts';
import { busEventsIn, itemsOf, named } from './observe.ts';
import type { World } from './world.ts';

type Item = Record<string, AttributeValue>;

async function itemsOfTable(world: World, logicalId: string): Promise<Item[]> {
  const { aws, tables } = await world.ready();
  const client = new DynamoDBClient(aws);
  try {
    return await itemsOf(client, named(tables, logicalId));
  } finally {
    client.destroy();
  }
}

/** A row of the table as the checker reads it. Its single attempts are items with a longer key. */
function deliveryIn({ pk, sk, record }: Item): Delivery[] {
  if (!pk?.S?.startsWith('evt_') || sk?.S?.split('#').length !== 3) return [];
  const { event, receivedAt, rule, replay, routes, to, status, reason, madeAt } = JSON.parse(record?.S ?? '');
  const id = `dlv_${event}_${Date.parse(receivedAt)}_${rule}_${replay}`;
  return [{ id, event, rule, replay, routes, to: to.id, status, reason, madeAt }];
}

/** Reads all deliveries. A kill in between begins it again. */
export async function deliveriesIn(world: World): Promise<Delivery[]> {
  for (;;) {
    const items = await itemsOfTable(world, 'Deliveries').catch(() => undefined);
    if (items) return items.flatMap(deliveryIn);
  }
}

interface StoredRule {
  id: string;
  when?: { headers: Record<string, [Kind]> };
  transform?: string;
  to: { id: string };
}

/** The lists of routes by their versions. */
export async function listsIn(world: World): Promise<Map<string, RouteList>> {
  const items = await itemsOfTable(world, 'State');
  return new Map(
    items.flatMap(({ pk, record }): [string, RouteList][] => {
      if (!pk?.S?.startsWith('routes#')) return [];
      const { mode, rules } = JSON.parse(record?.S ?? '') as { mode: RouteList['mode']; rules: StoredRule[] };
      const plain = rules.map(({ id, when, transform, to }) => ({
        id,
        ...(when?.headers[kindHeader] && { kind: when.headers[kindHeader][0] }),
        isMade: transform !== undefined,
        to: to.id,
      }));
      return [[pk.S.slice('routes#'.length), { mode, rules: plain }]];
    }),
  );
}

/** How many deliveries to each destination the bus said were given up. */
export function givenUpToldIn(world: World): Map<string, number> {
  const told = new Map<string, number>();
  for (const event of busEventsIn(world.dataDir)) {
    if (event['detail-type'] !== 'delivery.given_up') continue;
    const { destinationId, count } = event.detail as { destinationId: string; count: number };
    told.set(destinationId, (told.get(destinationId) ?? 0) + count);
  }
  return told;
}
