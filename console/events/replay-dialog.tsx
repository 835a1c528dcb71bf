/** Replays many events: first the plan, with the oldest events, then the replay with its progress. */
import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { zoneHere } from '../charts/periods.ts';
import { jobsText } from '../jobs/jobs-text.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead, useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import type { EventFilter } from './event-request.ts';
import { JobProgress } from './job-progress.tsx';
import { openReplay } from './job-status.ts';
import { bodyOf, errorsOf, fieldsFor, type ReplayFields } from './replay-fields.ts';
import { isWorthIt, Plan, type ReplayPlan } from './replay-plan.tsx';

const { plan: words } = jobsText;

interface RangeFieldsProps {
  fields: ReplayFields;
  setFields: (fields: ReplayFields) => void;
  filter: EventFilter;
}

function RangeFields({ fields, setFields, filter }: RangeFieldsProps) {
  const errors = errorsOf(fields);
  const { replays } = text;
  const { from, to, type, rate } = fields;
  const set = (change: Partial<ReplayFields>) => setFields({ ...fields, ...change });
  const hasNoBeginning = filter.from === '' && filter.hours === '';
  const timeHint = replays.timeHint(zoneHere());
  return (
    <SpaceBetween size="s">
      <div>{replays.intro}</div>
      {filter.deliveryId !== '' && <Alert type="info">{words.oneDelivery}</Alert>}
      <FormField
        label={replays.from}
        description={hasNoBeginning ? `${words.noBeginning} ${timeHint}` : timeHint}
        errorText={errors.from}
      >
        <Input value={from} spellcheck={false} onChange={({ detail }) => set({ from: detail.value })} />
      </FormField>
      <FormField label={replays.to} description={replays.toHint} errorText={errors.to}>
        <Input value={to} spellcheck={false} onChange={({ detail }) => set({ to: detail.value })} />
      </FormField>
      <FormField label={replays.type} description={words.type}>
        <Input value={type} spellcheck={false} onChange={({ detail }) => set({ type: detail.value })} />
      </FormField>
      <FormField label={replays.rate} errorText={errors.rate}>
        <Input value={rate} spellcheck={false} onChange={({ detail }) => set({ rate: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}

/** The replay of this connection that has not ended, and its id. A second one can't begin meanwhile. */
const useOpenReplay = (name: string) =>
  useRead(
    ['replays', name],
    (api) => api.call('GET /v1/connections/{name}/replays', { params: { name }, query: { limit: '50' } }),
    { everyMs: refreshMs.record },
  ).data?.items;

interface ReplayDialogProps {
  name: string;
  /** What the list is narrowed to. The replay begins with the same. */
  filter: EventFilter;
  close: () => void;
}

export function ReplayDialog({ name, filter, close }: ReplayDialogProps) {
  const [fields, setFields] = useState(() => fieldsFor(filter, new Date()));
  const [plan, setPlan] = useState<ReplayPlan>();
  const [jobId, setJobId] = useState<string>();
  const inTheWay = openReplay(useOpenReplay(name) ?? []);
  const isWrong = Object.values(errorsOf(fields)).some(Boolean);

  const { mutate, isPending, error } = useSend(
    (api, dryRun: boolean) =>
      api.call('POST /v1/connections/{name}/replays', { params: { name }, body: { ...bodyOf(fields), dryRun } }),
    (answer) => ('id' in answer ? setJobId(answer.id) : setPlan(answer)),
  );

  function change(next: ReplayFields) {
    setFields(next);
    setPlan(undefined);
  }

  return (
    <ConfirmDialog
      title={text.replays.title}
      action={jobId ? undefined : plan ? text.replays.start : text.replays.count}
      closeLabel={text.replays.close}
      isBlocked={isWrong || (plan !== undefined && (!isWorthIt(plan) || inTheWay !== undefined))}
      confirm={() => mutate(!plan)}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      {jobId ? (
        <JobProgress name={name} id={jobId} />
      ) : (
        <RangeFields fields={fields} setFields={change} filter={filter} />
      )}
      <LiveRegion>{!jobId && plan && <Plan plan={plan} />}</LiveRegion>
      {!jobId && plan && inTheWay && (
        <SpaceBetween size="s">
          <Alert type="info">{words.runs}</Alert>
          <JobProgress name={name} id={inTheWay.id} />
        </SpaceBetween>
      )}
    </ConfirmDialog>
  );
}
