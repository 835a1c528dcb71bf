/** The attempts at a destination over time, and how long its answers took. */
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { type AttemptBar, type Attempts, attemptBarsOf, attemptsAt, isNoAttempt } from './attempts.ts';
import { attemptsText } from './charts-text.ts';
import { colours } from './colours.ts';
import { ranges, zoneHere } from './periods.ts';
import { barText, momentText } from './span-text.ts';
import { TimeBars } from './time-bars.tsx';
import { TrafficFrame } from './traffic-frame.tsx';
import { TrafficNotes } from './traffic-notes.tsx';
import type { ComparedTraffic } from './traffic-reads.ts';
import { type TrafficView, useTrafficView } from './traffic-view.ts';
import { useTraffic } from './use-traffic.ts';

const parts = [
  ['delivered', colours.delivered],
  ['failed', colours.badly],
] as const;
const times = ['p50', 'p95'] as const;

/** Each number of some attempts, with its label. */
const facts = (attempts: Attempts) => [
  ...parts.map(([field]) => ({ label: attemptsText.fields[field], value: attempts[field].toLocaleString('en') })),
  ...times.map((field) => ({ label: attemptsText.fields[field], value: attemptsText.answered(attempts[field]) })),
];

const answerTimes = (bar: AttemptBar): string =>
  times.map((field) => `${attemptsText.fields[field]}: ${attemptsText.answered(bar[field])}`).join('. ');

const columnsOf = (zone: string): TableProps.ColumnDefinition<AttemptBar>[] => [
  { id: 'time', header: attemptsText.time, isRowHeader: true, minWidth: 220, cell: (bar) => barText(bar, zone) },
  ...parts.map(([field]) => ({
    id: field,
    header: attemptsText.fields[field],
    cell: (bar: AttemptBar) => bar[field].toLocaleString('en'),
  })),
  ...times.map((field) => ({
    id: field,
    header: attemptsText.fields[field],
    cell: (bar: AttemptBar) => attemptsText.answered(bar[field]),
  })),
];

interface ShownProps {
  counted: ComparedTraffic;
  name: string;
  createdAt: string;
  view: TrafficView;
}

function Shown({ counted: { items, before, asOf }, name, createdAt, view: { range, as } }: ShownProps) {
  const zone = zoneHere();
  const barsOf = (counted: ComparedTraffic['items']) => attemptBarsOf(counted, name, ranges[range], zone, asOf);
  const bars = barsOf(items);
  const totals = attemptsAt(items, name);
  const isEmpty = isNoAttempt(totals);
  const isTable = as === 'table' && !isEmpty;
  const isNew = bars[0] !== undefined && createdAt > bars[0].from;
  return (
    <SpaceBetween size="m">
      {isEmpty ? (
        <EmptyState title={attemptsText.none} next={attemptsText.noneNext(range)} />
      ) : (
        <KeyValuePairs columns={4} minColumnWidth={120} items={facts(totals)} />
      )}
      {isTable ? (
        <FittingTable<AttemptBar>
          narrow={narrowWindow.short}
          variant="embedded"
          items={bars.filter((bar) => !isNoAttempt(bar)).toReversed()}
          columnDefinitions={columnsOf(zone)}
          trackBy="from"
          ariaLabels={{ tableLabel: attemptsText.title }}
        />
      ) : (
        !isEmpty && (
          <TimeBars<AttemptBar>
            label={attemptsText.title}
            unit="Attempts"
            bars={bars}
            before={barsOf(before)}
            range={range}
            zone={zone}
            noteOf={answerTimes}
            parts={parts.map(([field, color]) => ({
              title: attemptsText.fields[field],
              color,
              countOf: (bar) => bar[field],
              detailOf: (bar) => ({ value: bar[field].toLocaleString('en') }),
            }))}
          />
        )
      )}
      <TrafficNotes
        bars={bars}
        asOf={asOf}
        zone={zone}
        as={isEmpty ? 'nothing' : as}
        more={[
          isNew && attemptsText.created(momentText(createdAt, zone)),
          !isEmpty && attemptsText.bound,
          isTable && attemptsText.leftOut,
          attemptsText.lost,
        ]}
      />
    </SpaceBetween>
  );
}

export function DestinationTraffic({ name, createdAt }: { name: string; createdAt: string }) {
  const [view, show] = useTrafficView();
  const { data: counted, error, refetch } = useTraffic(undefined, view.range);
  return (
    <TrafficFrame
      title={attemptsText.title}
      description={attemptsText.description}
      view={view}
      show={show}
      loading={attemptsText.loading}
      error={error}
      retry={refetch}
    >
      {counted && <Shown counted={counted} name={name} createdAt={createdAt} view={view} />}
    </TrafficFrame>
  );
}
