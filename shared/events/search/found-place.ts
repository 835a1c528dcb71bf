/** Where in an event a text was found: the field, the place in it, and the words around it. */
import * as z from 'zod/mini';
import { pointerOf } from '../../ground/base/json-pointer.ts';
import type { EventRow, StoredEvent } from '../event/event.ts';
import { headersOf, searchedBody, textsOfBody, textsOfPath } from './searched-event.ts';

/** The most characters of a text that are shown. */
const mostShown = 80;
/** The most of them before what was found. */
const mostBefore = 30;
/** The longest JSON pointer that is told, in characters. */
const mostPlace = 200;

export const foundPlaceSchema = z.object({
  in: z.enum(['id', 'type', 'deliveryId', 'sourceIp', 'header', 'query', 'path', 'body']),
  /** The name of the header, or a JSON pointer into the body. Absent if it stands across values, or the body is not JSON. */
  at: z.optional(z.string()),
  /** What stands there, cut to 80 characters around what was found. */
  text: z.string(),
});
export type FoundPlace = z.infer<typeof foundPlaceSchema>;

/** A text cut to what stands around its part at this position. Half of a surrogate pair is left out. */
function around(text: string, position: number): string {
  const begin = Math.max(0, Math.min(position - mostBefore, text.length - mostShown + 1));
  const isCut = begin > 0;
  const room = mostShown - (isCut ? 1 : 0);
  const rest = text.slice(begin);
  const shown = rest.length > room ? `${rest.slice(0, room - 1)}…` : rest;
  return `${isCut ? '…' : ''}${shown}`.toWellFormed();
}

/** @param wanted in lower case */
function placeIn(wanted: string, place: Omit<FoundPlace, 'text'>, text: string | undefined): FoundPlace | undefined {
  // The lower case of few letters is longer, so the position may be off by some.
  const position = text?.toLowerCase().indexOf(wanted) ?? -1;
  return text === undefined || position < 0 ? undefined : { ...place, text: around(text, position) };
}

/** A value in a parsed body. */
interface Node {
  value: unknown;
  /** Its name in what holds it. */
  name?: string;
  holder?: Node;
}

/** The values and the names of a parsed body, in their order. Not recursive, so any nesting depth works. */
function* textsIn(data: unknown): Generator<[Node, string]> {
  const left: Node[] = [{ value: data }];
  for (let node = left.pop(); node; node = left.pop()) {
    const { value } = node;
    if (typeof value !== 'object' || value === null) {
      // A body that is not JSON has no value.
      if (value !== undefined) yield [node, String(value)];
      continue;
    }
    const holder = node;
    const inner = Object.entries(value).map(([name, of]) => ({ value: of, name, holder }));
    if (!Array.isArray(value)) for (const each of inner) yield [each, each.name];
    // The last of them is taken first.
    for (const each of inner.reverse()) left.push(each);
  }
}

/** The JSON pointer of a value. Undefined if it is too long to be of use, or the value is the whole body. */
function pointerTo(node: Node): string | undefined {
  const keys: string[] = [];
  let length = 0;
  for (let at: Node | undefined = node; at?.name !== undefined; at = at.holder) {
    keys.unshift(at.name);
    length += at.name.length + 1;
    if (length > mostPlace) return undefined;
  }
  return keys.length === 0 ? undefined : pointerOf(keys);
}

function placeInBody(wanted: string, event: StoredEvent, body: Buffer): FoundPlace | undefined {
  for (const [node, text] of textsIn(searchedBody(event, body))) {
    if (!text.toLowerCase().includes(wanted)) continue;
    const at = pointerTo(node);
    return placeIn(wanted, { in: 'body', ...(at !== undefined && { at }) }, text);
  }
  for (const text of textsOfBody(event, body)) {
    const found = placeIn(wanted, { in: 'body' }, text);
    if (found) return found;
  }
  return undefined;
}

/**
 * The first place of an event in which a text stands. What is masked is no place.
 * @param event undefined if the row alone was read, and has it
 * @param body undefined if it was not read
 */
export function foundPlaceOf(
  text: string,
  { row, event, body }: { row: EventRow; event?: StoredEvent; body?: Buffer },
): FoundPlace | undefined {
  const wanted = text.toLowerCase();
  const { id, type, deliveryId } = row;
  const inRow =
    placeIn(wanted, { in: 'id' }, id) ??
    placeIn(wanted, { in: 'type' }, type) ??
    placeIn(wanted, { in: 'deliveryId' }, deliveryId);
  if (inRow || !event) return inRow;
  const inHeader = headersOf(event)
    .map(([name, value]) => {
      const place = { in: 'header', at: name } as const;
      // The text may stand across both.
      return placeIn(wanted, place, value) ?? placeIn(wanted, place, `${name}: ${value}`);
    })
    .find((place) => place !== undefined);
  const places = [
    placeIn(wanted, { in: 'sourceIp' }, event.sourceIp),
    inHeader,
    ...textsOfPath(event.query).map((part) => placeIn(wanted, { in: 'query' }, part)),
    ...textsOfPath(event.path).map((part) => placeIn(wanted, { in: 'path' }, part)),
  ];
  return places.find((place) => place !== undefined) ?? (body && placeInBody(wanted, event, body));
}
