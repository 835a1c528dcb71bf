/** What came over time: how much, what of it was refused and why, as a chart or as a table. */
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { EmptyState } from '../shell/empty-state.tsx';
import { chartsText } from './charts-text.ts';
import { reasonsText } from './count-columns.tsx';
import { countText, type LinkOf } from './count-link.tsx';
import {
  countsOf,
  isNothing,
  isZero,
  ranges,
  type ShownCount,
  shownCounts,
  type TrafficBar,
  type TrafficCounts,
  trafficBarsOf,
  zoneHere,
} from './periods.ts';
import { momentText } from './span-text.ts';
import { TrafficChart } from './traffic-chart.tsx';
import { TrafficFrame } from './traffic-frame.tsx';
import { TrafficNotes } from './traffic-notes.tsx';
import type { ComparedTraffic } from './traffic-reads.ts';
import { TrafficTable } from './traffic-table.tsx';
import type { TrafficView } from './traffic-view.ts';
import { useTraffic } from './use-traffic.ts';

/** What is rare is shown only if there is some. */
const isShown = (field: ShownCount, totals: TrafficCounts): boolean => field !== 'givenUp' || !isZero(totals.givenUp);

function Totals({ totals }: { totals: TrafficCounts }) {
  const numbers = shownCounts
    .filter((field) => isShown(field, totals))
    .map((field) => ({ label: chartsText.fields[field], value: countText(totals[field], field) }));
  return (
    <SpaceBetween size="m">
      {/* In four columns, the fifth one would be alone in its row; so it would in two, where a window is narrow. */}
      <KeyValuePairs
        {...(numbers.length > 4 ? { columns: 3, minColumnWidth: 80 } : { columns: 4, minColumnWidth: 120 })}
        items={numbers}
      />
      {totals.reasons.length > 0 && (
        <KeyValuePairs columns={1} items={[{ label: chartsText.why, value: reasonsText(totals) }]} />
      )}
    </SpaceBetween>
  );
}

/** Since when there can be counts, if that is in the shown time. */
function beginningText(
  [first]: readonly TrafficBar[],
  zone: string,
  createdAt: string | undefined,
): string | undefined {
  const isNew = first !== undefined && createdAt !== undefined && createdAt > first.from;
  return isNew ? chartsText.created(momentText(createdAt, zone)) : undefined;
}

const isInexact = (bar: TrafficBar): boolean => shownCounts.some((field) => bar[field].isInexact);

interface ShownProps {
  counted: ComparedTraffic;
  view: TrafficView;
  createdAt: string | undefined;
  linkOf: LinkOf;
}

function Shown({ counted, view: { range, as, span }, createdAt, linkOf }: ShownProps) {
  const zone = zoneHere();
  const barsOf = (items: ComparedTraffic['items']) => trafficBarsOf(items, ranges[range], zone, counted.asOf);
  const bars = barsOf(counted.items);
  const totals = countsOf(counted.items);
  const isEmpty = isNothing(totals);
  const isTable = as === 'table';
  return (
    <SpaceBetween size="m">
      {isEmpty ? <EmptyState title={chartsText.none} next={chartsText.noneNext(range)} /> : <Totals totals={totals} />}
      {isEmpty ? null : isTable ? (
        <TrafficTable bars={bars} zone={zone} linkOf={linkOf} />
      ) : (
        <TrafficChart
          bars={bars}
          before={barsOf(counted.before)}
          range={range}
          zone={zone}
          chosen={span?.from}
          linkOf={linkOf}
        />
      )}
      <TrafficNotes
        bars={bars}
        asOf={counted.asOf}
        zone={zone}
        as={isEmpty ? 'nothing' : as}
        more={[
          beginningText(bars, zone, createdAt),
          bars.some(isInexact) && chartsText.inexact,
          isTable && !isEmpty && chartsText.leftOut,
        ]}
      />
    </SpaceBetween>
  );
}

interface TrafficProps {
  /** Of a connection. Without one, all are counted together. */
  name?: string;
  /** When the connection was created. */
  createdAt?: string;
  view: TrafficView;
  show: (next: TrafficView) => void;
  linkOf: LinkOf;
}

export function Traffic({ name, createdAt, view, show, linkOf }: TrafficProps) {
  const { data: counted, error, refetch } = useTraffic(name, view.range);
  return (
    <TrafficFrame
      title={chartsText.title}
      description={chartsText.selfTests}
      view={view}
      show={show}
      loading={chartsText.loading}
      error={error}
      retry={refetch}
    >
      {counted && <Shown counted={counted} view={view} createdAt={createdAt} linkOf={linkOf} />}
    </TrafficFrame>
  );
}
