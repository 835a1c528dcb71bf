/** The deliveries to a destination, those of the newest events first. */
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type DeliveryState, deliveryStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import { deliveryText } from '../delivery-text.ts';
import { refreshMs } from '../poll-interval.ts';
import { exactTime } from '../relative-time.ts';
import { PageLink } from '../shell/page-link.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { useRememberedHash } from '../shell/use-remembered-hash.ts';
import {
  deliveryPath,
  explanationOf,
  type Health,
  type ListedDelivery,
  nextText,
  ruleText,
  useHealth,
} from './delivery-reads.ts';
import { DeliveryStatusLabel } from './delivery-status.tsx';
import { RedeliverDialog } from './redeliver-dialog.tsx';
import { RedeliveryProgress } from './redelivery-progress.tsx';
import { oldestOf, useOpenRedelivery } from './redelivery-reads.ts';

const choices = [
  { value: '', label: deliveryText.ofDestination.all },
  ...deliveryStates.map((value) => ({ value, label: deliveryText.statuses[value] })),
];

const hashOf = (status: string | undefined): string => (status ? `#${new URLSearchParams({ status })}` : '');

/** The status that a part of a URL says, which anybody can write. */
function statusIn(hash: string): DeliveryState | undefined {
  const given = new URLSearchParams(hash.replace(/^#/, '')).get('status');
  return deliveryStates.find((each) => each === given);
}

const columnsOf = (health: Health['state'] | undefined): TableProps.ColumnDefinition<ListedDelivery>[] => [
  {
    id: 'received',
    header: deliveryText.received,
    isRowHeader: true,
    minWidth: 170,
    cell: (each) => (
      <PageLink to={deliveryPath(each)}>
        <time dateTime={each.receivedAt} title={each.receivedAt}>
          {exactTime(each.receivedAt)}
        </time>
      </PageLink>
    ),
  },
  {
    id: 'status',
    header: deliveryText.status,
    minWidth: 130,
    cell: ({ status }) => <DeliveryStatusLabel status={status} />,
  },
  { id: 'attempts', header: deliveryText.attempts, cell: ({ attempts }) => attempts },
  { id: 'why', header: deliveryText.why, minWidth: 150, cell: (each) => explanationOf(each, health) },
  {
    id: 'next',
    header: deliveryText.next,
    minWidth: 150,
    cell: ({ nextAttemptAt }) => nextAttemptAt && nextText(nextAttemptAt),
  },
  {
    id: 'connection',
    header: deliveryText.connection,
    minWidth: 110,
    cell: ({ connection }) => <PageLink to={`/connections/${connection}`}>{connection}</PageLink>,
  },
  { id: 'rule', header: deliveryText.rule, minWidth: 110, cell: ruleText },
];

export function DestinationDeliveries({ name }: { name: string }) {
  const [hash, show] = useRememberedHash(`status of deliveries to ${name}`);
  const status = statusIn(hash);
  /** When the event of the oldest listed one came, while the dialog is open that begins there. */
  const [oldest, setOldest] = useState<string>();
  const { open, refetch } = useOpenRedelivery(name);
  const { data: health } = useHealth(name);
  const client = useQueryClient();
  const { none, noneNext, noMatch, noMatchNext, older, filter, deliveredBound } = deliveryText.ofDestination;
  return (
    <SpaceBetween size="m">
      {/* The dialog that began it may be closed, or somebody else began it. */}
      {open && oldest === undefined && <RedeliveryProgress name={name} id={open.id} />}
      <FormField label={filter} constraintText={status === 'delivered' && deliveredBound}>
        <Select
          selectedOption={choices.find(({ value }) => value === (status ?? '')) ?? null}
          options={choices}
          onChange={({ detail }) => show(hashOf(detail.selectedOption.value))}
        />
      </FormField>
      <PagedTable<ListedDelivery>
        queryKey={['destination deliveries', name, status ?? '']}
        readPage={(api, query) =>
          api.call('GET /v1/destinations/{name}/deliveries', {
            params: { name },
            query: { ...query, ...(status && { status }) },
          })
        }
        columns={columnsOf(health?.state)}
        trackBy={({ id }) => id}
        everyMs={refreshMs.release}
        besideTitle={(listed) => {
          const first = oldestOf(listed);
          return (
            <ReasonedButton
              label={deliveryText.redelivery.button}
              reason={first === undefined ? deliveryText.redelivery.nothing : undefined}
              onClick={() => setOldest(first)}
            />
          );
        }}
        words={{
          title: deliveryText.title,
          loading: deliveryText.loading,
          older,
          none: status ? noMatch : none,
          noneNext: status ? noMatchNext : noneNext,
        }}
      />
      {oldest !== undefined && (
        <RedeliverDialog
          name={name}
          status={status}
          oldest={oldest}
          close={() => {
            setOldest(undefined);
            void refetch();
            void client.invalidateQueries({ queryKey: ['destination deliveries', name] });
          }}
        />
      )}
    </SpaceBetween>
  );
}
