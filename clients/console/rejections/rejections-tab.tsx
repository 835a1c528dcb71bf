/** The refused webhooks of a connection: how many, why, and what to do. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { chartsText } from '../charts/charts-text.ts';
import { badColours, colours } from '../charts/colours.ts';
import { zoneHere } from '../charts/periods.ts';
import { spanText } from '../charts/span-text.ts';
import { TimeBars } from '../charts/time-bars.tsx';
import { ChartOrTable } from '../charts/traffic-frame.tsx';
import { hoursBack } from '../durations.ts';
import { wholeListInterval } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { texts } from '../shell/answer-words.ts';
import { EmptyState } from '../shell/empty-state.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { text } from '../text.ts';
import { RejectionTable } from './rejection-table.tsx';
import {
  type ReasonTotal,
  type RejectionBar,
  type RejectionRow,
  readRejections,
  rejectionBarsOf,
  rowsOfAnswer,
  type SampleAnswer,
  totalsOf,
} from './rejection-totals.ts';
import { type RejectionListView, type RejectionTime, spanNow, useRejectionView } from './rejection-view.ts';
import { reasonText, sentHeaders } from './sample-text.ts';

const sampleText = ({ method, sourceIp, userAgent, headers, faults }: SampleAnswer): string =>
  [
    `${method} from ${sourceIp}`,
    ...(userAgent ? [`User-Agent ${userAgent}`] : []),
    ...faults.map(({ placement, fault }) => `${placement}: ${fault.replaceAll('_', ' ')}`),
    ...(sentHeaders(headers).length > 0 ? [`Headers: ${sentHeaders(headers).join(', ')}`] : []),
  ].join('. ');

/** What to do about each cause, how many webhooks had it, and the first of them. */
const Causes = ({ samples }: { samples: readonly SampleAnswer[] }) => (
  <SpaceBetween size="xs">
    {samples.map((sample) => (
      <div key={sample.cause}>
        <Box variant="strong">{text.rejections.ofCause(sample.count, sample.atLeast === true)}</Box>{' '}
        {texts.sample(sample)}
        <Box variant="small" display="block">
          {sampleText(sample)}
        </Box>
      </div>
    ))}
  </SpaceBetween>
);

const columns: TableProps.ColumnDefinition<ReasonTotal>[] = [
  {
    id: 'reason',
    header: text.rejections.reason,
    isRowHeader: true,
    minWidth: 100,
    cell: ({ reason }) => reasonText(reason),
  },
  {
    id: 'advice',
    header: text.rejections.advice,
    minWidth: 220,
    cell: (total) => texts.rejection(total),
  },
  {
    id: 'count',
    header: text.rejections.count,
    cell: ({ count, isAtLeast }) => text.rejections.counted(count, isAtLeast),
  },
  {
    id: 'last',
    header: text.rejections.last,
    minWidth: 150,
    cell: ({ lastMinute }) => <TimeAgo at={lastMinute} isMinute />,
  },
  {
    id: 'sample',
    header: text.rejections.causes,
    minWidth: 320,
    cell: ({ samples }) => (samples.length > 0 ? <Causes samples={samples} /> : undefined),
  },
];

interface OverTimeProps {
  rows: readonly RejectionRow[];
  view: RejectionListView;
  show: (next: RejectionListView) => void;
}

/** How many were refused when, by reason, as a chart or as a table. */
function OverTime({ rows, view, show }: OverTimeProps) {
  const zone = zoneHere();
  const { range, bars, reasons } = rejectionBarsOf(rows, spanNow(view.time, new Date()), zone);
  const isTable = view.as === 'table';
  return (
    <Section
      title={text.rejections.chart}
      description={[isTable && chartsText.leftOut, chartsText.zone(zone)].filter(Boolean).join(' ')}
      actions={<ChartOrTable as={view.as} show={(as) => show({ ...view, as })} />}
    >
      {isTable ? (
        <RejectionTable bars={bars} zone={zone} />
      ) : (
        <TimeBars<RejectionBar>
          label={text.rejections.chart}
          unit="Webhooks"
          bars={bars}
          range={range}
          zone={zone}
          parts={reasons.map((reason, index) => ({
            title: reasonText(reason),
            color: badColours[index % badColours.length] ?? colours.badly,
            countOf: ({ counts }) => counts[reason] ?? 0,
            detailOf: ({ counts }) => ({ value: (counts[reason] ?? 0).toLocaleString('en') }),
          }))}
        />
      )}
    </Section>
  );
}

/** Where other rejections are, if the shown time has none. */
function wayOn(time: RejectionTime): string {
  if ('from' in time) return text.rejections.another;
  return time.hours === hoursBack.at(-1)?.value ? text.rejections.longest : text.rejections.longer;
}

/** The time that a link named. It stays a choice, also in a narrow window, where the choices are a list. */
const chosen = { id: 'chosen', text: text.rejections.chosen };

export function RejectionsTab({ name }: { name: string }) {
  const [view, show] = useRejectionView();
  const { time, as } = view;
  const isSpan = 'from' in time;
  const [span, setSpan] = useState(isSpan ? time : undefined);
  if (isSpan && (span?.from !== time.from || span.to !== time.to)) setSpan(time);
  const { data, error, refetch } = useRead(
    ['rejections', name, time],
    (api) => readRejections(api, name, spanNow(time, new Date()).from.toISOString(), isSpan ? time.to : undefined),
    { everyMs: (rows) => wholeListInterval(rows?.length ?? 0, rowsOfAnswer) },
  );
  return (
    <SpaceBetween size="m">
      {!data && <ProblemAlert error={error} retry={refetch} />}
      <SegmentedControl
        label={text.rejections.range}
        selectedId={isSpan ? chosen.id : time.hours}
        options={[...hoursBack.map(({ value: id, label }) => ({ id, text: label })), ...(span ? [chosen] : [])]}
        onChange={({ detail }) =>
          show({ as, time: detail.selectedId === chosen.id && span ? span : { hours: detail.selectedId } })
        }
      />
      {isSpan && <Box variant="strong">{spanText(time, zoneHere())}</Box>}
      {data && data.length > 0 && <OverTime rows={data} view={view} show={show} />}
      <FittingTable<ReasonTotal>
        narrow={narrowWindow.long}
        items={data ? totalsOf(data) : []}
        columnDefinitions={columns}
        loading={!data && !error}
        loadingText={text.rejections.loading}
        trackBy="reason"
        header={
          <Header variant="h2" description={text.rejections.notHere}>
            {text.rejections.title}
          </Header>
        }
        empty={
          <EmptyState
            title={text.rejections.none}
            next={`${text.rejections.noneNext} ${wayOn(time)}`}
            error={data ? undefined : error}
          />
        }
      />
    </SpaceBetween>
  );
}
