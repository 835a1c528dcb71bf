/** The fields of the dialog that replays many events: what they begin with, what is wrong with them, and the request that they make. */
import { text } from '../text.ts';
import type { EventFilter } from './event-request.ts';
import { isoOf, typedSecondOf, typedTimeOf } from './local-time.ts';
import { boundsOf } from './time-range.ts';

export interface ReplayFields {
  from: string;
  to: string;
  type: string;
  rate: string;
}

const hourMs = 3_600_000;

/** The same events as the list. A list without a beginning, which has events of many days, suggests the last hour. */
export function fieldsFor(filter: EventFilter, now: Date): ReplayFields {
  const { from, to } = boundsOf(filter);
  const begin = new Date(from ?? now.getTime() - hourMs);
  // The part of a second that cannot be typed belongs to the range, on both sides. An end to come is now.
  const end = to === undefined ? undefined : new Date(Math.ceil(Date.parse(to) / 1000) * 1000);
  return {
    from: filter.from === '' ? typedTimeOf(begin) : typedSecondOf(begin),
    to: end === undefined || end >= now ? '' : typedSecondOf(end),
    type: filter.type,
    rate: '50',
  };
}

/** What is wrong with the fields that every job has. */
export const errorsOf = ({ from, to, rate }: Omit<ReplayFields, 'type'>) => ({
  from: isoOf(from) ? undefined : text.replays.timeError,
  to: to === '' || isoOf(to) ? undefined : text.replays.timeError,
  rate: /^[1-9]\d*$/.test(rate.trim()) ? undefined : text.replays.rateError,
});

/** The request for a job. @param which which things it is for */
export const jobBodyOf = <Which extends object>({ from, to, rate }: Omit<ReplayFields, 'type'>, which: Which) => ({
  from: isoOf(from) ?? '',
  ...(to !== '' && { to: isoOf(to) }),
  ...which,
  ratePerSecond: Number(rate),
});

export const replayBodyOf = ({ type, ...range }: ReplayFields) =>
  jobBodyOf(range, type.trim() === '' ? {} : { type: type.trim() });
