/** Where in an event a text was found: the field, the place in it, and the words around it. */
import * as z from 'zod/mini';
import { pointerOf } from '../../ground/base/json-pointer.ts';
import type { EventRow, StoredEvent } from '../event/event.ts';
import { headersOf, searchedBody, textsOfBody, textsOfPath } from './searched-event.ts';

/** The most characters of a text that are shown. */
const mostShown = 80;
/** The most of them before what was found. */
const mostBefore = 30;
/** The most places of an event that are told. */
const mostPlaces = 3;
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

type Places = Generator<FoundPlace | undefined>;

function* placesInValues(wanted: string, data: unknown): Places {
  const told = new Set<Node>();
  for (const [node, text] of textsIn(data)) {
    // A name and its value are one place.
    if (told.has(node) || !text.toLowerCase().includes(wanted)) continue;
    told.add(node);
    const at = pointerTo(node);
    yield placeIn(wanted, { in: 'body', ...(at !== undefined && { at }) }, text);
  }
}

function* placesInBody(wanted: string, event: StoredEvent, body: Buffer): Places {
  let isInValue = false;
  for (const place of placesInValues(wanted, searchedBody(event, body))) {
    isInValue = true;
    yield place;
  }
  // A text may stand across values, and a body may be no JSON.
  if (!isInValue) for (const text of textsOfBody(event, body)) yield placeIn(wanted, { in: 'body' }, text);
}

interface Read {
  row: EventRow;
  /** Undefined if the row alone was read, and has the text. */
  event?: StoredEvent;
  /** Undefined if it was not read. */
  body?: Buffer;
}

function* placesIn(wanted: string, { row, event, body }: Read): Places {
  yield placeIn(wanted, { in: 'id' }, row.id);
  yield placeIn(wanted, { in: 'type' }, row.type);
  yield placeIn(wanted, { in: 'deliveryId' }, row.deliveryId);
  if (!event) return;
  yield placeIn(wanted, { in: 'sourceIp' }, event.sourceIp);
  for (const [at, value] of headersOf(event)) {
    const place = { in: 'header', at } as const;
    // The text may stand across both.
    yield placeIn(wanted, place, value) ?? placeIn(wanted, place, `${at}: ${value}`);
  }
  for (const part of textsOfPath(event.query)) yield placeIn(wanted, { in: 'query' }, part);
  for (const part of textsOfPath(event.path)) yield placeIn(wanted, { in: 'path' }, part);
  if (body) yield* placesInBody(wanted, event, body);
}

/** The first places of what was read of an event in which a text stands, at most {@link mostPlaces}. What is masked is no place. */
export function foundPlacesOf(text: string, read: Read): FoundPlace[] {
  const found: FoundPlace[] = [];
  for (const place of placesIn(text.toLowerCase(), read)) {
    if (place) found.push(place);
    if (found.length === mostPlaces) break;
  }
  return found;
}
