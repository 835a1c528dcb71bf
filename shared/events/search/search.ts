/** Decides whether an event is what a search looks for, with as little of the event as decides it. */

import { compilePattern, type EventPattern, type Verdict } from '../../ground/pattern/event-pattern.ts';
import type { PublicationState } from '../bus/publication-state.ts';
import type { EventRow, StoredEvent } from '../event/event.ts';
import { type SearchStage, stages, stagesOf } from './search-field.ts';
import type { SearchRequest } from './search-request.ts';
import { searchedBody, searchedItem, searchedRow, textsOfBody, textsOfItem, textsOfRow } from './searched-event.ts';

/** What is known of an event. */
export type Known =
  | { stage: 'row'; row: EventRow }
  | { stage: 'item'; row: EventRow; event: StoredEvent }
  | { stage: 'body'; row: EventRow; event: StoredEvent; body: Buffer }
  | { stage: 'publication'; row: EventRow; event: StoredEvent; body: Buffer; publication: PublicationState };

export interface Search {
  /** Whether this stage of an event can decide anything. */
  needs(stage: SearchStage): boolean;
  /** Whether an event is found. `open`: what is known of it does not decide. */
  verdict(known: Known): Verdict | 'open';
}

/** An event as a pattern sees it. A field that is not known yet is absent, and the pattern of that stage does not name it. */
function seenAt(known: Known): Record<string, unknown> {
  if (known.stage === 'row') return searchedRow(known.row);
  const item = searchedItem(known.event);
  if (known.stage === 'item') return item;
  const withBody = { ...item, data: searchedBody(known.event, known.body) };
  return known.stage === 'body' ? withBody : { ...withBody, publication: known.publication };
}

/** All members of a pattern must be met, so an event that does not meet some of them is not found, whatever the others are. */
function searchByPattern(match: Record<string, unknown>): Search {
  const members = Object.entries(match).map(([name, wanted]) => ({ name, wanted, needs: stagesOf(name, wanted) }));
  const isKnown = (stage: SearchStage) => (needed: SearchStage) => stages.indexOf(needed) <= stages.indexOf(stage);
  const known = (stage: SearchStage) => members.filter(({ needs }) => needs.every(isKnown(stage)));
  const patterns = new Map<SearchStage, EventPattern>();
  for (const stage of stages) {
    const named = known(stage).map(({ name, wanted }) => [name, wanted]);
    if (named.length > 0) patterns.set(stage, compilePattern(Object.fromEntries(named)));
  }
  const isOpen = new Set(stages.filter((stage) => known(stage).length < members.length));
  return {
    needs: (stage) => members.some((member) => member.needs.includes(stage)),
    verdict(event) {
      const verdict = patterns.get(event.stage)?.(seenAt(event)) ?? 'match';
      return verdict === 'match' && isOpen.has(event.stage) ? 'open' : verdict;
    },
  };
}

/** The texts that are known of an event, those of the stages before too: another condition may have left an event open that has the text. */
function* textsAt(known: Known): Generator<string> {
  yield* textsOfRow(known.row);
  if (known.stage !== 'row') yield* textsOfItem(known.event);
  if (known.stage === 'body' || known.stage === 'publication') yield* textsOfBody(known.event, known.body);
}

function searchByText(contains: string): Search {
  const wanted = contains.toLowerCase();
  return {
    needs: (stage) => stage !== 'publication',
    verdict(known) {
      for (const text of textsAt(known)) if (text.toLowerCase().includes(wanted)) return 'match';
      return known.stage === 'row' || known.stage === 'item' ? 'open' : 'no match';
    },
  };
}

/** What decides for both first: an event that one of them does not find is not found, whatever the other one says later. */
const decisive = ['no match', 'over budget', 'open'] as const;

/** Finds what both find. */
const both = (one: Search, other: Search): Search => ({
  needs: (stage) => one.needs(stage) || other.needs(stage),
  verdict(known) {
    const verdicts = [one.verdict(known), other.verdict(known)];
    return decisive.find((each) => verdicts.includes(each)) ?? 'match';
  },
});

/** @param request one that its schema accepts: with a pattern, a text, or both */
export function searchOf({ match, contains }: Pick<SearchRequest, 'match' | 'contains'>): Search {
  if (contains === undefined) return searchByPattern(match ?? {});
  return match ? both(searchByPattern(match), searchByText(contains)) : searchByText(contains);
}
