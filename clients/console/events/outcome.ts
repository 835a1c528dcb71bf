/** Where an event of a list went, by the deliveries that are stored. */
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { isUnfinished } from '../deliveries/unfinished.ts';
import type { EventListItem } from './event-pages.ts';

type Read = ApiAnswer<'GET /v1/deliveries'>;
export type OutcomeDelivery = Read['items'][number];

/** The deliveries of the last time that an event was sent, what failed first. `isWhole`: the event has no more. */
export interface EventOutcome {
  deliveries: readonly OutcomeDelivery[];
  isWhole: boolean;
}

/** For so long, in ms, an event without a delivery may still get one. One that no rule matches never has a delivery. */
const newMs = 3_600_000;

/** For so long, in ms, further deliveries can appear beside those that have ended: each appears with its first attempt. */
const growingMs = 300_000;

export type ShownEvent = Pick<EventListItem, 'id' | 'receivedAt'>;

const isYounger = ({ receivedAt }: ShownEvent, ms: number, now: Date): boolean =>
  now.getTime() - Date.parse(receivedAt) < ms;

/** What is first to be seen. */
const ranks: readonly OutcomeDelivery['status'][] = ['given_up', 'failed', 'expired', 'parked', 'waiting', 'cancelled'];
const rankOf = ({ status }: OutcomeDelivery): number => (ranks.includes(status) ? ranks.indexOf(status) : ranks.length);

/** What an answer says of an event. Another event may have had its id before. */
export function eventOutcomeOf({ id, receivedAt }: ShownEvent, { items, incomplete }: Read): EventOutcome {
  const own = items.filter((each) => each.event === id && each.receivedAt === receivedAt);
  const last = Math.max(0, ...own.map(({ replay = 0 }) => replay));
  const deliveries = own.filter(({ replay = 0 }) => replay === last);
  return {
    deliveries: deliveries.toSorted((one, other) => rankOf(one) - rankOf(other)),
    isWhole: !incomplete.includes(id),
  };
}

/** Whether an event must be asked about: it is not known yet, or something is still to come. */
export function isAskedAgain(event: ShownEvent, outcome: EventOutcome | undefined, now: Date): boolean {
  if (!outcome) return true;
  if (outcome.deliveries.some(isUnfinished)) return true;
  return isYounger(event, outcome.deliveries.length === 0 ? newMs : growingMs, now);
}

/** What the list says of an event without a delivery. */
export const silenceOf = (event: ShownEvent, now: Date): 'notYet' | 'none' =>
  isYounger(event, newMs, now) ? 'notYet' : 'none';
