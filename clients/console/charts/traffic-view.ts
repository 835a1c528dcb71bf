/** What a chart of traffic shows, as a person chose it. As the view of events, it is in the part of the URL behind `#`. */
import { navigate, useLocationProperty } from 'wouter/use-browser-location';
import { type RangeName, ranges, type Span } from './periods.ts';

export type ShownAs = 'chart' | 'table';

export interface TrafficView {
  range: RangeName;
  as: ShownAs;
  /** The time that was chosen from the range. */
  span?: Span | undefined;
}

const isRange = (name: string | null): name is RangeName => name !== null && Object.hasOwn(ranges, name);

/** A time that somebody wrote into a link, as the API writes it. Undefined if it is none. */
function timeIn(given: string | null): string | undefined {
  const at = given !== null && /^\d{4}-\d\d-\d\dT/.test(given) ? Date.parse(given) : Number.NaN;
  return Number.isNaN(at) ? undefined : new Date(at).toISOString();
}

/** The time that a part of a URL says. Undefined if it says none, or one that ends before it begins. */
export function spanIn(hash: string): Span | undefined {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const [from, to] = [timeIn(given.get('from')), timeIn(given.get('to'))];
  return from !== undefined && to !== undefined && from < to ? { from, to } : undefined;
}

/** Whether a part of a URL says a table. */
export const shownAsIn = (hash: string): ShownAs =>
  new URLSearchParams(hash.replace(/^#/, '')).get('as') === 'table' ? 'table' : 'chart';

/** The part of a URL that says a time, as the lists of events and of rejections read it. */
export const spanHash = ({ from, to }: Span): string => `#${new URLSearchParams({ from, to })}`;

/** The part of the URL that says a view. */
export function viewHash({ range, as, span }: TrafficView): string {
  const said = { range, ...(as === 'table' && { as }), ...(span && { from: span.from, to: span.to }) };
  return `#${new URLSearchParams(said)}`;
}

/** The view that a part of a URL says, which anybody can write. */
export function trafficViewIn(hash: string): TrafficView {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const range = given.get('range');
  const span = spanIn(hash);
  return {
    range: isRange(range) ? range : '24h',
    as: shownAsIn(hash),
    ...(span && { span }),
  };
}

/** The part of this page's URL behind `#`, and what replaces it. In the history of the browser, only the last one is kept. */
export function useHash(): [string, (next: string) => void] {
  const hash = useLocationProperty(() => location.hash);
  return [hash, (next) => navigate(location.pathname + location.search + next, { replace: true })];
}

export function useTrafficView(): [TrafficView, (next: TrafficView) => void] {
  const [hash, show] = useHash();
  return [trafficViewIn(hash), (next) => show(viewHash(next))];
}
