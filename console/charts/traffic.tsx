/** What came over time: how much, what of it was refused and why, as a chart or as a table. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { EmptyState } from '../shell/empty-state.tsx';
import { Loading } from '../shell/loading.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { chartsText } from './charts-text.ts';
import { reasonsText } from './count-columns.tsx';
import { countText, type LinkOf } from './count-link.tsx';
import {
  type Bar,
  barsOf,
  type CountedField,
  type Counts,
  countedFields,
  countsOf,
  emptyUntil,
  isNothing,
  isZero,
  type RangeName,
  ranges,
  zoneHere,
} from './periods.ts';
import { momentText } from './span-text.ts';
import { TrafficChart } from './traffic-chart.tsx';
import type { Traffic as Counted } from './traffic-reads.ts';
import { TrafficTable } from './traffic-table.tsx';
import type { TrafficView } from './traffic-view.ts';
import { useTraffic } from './use-traffic.ts';

/** What is rare is shown only if there is some. */
const isShown = (field: CountedField, totals: Counts): boolean => field !== 'givenUp' || !isZero(totals.givenUp);

function Totals({ totals }: { totals: Counts }) {
  const numbers = countedFields
    .filter((field) => isShown(field, totals))
    .map((field) => ({ label: chartsText.fields[field], value: countText(totals[field], field) }));
  return (
    <SpaceBetween size="m">
      <KeyValuePairs columns={4} minColumnWidth={120} items={numbers} />
      {totals.reasons.length > 0 && (
        <KeyValuePairs columns={1} items={[{ label: chartsText.why, value: reasonsText(totals) }]} />
      )}
    </SpaceBetween>
  );
}

interface NotesProps {
  bars: readonly Bar[];
  counted: Counted;
  zone: string;
  createdAt: string | undefined;
  isTable: boolean;
}

/** Since when there are counts: a time without any is not a time in which nothing came if nobody counted yet. */
function beginningText({ bars, zone, createdAt }: NotesProps): string | undefined {
  const [first] = bars;
  if (first && createdAt !== undefined && createdAt > first.from)
    return chartsText.created(momentText(createdAt, zone));
  const empty = emptyUntil(bars);
  return empty && chartsText.emptyUntil(momentText(empty, zone));
}

/** What a reader has to know of the numbers. */
function Notes(props: NotesProps) {
  const { bars, counted, zone, isTable } = props;
  const notes = [
    chartsText.asOf(momentText(counted.asOf, zone)),
    chartsText.open(bars.filter(({ isOpen }) => isOpen).length),
    beginningText(props),
    bars.some((bar) => countedFields.some((field) => bar[field].isInexact)) && chartsText.inexact,
    isTable && chartsText.leftOut,
    chartsText.zone(zone),
  ];
  return <Box variant="small">{notes.filter(Boolean).join(' ')}</Box>;
}

interface ShownProps {
  counted: Counted;
  view: TrafficView;
  createdAt: string | undefined;
  linkOf: LinkOf;
}

function Shown({ counted, view: { range, as, span }, createdAt, linkOf }: ShownProps) {
  const zone = zoneHere();
  const bars = barsOf(counted.items, ranges[range], zone, counted.asOf);
  const totals = countsOf(counted.items);
  const isEmpty = isNothing(totals);
  const isTable = as === 'table';
  return (
    <SpaceBetween size="m">
      {isEmpty ? <EmptyState title={chartsText.none} next={chartsText.noneNext} /> : <Totals totals={totals} />}
      {isEmpty ? null : isTable ? (
        <TrafficTable bars={bars} zone={zone} linkOf={linkOf} />
      ) : (
        <TrafficChart bars={bars} range={range} zone={zone} chosen={span?.from} linkOf={linkOf} />
      )}
      <Notes bars={bars} counted={counted} zone={zone} createdAt={createdAt} isTable={isTable && !isEmpty} />
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

const choicesOf = <Name extends string>(names: Record<Name, string>) =>
  Object.entries<string>(names).map(([id, label]) => ({ id, text: label }));

export function Traffic({ name, createdAt, view, show, linkOf }: TrafficProps) {
  const { data: counted, error, refetch } = useTraffic(name, view.range);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={chartsText.selfTests}
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <SegmentedControl
                label={chartsText.range}
                selectedId={view.range}
                options={choicesOf(chartsText.ranges)}
                onChange={({ detail }) => show({ as: view.as, range: detail.selectedId as RangeName })}
              />
              <SegmentedControl
                label={chartsText.as}
                selectedId={view.as}
                options={choicesOf(chartsText.ways)}
                onChange={({ detail }) => show({ ...view, as: detail.selectedId as TrafficView['as'] })}
              />
            </SpaceBetween>
          }
        >
          {chartsText.title}
        </Header>
      }
    >
      {counted ? (
        <Shown counted={counted} view={view} createdAt={createdAt} linkOf={linkOf} />
      ) : error ? (
        <ProblemAlert error={error} retry={refetch} />
      ) : (
        <Loading>{chartsText.loading}</Loading>
      )}
    </Container>
  );
}
