/** What the list of rejections shows: the last hours, or a time that a link names, in the part of the URL behind `#`. */
import { beginOfMinutes } from '../../../shared/ground/statistics/refused-count.ts';
import type { Span } from '../charts/periods.ts';
import { type ShownAs, shownAsIn, spanIn, useHash } from '../charts/traffic-view.ts';
import { hoursBack } from '../durations.ts';

/** The last hours, or a time. */
export type RejectionTime = { hours: string } | Span;

export interface RejectionListView {
  time: RejectionTime;
  as: ShownAs;
}

const firstHours = hoursBack[0]?.value ?? '';

/** The part of the URL that says a view. */
export const rejectionHash = ({ time, as }: RejectionListView): string =>
  `#${new URLSearchParams({ ...time, ...(as === 'table' && { as }) })}`;

/** The view that a part of a URL says, which anybody can write. */
export function rejectionViewIn(hash: string): RejectionListView {
  const hours = new URLSearchParams(hash.replace(/^#/, '')).get('hours');
  const time = spanIn(hash) ?? { hours: hoursBack.find(({ value }) => value === hours)?.value ?? firstHours };
  return { time, as: shownAsIn(hash) };
}

export function useRejectionView(): [RejectionListView, (next: RejectionListView) => void] {
  const [hash, show] = useHash();
  return [rejectionViewIn(hash), (next) => show(rejectionHash(next))];
}

/** When a shown time begins and ends now. */
export function spanNow(time: RejectionTime, now: Date): { from: Date; to: Date } {
  if ('hours' in time) return { from: beginOfMinutes(Number(time.hours) * 60, now), to: now };
  return { from: new Date(time.from), to: new Date(time.to) };
}
