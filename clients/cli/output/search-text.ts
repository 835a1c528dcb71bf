/** What a search says of itself, for people. */
import { printable } from '../../../shared/ground/base/printable.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';

import { refusedTexts } from '../../../shared/operators/api/refused-delivery.ts';
export type SearchAnswer = ApiAnswer<'POST /v1/connections/{name}/events/search'>;

/** Why events were skipped, and what to do about it. */
const reasonTexts: Record<keyof SearchAnswer['skipped'], string> = {
  large: 'their body is large; --large reads bodies up to 4 MiB',
  withheld: 'their body contains a token, so only the role connection_admin can search it',
  gone: 'their body was removed from the bucket',
  overBudget: 'to match them would take too long; name fewer fields',
};

/** How far a search looked, and what it could not decide. */
export function searchNotes({ examined, backTo, skipped, refused }: SearchAnswer): string[] {
  const reasons = Object.entries(skipped) as [keyof typeof reasonTexts, number][];
  return [
    backTo === undefined
      ? 'There are no events in this range.'
      : `Looked at ${examined} ${examined === 1 ? 'event' : 'events'}, back to ${backTo}.`,
    ...reasons.map(([reason, count]) => `Skipped ${count}: ${reasonTexts[reason]}.`),
    ...(refused ? refusedTexts(refused) : []),
  ];
}

/** Where the text stands in an event, for a table. */
export const placesText = ({ places = [] }: SearchAnswer['items'][number]): string =>
  places.map(({ in: field, at, text }) => printable(`${field}${at === undefined ? '' : ` ${at}`}: ${text}`)).join('; ');
