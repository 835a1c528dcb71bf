/** Redelivers many deliveries to a destination: first the plan, then the redelivery with its progress. */
import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';
import {
  type RedeliverableState,
  redeliverableStates,
  undelivered,
} from '../../../shared/deliveries/dispatch/delivery-states.ts';
import { zoneHere } from '../charts/periods.ts';
import { deliveryText } from '../delivery-text.ts';
import { useRoutesTo } from '../destination/destination-record.ts';
import { JobDialog, type JobForm } from '../events/job-dialog.tsx';
import { typedTimeOf } from '../events/local-time.ts';
import { jobBodyOf, errorsOf as rangeErrorsOf } from '../events/replay-fields.ts';
import { exactTime } from '../relative-time.ts';
import { FittingTable, narrowWindow } from '../shell/fitting-table.tsx';
import { DeliveryStatusLabel } from './delivery-status.tsx';
import { RedeliveryProgress, StandsStill } from './redelivery-progress.tsx';
import { isRedeliverable, type RedeliveryPlan } from './redelivery-reads.ts';

const words = deliveryText.redelivery;

interface Fields {
  from: string;
  to: string;
  statuses: readonly RedeliverableState[];
  connection: string;
  rule: string;
  rate: string;
}

const errorsOf = ({ statuses, ...range }: Fields) => ({
  ...rangeErrorsOf(range),
  statuses: statuses.length > 0 ? undefined : words.statusesError,
});

const bodyOf = ({ statuses, connection, rule, ...range }: Fields) =>
  jobBodyOf(range, {
    statuses: [...statuses],
    ...(connection.trim() !== '' && { connection: connection.trim() }),
    ...(rule.trim() !== '' && { rule: rule.trim() }),
  });

function RedeliveryForm({ name, form }: { name: string; form: JobForm<Fields> }) {
  const { textField, timeField, nameField, set, errors } = form;
  const { statuses, connection } = form.fields;
  const routes = useRoutesTo(name).data?.routes;
  // Of the connection that is chosen, if one is.
  const rules = routes?.flatMap((each) =>
    connection.trim() === '' || each.connection === connection.trim() ? each.rules : [],
  );
  return (
    <SpaceBetween size="s">
      <div>{words.intro}</div>
      {timeField('from', words.from, words.fromHint(zoneHere()))}
      {timeField('to', words.to, words.toHint)}
      <FormField label={words.statuses} errorText={errors.statuses}>
        <SpaceBetween direction="horizontal" size="m">
          {redeliverableStates.map((status) => (
            <Checkbox
              key={status}
              checked={statuses.includes(status)}
              onChange={({ detail }) =>
                set({
                  statuses: redeliverableStates.filter((each) =>
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
      {nameField(
        'connection',
        words.connection,
        words.connectionHint,
        routes?.map((each) => each.connection),
      )}
      {nameField('rule', words.rule, words.ruleHint, rules && [...new Set(rules)])}
      {textField('rate', words.rate)}
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
  return (
    <JobDialog<Fields, RedeliveryPlan>
      words={words}
      first={() => ({
        from: typedTimeOf(new Date(oldest)),
        to: '',
        statuses: isRedeliverable(status) ? [status] : undelivered,
        connection: '',
        rule: '',
        rate: '50',
      })}
      errorsOf={errorsOf}
      ask={(api, fields, dryRun) =>
        api.call('POST /v1/destinations/{name}/redeliveries', { params: { name }, body: { ...bodyOf(fields), dryRun } })
      }
      cannotBegin={({ count }) => count === 0}
      showForm={(form) => <RedeliveryForm name={name} form={form} />}
      showPlan={(plan) => <Plan name={name} plan={plan} />}
      showJob={(id) => <RedeliveryProgress name={name} id={id} />}
      close={close}
    />
  );
}
