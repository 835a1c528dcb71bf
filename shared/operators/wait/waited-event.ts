/** An event that somebody waits for, and whether it is the wanted one. */

import { jsonTextIn } from '../../events/bus/publication.ts';
import { typeFilter } from '../../events/event/type-filter.ts';
import { searchedFields, stagesOf } from '../../events/search/search-field.ts';
import { searchedItem } from '../../events/search/searched-event.ts';
import { unknownFields } from '../../ground/pattern/event-field.ts';
import { compilePattern } from '../../ground/pattern/event-pattern.ts';
import { firstMismatch, foundAt } from '../../ground/pattern/first-mismatch.ts';
import { PatternError } from '../../ground/pattern/pattern-error.ts';
import { readPattern } from '../../ground/pattern/read-pattern.ts';
import type { ApiAnswer } from '../api/api-client.ts';

export type EventDetail = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;

/** An event as `events show --json` has it, with its JSON body as `data`, which is what patterns name it. */
export type WaitedEvent = EventDetail & { data?: unknown };

/** What is waited for. Without a type and a pattern, it is any event. */
export interface Wanted {
  /** A type, such as `invoice.paid` or `invoice.*`. */
  type?: string | undefined;
  /** An event pattern over the fields that a search has, but for `publication`. */
  match?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Why an event is not wanted. `differs`: a condition is not met, `at` this place of the pattern, with the wanted and the found values as
 * JSON, cut at `maxShown` characters. `found` is absent if the event has none there, or if it must not be shown. `together`: each condition is met, but not
 * by one element of a list. `withheld`: the role does not get the body. `gone`: it is no longer there. `unread`: there was no time to read
 * it. `overBudget`: to compare it would take too many steps.
 */
export type MissReason =
  | { why: 'differs'; at: string; wanted: string; found?: string }
  | { why: 'together' | 'withheld' | 'gone' | 'unread' | 'overBudget' };

/** What is wrong with what is waited for, as a sentence. Undefined if nothing is. */
export function wantedFault({ type, match }: Wanted): string | undefined {
  if (type === '') return 'The type is empty.';
  if (type !== undefined) {
    const pattern = readPattern({ type: [type.includes('*') ? { wildcard: type } : type] });
    if (pattern instanceof PatternError) return `The type ${pattern.problem}.`;
  }
  if (match === undefined) return undefined;
  const pattern = readPattern(match);
  if (pattern instanceof PatternError) return `${pattern.message}.`;
  const [unknown] = unknownFields(match, searchedFields);
  if (unknown) return `The event pattern's ${unknown.path.join('.')} ${unknown.message}.`;
  // It changes after the event has been read.
  return names(match, 'publication') ? 'The event pattern must not have publication: it changes later.' : undefined;
}

/** Whether a pattern names a field of this stage, also within `$or`. */
const names = (match: object, stage: 'body' | 'publication'): boolean =>
  Object.entries(match).some(([name, wanted]) => stagesOf(name, wanted).includes(stage));

/** An event with its body read as JSON. */
export function waitedEventOf(view: EventDetail): WaitedEvent {
  const { body, bodyBase64, contentType = '' } = view;
  const bytes = body === undefined ? Buffer.from(bodyBase64 ?? '', 'base64') : Buffer.from(body);
  const text = jsonTextIn(bytes, contentType);
  return text === undefined ? view : { ...view, data: JSON.parse(text) };
}

/** The most characters of a wanted or found value that are shown. */
const maxShown = 80;

/** A value as a text of one line. A list or an object is only named: it may be large, and nested too deeply to be written. */
function shownValue(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object';
}

const cut = (text: string): string => (text.length > maxShown ? `${text.slice(0, maxShown - 1)}…` : text);

/** What the event has at a place. Undefined if it has nothing there. */
function foundText(seen: object, keys: readonly string[]): string | undefined {
  const found = foundAt(seen, keys).map(shownValue);
  return found.length === 0 ? undefined : cut(found.join(', '));
}

export interface Matcher {
  /** The difference that a row of the list shows already. Undefined if the event has to be read. */
  ofRow(row: { type: string }): MissReason | undefined;
  /** Undefined if the event is wanted. */
  of(event: WaitedEvent): MissReason | undefined;
}

/** @param wanted one without a fault */
export function matcherOf({ type, match }: Wanted): Matcher {
  const isOfType = typeFilter(type);
  const pattern = match && compilePattern(match);
  const needsBody = match !== undefined && names(match, 'body');
  return {
    ofRow: (row) =>
      isOfType(row)
        ? undefined
        : { why: 'differs', at: '/type', wanted: cut(JSON.stringify(type)), found: cut(JSON.stringify(row.type)) },
    of(event) {
      if (!pattern || !match) return undefined;
      if (needsBody && event.bodyWithheld !== undefined) return { why: 'withheld' };
      const seen = { ...searchedItem(event), ...('data' in event && { data: event.data }) };
      const verdict = pattern(seen);
      if (verdict === 'match') return undefined;
      if (verdict === 'over budget') return { why: 'overBudget' };
      const mismatch = firstMismatch(match, seen);
      if (!mismatch) return { why: 'together' };
      const { at, keys, wanted } = mismatch;
      // A token in a body must not get into the log of a pipeline.
      const found = keys[0] === 'data' && event.tokenIn ? undefined : foundText(seen, keys);
      return { why: 'differs', at, wanted: cut(JSON.stringify(wanted)), ...(found !== undefined && { found }) };
    },
  };
}
