/** One delivery: how it stands and why, and each of its attempts. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { inByteOrder } from '../body/visible-text.ts';
import { deliveryText } from '../delivery-text.ts';
import { exactTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useSend } from '../session/queries.tsx';
import { CopyButton } from '../shell/copy-button.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { DestinationsButton, PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import {
  type AttemptAnswer,
  type DeliveryAnswer,
  nextText,
  resultText,
  ruleText,
  useDelivery,
  whyText,
} from './delivery-reads.ts';
import { DeliveryStatusLabel } from './delivery-status.tsx';
import { canBeAsked, isUnfinished } from './unfinished.ts';
import { WhatWasSent } from './what-was-sent.tsx';

const columns: TableProps.ColumnDefinition<AttemptAnswer>[] = [
  { id: 'attempt', header: deliveryText.page.attempt, isRowHeader: true, cell: ({ attempt }) => attempt },
  {
    id: 'at',
    header: deliveryText.page.at,
    minWidth: 170,
    // The tooltip has it in UTC.
    cell: ({ at }) => (
      <time dateTime={at} title={at}>
        {exactTime(at)}
      </time>
    ),
  },
  { id: 'took', header: deliveryText.page.took, minWidth: 90, cell: ({ ms }) => deliveryText.page.ms(ms) },
  {
    id: 'result',
    header: deliveryText.page.result,
    minWidth: 150,
    cell: (each) => (
      <StatusIndicator type={each.status !== undefined && each.status < 300 ? 'success' : 'error'}>
        {resultText(each)}
      </StatusIndicator>
    ),
  },
  {
    id: 'answer',
    header: deliveryText.page.answer,
    minWidth: 150,
    cell: ({ answer }) => (answer === undefined ? undefined : <Box variant="code">{inByteOrder(answer)}</Box>),
  },
];

/** Without a column of answers if there are none: others than admins get none. */
const columnsFor = (attempts: readonly AttemptAnswer[]) =>
  attempts.some(({ answer }) => answer !== undefined) ? columns : columns.filter(({ id }) => id !== 'answer');

function Redelivered({ redelivered }: { redelivered: NonNullable<DeliveryAnswer['redelivered']> }) {
  const { times, by } = redelivered;
  return (
    <>
      {deliveryText.page.times(times)}
      {by !== undefined && (
        <>
          {`, ${deliveryText.page.lastBy} `}
          <OperatorName id={by} />
        </>
      )}
    </>
  );
}

/** When the next attempt is. While its destination is paused, nobody knows. */
const nextAttempt = ({ nextAttemptAt }: DeliveryAnswer): string =>
  nextAttemptAt === undefined ? deliveryText.page.nextWhenTaken : nextText(nextAttemptAt);

const Asked = ({ by, at }: NonNullable<DeliveryAnswer['asked']>) => (
  <>
    <TimeAgo at={at} /> {deliveryText.page.by} <OperatorName id={by} />
  </>
);

function Facts({ delivery }: { delivery: DeliveryAnswer }) {
  const { id, status, destination, connection, event, receivedAt, redelivered, asked } = delivery;
  const why = whyText(delivery);
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={200}
      items={[
        {
          label: deliveryText.status,
          value: (
            <>
              <DeliveryStatusLabel status={status} />
              <Box variant="small" display="block">
                {deliveryText.meaningOf(delivery)}
              </Box>
            </>
          ),
        },
        ...(why ? [{ label: deliveryText.why, value: why }] : []),
        ...(isUnfinished(delivery) ? [{ label: deliveryText.next, value: nextAttempt(delivery) }] : []),
        {
          label: deliveryText.destination,
          value: <PageLink to={`/destinations/${destination}`}>{destination}</PageLink>,
        },
        {
          label: deliveryText.connection,
          value: <PageLink to={`/connections/${connection}`}>{connection}</PageLink>,
        },
        {
          label: deliveryText.event,
          value: <PageLink to={`/connections/${connection}/events/${event}`}>{event}</PageLink>,
        },
        { label: deliveryText.received, value: exactTime(receivedAt) },
        { label: deliveryText.rule, value: ruleText(delivery) },
        ...(asked ? [{ label: deliveryText.page.asked, value: <Asked {...asked} /> }] : []),
        ...(redelivered
          ? [{ label: deliveryText.page.redelivered, value: <Redelivered redelivered={redelivered} /> }]
          : []),
        {
          label: deliveryText.page.id,
          value: (
            <>
              {id} <CopyButton label={deliveryText.page.copyId} variant="inline-link" read={async () => id} />
            </>
          ),
        },
      ]}
    />
  );
}

/** What can be done with a delivery, and what came of it. */
function useSteps(delivery: DeliveryAnswer) {
  const { id, event, destination, connection } = delivery;
  const client = useQueryClient();
  const readAgain = () =>
    Promise.all(
      [
        ['delivery', id],
        ['destination deliveries', destination],
        ['deliveries of event', connection, event],
      ].map((queryKey) => client.invalidateQueries({ queryKey })),
    );
  const request = { params: { id }, body: {} };
  const attempt = useSend((api) => api.call('POST /v1/deliveries/{id}/attempt', request), readAgain);
  const redeliver = useSend((api) => api.call('POST /v1/deliveries/{id}/redeliver', request), readAgain);
  /** What was done last is what is said. */
  const begin = (step: typeof attempt, other: typeof attempt) => () => {
    other.reset();
    step.mutate();
  };
  return { attempt, redeliver, begin };
}

function LoadedPage({ delivery }: { delivery: DeliveryAnswer }) {
  const { attempt, redeliver, begin } = useSteps(delivery);
  const error = attempt.error ?? redeliver.error;
  const isWaiting = isUnfinished(delivery);
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={canBeAsked(delivery) ? deliveryText.page.attemptNote : deliveryText.page.redeliverNote}
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            {canBeAsked(delivery) && (
              <ReasonedButton
                label={deliveryText.page.attemptNow}
                reason={undefined}
                loading={attempt.isPending}
                onClick={begin(attempt, redeliver)}
              />
            )}
            <ReasonedButton
              label={deliveryText.page.redeliver}
              reason={isWaiting ? deliveryText.page.notEnded : undefined}
              loading={redeliver.isPending}
              onClick={begin(redeliver, attempt)}
            />
          </SpaceBetween>
        }
      >
        {delivery.id}
      </Header>
      {/* Only with a result: an empty part would still take a gap. */}
      {(attempt.data || redeliver.data || error) && (
        <LiveRegion>
          {error && <ProblemAlert error={error} />}
          {attempt.data && isWaiting && deliveryText.page.attemptDone}
          {redeliver.data && isWaiting && deliveryText.page.done}
        </LiveRegion>
      )}
      <Section title={deliveryText.page.title}>
        <Facts delivery={delivery} />
      </Section>
      <FittingTable<AttemptAnswer>
        narrow={narrowWindow.short}
        items={delivery.history}
        columnDefinitions={columnsFor(delivery.history)}
        variant="container"
        contentDensity="compact"
        trackBy={({ attempt }) => `${attempt}`}
        header={<Header variant="h2">{deliveryText.page.attempts}</Header>}
        empty={deliveryText.page.noAttempts}
      />
      {/* What is shown is that of the last attempt, so another one takes it away. */}
      <WhatWasSent key={delivery.attempts} delivery={delivery} />
    </SpaceBetween>
  );
}

export function DeliveryDetailsPage({ id }: { id: string }) {
  useTitle(id);
  const { data, error, refetch } = useDelivery(id);
  if (data) return <LoadedPage delivery={data} />;
  return (
    <UnreadPage
      title={id}
      error={error}
      retry={refetch}
      way={<DestinationsButton />}
      loading={deliveryText.page.loading}
    />
  );
}
