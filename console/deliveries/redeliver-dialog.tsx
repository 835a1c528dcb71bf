/** Redelivers many deliveries to a destination: first the plan, then the redelivery with its progress. */
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import { useState } from 'react';
import { zoneHere } from '../charts/periods.ts';
import { deliveryText } from '../delivery-text.ts';
import { isoOf, typedTimeOf } from '../events/local-time.ts';
import { exactTime } from '../relative-time.ts';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { DeliveryStatusLabel } from './delivery-status.tsx';
import { RedeliveryProgress, StandsStill } from './redelivery-progress.tsx';
import { isRedeliverable, type Redeliverable, type RedeliveryPlan, redeliverable } from './redelivery-reads.ts';

const words = deliveryText.redelivery;

interface Fields {
  from: string;
  to: string;
  statuses: readonly Redeliverable[];
  connection: string;
  rule: string;
  rate: string;
}

const errorsOf = ({ from, to, statuses, rate }: Fields) => ({
  from: isoOf(from) ? undefined : words.timeError,
  to: to === '' || isoOf(to) ? undefined : words.timeError,
  statuses: statuses.length > 0 ? undefined : words.statusesError,
  rate: /^[1-9]\d*$/.test(rate.trim()) ? undefined : words.rateError,
});

const bodyOf = ({ from, to, statuses, connection, rule, rate }: Fields) => ({
  from: isoOf(from) ?? '',
  ...(to !== '' && { to: isoOf(to) }),
  statuses: [...statuses],
  ...(connection.trim() !== '' && { connection: connection.trim() }),
  ...(rule.trim() !== '' && { rule: rule.trim() }),
  ratePerSecond: Number(rate),
});

function PlanFields({ fields, setFields }: { fields: Fields; setFields: (fields: Fields) => void }) {
  const errors = errorsOf(fields);
  const { from, to, statuses, connection, rule, rate } = fields;
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  return (
    <SpaceBetween size="s">
      <div>{words.intro}</div>
      <FormField label={words.from} description={words.fromHint(zoneHere())} errorText={errors.from}>
        <Input value={from} spellcheck={false} onChange={({ detail }) => set({ from: detail.value })} />
      </FormField>
      <FormField label={words.to} description={words.toHint} errorText={errors.to}>
        <Input value={to} spellcheck={false} onChange={({ detail }) => set({ to: detail.value })} />
      </FormField>
      <FormField label={words.statuses} errorText={errors.statuses}>
        <SpaceBetween direction="horizontal" size="m">
          {redeliverable.map((status) => (
            <Checkbox
              key={status}
              checked={statuses.includes(status)}
              onChange={({ detail }) =>
                set({
                  statuses: redeliverable.filter((each) =>
                    each === status ? detail.checked : statuses.includes(each),
                  ),
                })
              }
            >
              {deliveryText.statuses[status]}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <FormField label={words.connection} description={words.connectionHint}>
        <Input value={connection} spellcheck={false} onChange={({ detail }) => set({ connection: detail.value })} />
      </FormField>
      <FormField label={words.rule} description={words.ruleHint}>
        <Input value={rule} spellcheck={false} onChange={({ detail }) => set({ rule: detail.value })} />
      </FormField>
      <FormField label={words.rate} errorText={errors.rate}>
        <Input value={rate} spellcheck={false} onChange={({ detail }) => set({ rate: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}

type Sample = RedeliveryPlan['sample'][number];

const sampleColumns: TableProps.ColumnDefinition<Sample>[] = [
  {
    id: 'received',
    header: deliveryText.received,
    isRowHeader: true,
    cell: ({ receivedAt }) => exactTime(receivedAt),
  },
  { id: 'status', header: deliveryText.status, cell: ({ status }) => <DeliveryStatusLabel status={status} /> },
  { id: 'connection', header: deliveryText.connection, cell: ({ connection }) => connection },
  { id: 'rule', header: deliveryText.rule, cell: ({ rule }) => rule },
];

/** How many would be sent, the first of them, and why they would wait. */
function Plan({ name, plan: { count, complete, skipped, sample } }: { name: string; plan: RedeliveryPlan }) {
  return (
    <SpaceBetween size="s">
      {words.found(count, complete)}
      {sample.length > 0 && (
        <FittingTable<Sample>
          narrow={narrowWindow.short}
          items={sample}
          columnDefinitions={sampleColumns}
          variant="embedded"
          contentDensity="compact"
          trackBy="id"
          wrapLines
        />
      )}
      {count === 0 && complete && <div>{words.noneNext}</div>}
      {skipped > 0 && <div>{words.skipped(skipped)}</div>}
      {count > 0 && <StandsStill name={name} />}
    </SpaceBetween>
  );
}

interface RedeliverDialogProps {
  name: string;
  /** What the list is narrowed to. The redelivery begins with the same. */
  status: string | undefined;
  /** When the event of the oldest listed delivery came. */
  oldest: string;
  close: () => void;
}

export function RedeliverDialog({ name, status, oldest, close }: RedeliverDialogProps) {
  const [fields, setFields] = useState<Fields>(() => ({
    from: typedTimeOf(new Date(oldest)),
    to: '',
    statuses: isRedeliverable(status) ? [status] : ['failed', 'given_up', 'cancelled'],
    connection: '',
    rule: '',
    rate: '50',
  }));
  const [plan, setPlan] = useState<RedeliveryPlan>();
  const [jobId, setJobId] = useState<string>();
  const isWrong = Object.values(errorsOf(fields)).some(Boolean);

  const { mutate, isPending, error } = useSend(
    (api, dryRun: boolean) =>
      api.call('POST /v1/destinations/{name}/redeliveries', { params: { name }, body: { ...bodyOf(fields), dryRun } }),
    (answer) => ('id' in answer ? setJobId(answer.id) : setPlan(answer)),
  );

  function change(next: Fields) {
    setFields(next);
    setPlan(undefined);
  }

  return (
    <ConfirmDialog
      title={words.title}
      action={jobId ? undefined : plan ? words.start : words.count}
      closeLabel={words.close}
      isBlocked={isWrong || plan?.count === 0}
      confirm={() => mutate(!plan)}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      {jobId ? <RedeliveryProgress name={name} id={jobId} /> : <PlanFields fields={fields} setFields={change} />}
      <LiveRegion>{!jobId && plan && <Plan name={name} plan={plan} />}</LiveRegion>
    </ConfirmDialog>
  );
}
