/** What the list of rejections shows: the last hours, or a time that a link names, in the part of the URL behind `#`. */
import { beginOfMinutes } from '../../../shared/ground/statistics/refused-count.ts';
import type { Span } from '../charts/periods.ts';
import { spanHash, spanIn, useHash } from '../charts/traffic-view.ts';
import { hoursBack } from '../durations.ts';

/** The last hours, or a time. */
export type RejectionListView = { hours: string } | Span;

const firstHours = hoursBack[0]?.value ?? '';

/** The part of the URL that says a view. */
export const rejectionHash = (view: RejectionListView): string =>
  'hours' in view ? `#${new URLSearchParams(view)}` : spanHash(view);

/** The view that a part of a URL says, which anybody can write. */
export function rejectionViewIn(hash: string): RejectionListView {
  const hours = new URLSearchParams(hash.replace(/^#/, '')).get('hours');
  return spanIn(hash) ?? { hours: hoursBack.find(({ value }) => value === hours)?.value ?? firstHours };
}

export function useRejectionView(): [RejectionListView, (next: RejectionListView) => void] {
  const [hash, show] = useHash();
  return [rejectionViewIn(hash), (next) => show(rejectionHash(next))];
}

/** The time that a view has now. */
export function spanNow(view: RejectionListView, now: Date): { from: Date; to: Date } {
  if ('hours' in view) return { from: beginOfMinutes(Number(view.hours) * 60, now), to: now };
  return { from: new Date(view.from), to: new Date(view.to) };
}
