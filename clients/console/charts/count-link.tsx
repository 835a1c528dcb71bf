/** A number that leads to what it counts. */
import { PageLink } from '../shell/page-link.tsx';
import { chartsText } from './charts-text.ts';
import { type Count, inexactly, type ShownCount, type Span, type TrafficCounts } from './periods.ts';
import { spanText } from './span-text.ts';

/** Where a count of a time leads to. Undefined if nothing lists what it counts. */
export type LinkOf = (field: ShownCount, span: Span) => string | undefined;

/** A count as a person reads it, with what is not sure of it. */
export const countText = ({ count, isInexact }: Count, field: ShownCount): string =>
  chartsText.counted(count, isInexact ? inexactly[field] : undefined);

interface CountLinkProps {
  counts: TrafficCounts;
  /** The time in which they were counted. */
  span: Span;
  field: ShownCount;
  zone: string;
  linkOf: LinkOf;
}

export function CountLink({ counts, span, field, zone, linkOf }: CountLinkProps) {
  const shown = countText(counts[field], field);
  const to = linkOf(field, span);
  if (counts[field].count === 0 || to === undefined) return shown;
  return (
    <PageLink to={to} ariaLabel={chartsText.leadsTo(shown, field, spanText(span, zone))}>
      {shown}
    </PageLink>
  );
}
