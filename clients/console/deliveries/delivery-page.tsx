/** One delivery: how it stands and why, and each of its attempts. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { deliveryText } from '../delivery-text.ts';
import { inOrder } from '../events/body-bytes.ts';
import { absoluteTime, exactTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useSend } from '../session/queries.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { Loading } from '../shell/loading.tsx';
import { DestinationsButton, PageLink } from '../shell/page-link.tsx';
import { PageProblem } from '../shell/page-problem.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import { type Attempt, type Delivery, isLive, resultText, ruleText, useDelivery, whyText } from './delivery-reads.ts';
import { DeliveryStatusLabel } from './delivery-status.tsx';

const columns: TableProps.ColumnDefinition<Attempt>[] = [
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
    cell: ({ answer }) => (answer === undefined ? undefined : <Box variant="code">{inOrder(answer)}</Box>),
  },
];

function Redelivered({ redelivered }: { redelivered: NonNullable<Delivery['redelivered']> }) {
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
const nextText = ({ status, nextAttemptAt }: Delivery): string =>
  status === 'parked' || nextAttemptAt === undefined ? deliveryText.page.nextWhenTaken : absoluteTime(nextAttemptAt);

function Facts({ delivery }: { delivery: Delivery }) {
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
        ...(isLive(delivery) ? [{ label: deliveryText.next, value: nextText(delivery) }] : []),
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

function LoadedPage({ delivery }: { delivery: Delivery }) {
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
            reason={isLive(delivery) ? deliveryText.page.notEnded : undefined}
            loading={isPending}
            onClick={() => mutate()}
          />
        }
      >
        {id}
      </Header>
      {/* Only with a result: an empty part would still take a gap. */}
      {(data || error) && (
        <LiveRegion>{error ? <ProblemAlert error={error} /> : isLive(delivery) && deliveryText.page.done}</LiveRegion>
      )}
      <Container header={<Header variant="h2">{deliveryText.page.title}</Header>}>
        <Facts delivery={delivery} />
      </Container>
      <FittingTable<Attempt>
        narrow={narrowWindow.short}
        items={delivery.history}
        columnDefinitions={columns}
        variant="container"
        contentDensity="compact"
        trackBy={({ attempt }) => `${attempt}`}
        wrapLines
        header={<Header variant="h2">{deliveryText.page.attempts}</Header>}
        empty={deliveryText.page.noAttempts}
      />
    </SpaceBetween>
  );
}

export default function DeliveryPage({ id }: { id: string }) {
  useTitle(id);
  const { data, error, refetch } = useDelivery(id);
  if (data) return <LoadedPage delivery={data} />;
  return error ? (
    <PageProblem title={id} error={error} retry={refetch} way={<DestinationsButton />} />
  ) : (
    <Loading>{deliveryText.page.loading}</Loading>
  );
}
