/** Stored events as items of the Events table. */
import { BatchWriteItemCommand, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { type EventAttributes, eventFromItem } from '../../shared/events/event/event-item.ts';
import type { Item } from '../../tools/bench/stored-events.ts';
import { type ActiveEndpoint, bearer, deliver, tableOf, type World } from '../support/given.ts';

/** An item of the Events table. */
export async function itemOf({ dynamodb, runtime }: World, id: string): Promise<Item | undefined> {
  const TableName = tableOf(runtime, 'Events');
  return (await dynamodb.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }))).Item;
}

/** The key of a large event's body in the bodies bucket. */
export async function bodyKeyOf(world: World, id: string): Promise<string | undefined> {
  const item = await itemOf(world, id);
  return item && eventFromItem(item as EventAttributes).bodyKey;
}

/** Delivers once and returns the stored item. */
export async function aStoredItem(world: World, { url, token }: ActiveEndpoint, body = '{}'): Promise<Item> {
  const headers = { ...bearer(token), 'content-type': 'application/json' };
  const answer = await deliver(url, { headers, body });
  return (await itemOf(world, String(answer.json()['id']))) ?? {};
}

/** Puts items, 25 in each call. */
export async function put({ dynamodb, runtime }: World, items: readonly Item[]): Promise<void> {
  const table = tableOf(runtime, 'Events');
  for (let at = 0; at < items.length; at += 25) {
    const requests = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await dynamodb.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
  }
}
