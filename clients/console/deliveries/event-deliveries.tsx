/** Where an event went: each delivery, and each rule that it did not match. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import type { RoutedDelivery } from '../../../shared/deliveries/dispatch/delivery-view.ts';
import { deliveryText } from '../delivery-text.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { deliveryPath, explanationOf, hasPage, nextText, ruleText, useEventDeliveries } from './delivery-reads.ts';
import { DeliveryStatusLabel } from './delivery-status.tsx';

const columns: TableProps.ColumnDefinition<RoutedDelivery>[] = [
  {
    id: 'rule',
    header: deliveryText.byRule,
    isRowHeader: true,
    minWidth: 185,
    cell: (each) => (hasPage(each) ? <PageLink to={deliveryPath(each)}>{ruleText(each)}</PageLink> : ruleText(each)),
  },
  {
    id: 'destination',
    header: deliveryText.destination,
    minWidth: 110,
    cell: ({ destination }) => <PageLink to={`/destinations/${destination}`}>{destination}</PageLink>,
  },
  {
    id: 'status',
    header: deliveryText.status,
    minWidth: 150,
    cell: ({ status }) => <DeliveryStatusLabel status={status} />,
  },
  { id: 'attempts', header: deliveryText.attempts, cell: ({ attempts }) => attempts },
  {
    id: 'why',
    header: deliveryText.why,
    minWidth: 150,
    cell: (each) => explanationOf(each),
  },
  {
    id: 'next',
    header: deliveryText.next,
    minWidth: 150,
    cell: ({ nextAttemptAt }) => nextAttemptAt && nextText(nextAttemptAt),
  },
];

const header = (
  <Header variant="h2" description={deliveryText.ofEvent.both}>
    {deliveryText.title}
  </Header>
);

export function EventDeliveries({ name, id }: { name: string; id: string }) {
  const { data, error, refetch } = useEventDeliveries(name, id);
  if (data && data.items.length > 0)
    return (
      <FittingTable
        narrow={narrowWindow.short}
        items={data.items}
        columnDefinitions={columns}
        variant="container"
        contentDensity="compact"
        trackBy="id"
        header={header}
      />
    );
  return (
    <Container header={header}>
      <SpaceBetween size="s">
        {!data && !error && <Loading>{deliveryText.loading}</Loading>}
        {!data && <ProblemAlert error={error} retry={refetch} />}
        {data && <Box color="text-body-secondary">{deliveryText.ofEvent.none}</Box>}
      </SpaceBetween>
    </Container>
  );
}
