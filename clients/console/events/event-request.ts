/**
 * What a person wants to see of events, and how the API is asked for it. What the list of the API can be narrowed to is listed, and
 * everything else is searched for.
 */
import type { ApiBody } from '../../../shared/operators/api/api-client.ts';
import { eventsText } from '../events-text.ts';
import { patternIn } from '../routes/routes-fields.ts';
import { anyTime, boundsOf, type TimeRange, timeRangeOf } from './time-range.ts';

/** What a list is narrowed to. Empty fields narrow nothing. */
export interface EventFilter extends TimeRange {
  /** Whole, or with asterisks for any characters. */
  type: string;
  deliveryId: string;
}

/** A filter of the list, or a search. Empty fields say nothing. */
export interface EventListView extends EventFilter {
  method: string;
  /** A part of the content type. */
  contentType: string;
  /** More, and fewer, than so many bytes. */
  above: string;
  below: string;
  verifiedBy: string;
  /** An address, or a block of them such as `192.0.2.0/24`. */
  sourceIp: string;
  publication: string;
  /** The text to look for. */
  contains: string;
  /** The event pattern to look for, as JSON. It stands for all other fields but the time. */
  match: string;
  /** Whether a search reads large bodies too. */
  large: string;
}

export const noView: EventListView = {
  ...{ type: '', deliveryId: '', method: '', contentType: '', above: '', below: '' },
  ...{ verifiedBy: '', sourceIp: '', publication: '', ...anyTime, contains: '', match: '', large: '' },
};

/** What is chosen from a list. Elsewhere a person may write anything. */
export const choices = {
  method: ['POST', 'PUT', 'PATCH', 'DELETE', 'GET'],
  verifiedBy: Object.keys(eventsText.proofs),
  publication: Object.keys(eventsText.publications),
} as const satisfies Partial<Record<keyof EventListView, readonly string[]>>;

const known = (list: readonly string[], value: string): string => (list.includes(value) ? value : '');
const bytesIn = (value: string): string => (/^\d{1,9}$/.test(value) ? String(Number(value)) : '');

/** A view with what goes together, and nothing that means nothing. */
export function consistent(given: EventListView): EventListView {
  const range = timeRangeOf(given);
  const trimmed = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, value.trim()]),
  ) as typeof given;
  const { type, deliveryId, contentType, sourceIp, contains, match } = trimmed;
  const isWhole = (match !== '' || contains !== '') && trimmed.large === 'true';
  const large = isWhole ? 'true' : '';
  const [above, below] = [bytesIn(trimmed.above), bytesIn(trimmed.below)];
  if (match !== '') return { ...noView, ...range, match, large };
  return {
    ...noView,
    ...{ type, deliveryId, contentType, sourceIp, contains, ...range, large },
    method: trimmed.method.toUpperCase(),
    // No size is between two that leave no room.
    above: below !== '' && Number(above) >= Number(below) ? '' : above,
    below,
    verifiedBy: known(choices.verifiedBy, trimmed.verifiedBy),
    publication: known(choices.publication, trimmed.publication),
  };
}

/** The fields that a list can be narrowed to. `large` says how to search, and not for what. */
const listed: ReadonlySet<string> = new Set(['type', 'deliveryId', 'hours', 'from', 'to', 'large']);

/** Whether events are searched. Otherwise they are listed. */
export const isSearch = (view: EventListView): boolean =>
  Object.entries(view).some(([name, value]) => value !== '' && !listed.has(name));

/** How a view says when and how it looks, and not for what. */
const manner: ReadonlySet<string> = new Set(['hours', 'from', 'to', 'large']);

/** Whether a view says what to look for, so that it can be searched for in every connection. */
export const saysWhat = (view: EventListView): boolean =>
  Object.entries(view).some(([name, value]) => value !== '' && !manner.has(name));

/** A wildcard of a pattern that stands for this text alone. */
const literal = (text: string): string => text.replaceAll(/[\\*]/g, '\\$&');

/** The event pattern that finds what the fields of a view say. */
export function patternOfView(view: EventListView): Record<string, unknown> {
  const { type, deliveryId, method, contentType, above, below, verifiedBy, sourceIp, publication } = view;
  const bounds = [...(above === '' ? [] : ['>', Number(above)]), ...(below === '' ? [] : ['<', Number(below)])];
  return {
    ...(type && { type: [type.includes('*') ? { wildcard: type } : type] }),
    ...(deliveryId && { deliveryId: [deliveryId] }),
    ...(method && { method: [method] }),
    ...(contentType && { contentType: [{ wildcard: `*${literal(contentType)}*` }] }),
    ...(bounds.length > 0 && { size: [{ numeric: bounds }] }),
    ...(verifiedBy && { verifiedBy: [verifiedBy] }),
    ...(sourceIp && { sourceIp: [sourceIp.includes('/') ? { cidr: sourceIp } : sourceIp] }),
    ...(publication && { publication: [publication] }),
  };
}

export type SearchBody = ApiBody<'POST /v1/connections/{name}/events/search'>;

/** What each page of a search is asked for. */
export function searchBodyOf(view: EventListView): SearchBody {
  const pattern = view.match === '' ? patternOfView(view) : (patternIn(view.match) ?? {});
  return {
    ...(view.contains !== '' && { contains: view.contains }),
    ...((view.match !== '' || Object.keys(pattern).length > 0) && { match: pattern }),
    ...boundsOf(view),
    ...(view.large && { large: true }),
  };
}

/** Whether a search has to read bodies, of which large ones are read only if somebody wants that. */
export const readsBodies = ({ contains, match }: EventListView): boolean => contains !== '' || match !== '';
