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
import { absoluteTime, exactTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useSend } from '../session/queries.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { DestinationsButton, PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { Section } from '../shell/section.tsx';
import { UnreadPage } from '../shell/unread-page.tsx';
import { useTitle } from '../shell/use-title.ts';
import {
  type AttemptAnswer,
  type DeliveryAnswer,
  isUnfinished,
  resultText,
  ruleText,
  useDelivery,
  whyText,
} from './delivery-reads.ts';
import { DeliveryStatusLabel } from './delivery-status.tsx';

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

/** When the next attempt is. A parked delivery has no time of its own. */
const nextText = ({ status, nextAttemptAt }: DeliveryAnswer): string =>
  status === 'parked' || nextAttemptAt === undefined ? deliveryText.page.nextWhenTaken : absoluteTime(nextAttemptAt);

function Facts({ delivery }: { delivery: DeliveryAnswer }) {
  const { status, destination, connection, event, receivedAt, redelivered } = delivery;
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
                {deliveryText.meanings[status]}
              </Box>
            </>
          ),
        },
        ...(why ? [{ label: deliveryText.why, value: why }] : []),
        ...(isUnfinished(delivery) ? [{ label: deliveryText.next, value: nextText(delivery) }] : []),
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
        ...(redelivered
          ? [{ label: deliveryText.page.redelivered, value: <Redelivered redelivered={redelivered} /> }]
          : []),
      ]}
    />
  );
}

function LoadedPage({ delivery }: { delivery: DeliveryAnswer }) {
  const { id, event, destination, connection } = delivery;
  const client = useQueryClient();
  const { mutate, isPending, error, data } = useSend(
    (api) => api.call('POST /v1/deliveries/{id}/redeliver', { params: { id }, body: {} }),
    () =>
      Promise.all(
        [
          ['delivery', id],
          ['destination deliveries', destination],
          ['deliveries of event', connection, event],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  );
  return (
    <SpaceBetween size="l">
      <Header
        variant="h1"
        description={deliveryText.page.redeliverNote}
        actions={
          <ReasonedButton
            label={deliveryText.page.redeliver}
            reason={isUnfinished(delivery) ? deliveryText.page.notEnded : undefined}
            loading={isPending}
            onClick={() => mutate()}
          />
        }
      >
        {id}
      </Header>
      {/* Only with a result: an empty part would still take a gap. */}
      {(data || error) && (
        <LiveRegion>
          {error ? <ProblemAlert error={error} /> : isUnfinished(delivery) && deliveryText.page.done}
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
