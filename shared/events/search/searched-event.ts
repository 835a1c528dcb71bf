/**
 * An event as a search sees it. Places in which something is masked are not there: nothing is found by them, neither by what stood
 * there nor by the mask.
 */
import { isUtf8 } from 'node:buffer';
import { redacted } from '../../endpoints/credential/redaction.ts';
import { routedBodyOf, routedEventOf } from '../bus/routed-event.ts';
import type { EventRow, StoredEvent } from '../event/event.ts';

const isMasked = (value: unknown): boolean => typeof value === 'string' && value.includes(redacted);

function removeFromList(list: unknown[]): void {
  let kept = 0;
  for (const value of list) {
    if (isMasked(value)) continue;
    list[kept] = value;
    kept += 1;
  }
  list.length = kept;
}

function removeFromObject(object: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(object)) if (isMasked(value)) delete object[name];
}

/** Removes the masked texts from a parsed body. Not recursive, so any nesting depth works. */
function withoutMasked(data: unknown): unknown {
  if (isMasked(data)) return undefined;
  const left: unknown[] = [data];
  while (left.length > 0) {
    const value = left.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) removeFromList(value);
    else removeFromObject(value as Record<string, unknown>);
    for (const inner of Object.values(value)) if (typeof inner === 'object') left.push(inner);
  }
  return data;
}

/** The headers in which nothing is masked. */
export const headersOf = ({ headers }: Pick<StoredEvent, 'headers'>): [string, string][] =>
  Object.entries(headers).filter(([, value]) => !isMasked(value));

type SearchedRow = Pick<EventRow, 'type' | 'method' | 'contentType' | 'size' | 'deliveryId'>;
type SearchedItem = SearchedRow &
  Pick<StoredEvent, 'provider' | 'verifiedBy' | 'sourceIp' | 'headers' | 'query' | 'path'>;

/** The fields of an event's row, as patterns see them. */
export const searchedRow = ({ type, method, contentType, size, deliveryId }: SearchedRow) => ({
  ...{ type, method, size },
  ...(contentType !== undefined && !isMasked(contentType) && { contentType }),
  ...(deliveryId !== undefined && { deliveryId }),
});

/** The fields that the event's item has, as patterns see them. */
export const searchedItem = (event: SearchedItem): Record<string, unknown> => {
  const { provider, verifiedBy, sourceIp, query, path } = event;
  return {
    ...searchedRow(event),
    ...{ provider, verifiedBy, sourceIp },
    headers: Object.fromEntries(headersOf(event)),
    query: query.replaceAll(redacted, ''),
    path: path.replaceAll(redacted, ''),
  };
};

/** The body as patterns see it. Undefined if it is not JSON. */
export function searchedBody(event: StoredEvent, body: Buffer): unknown {
  const { data } = routedEventOf(event, body);
  return event.tokenIn.length === 0 ? data : withoutMasked(data);
}

/** The texts of a row, for a search by text. */
export const textsOfRow = ({ id, type, deliveryId }: EventRow): string[] =>
  [id, type, deliveryId].filter((text) => text !== undefined);

/** The parts of a query or a path between what is masked. */
export const textsOfPath = (text: string): string[] => text.split(redacted);

/** The texts of an item without its body. */
export const textsOfItem = (event: StoredEvent): string[] => [
  event.sourceIp,
  ...headersOf(event).map(([name, value]) => `${name}: ${value}`),
  ...[event.query, event.path].flatMap(textsOfPath),
];

/** The texts of a body: none if it is not UTF-8. A mask parts it in two. */
export function textsOfBody(event: StoredEvent, body: Buffer): string[] {
  const shown = routedBodyOf(event, body);
  if (!isUtf8(shown)) return [];
  const text = shown.toString('utf8');
  return event.tokenIn.length === 0 ? [text] : text.split(redacted);
}
