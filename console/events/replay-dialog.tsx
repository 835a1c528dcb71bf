/** Replays many events: first the count, then the replay with its progress. */
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { useSend } from '../session/queries.tsx';
import { ConfirmDialog } from '../shell/confirm-dialog.tsx';
import { text } from '../text.ts';
import type { EventFilter } from './event-reads.ts';
import { JobProgress } from './job-progress.tsx';
import { isoOf, typedTimeOf } from './local-time.ts';

const hourMs = 3_600_000;

interface Fields {
  from: string;
  to: string;
  type: string;
  rate: string;
}

const errorsOf = ({ from, to, rate }: Fields) => ({
  from: isoOf(from) ? undefined : text.replays.timeError,
  to: to === '' || isoOf(to) ? undefined : text.replays.timeError,
  rate: /^[1-9]\d*$/.test(rate.trim()) ? undefined : text.replays.rateError,
});

const bodyOf = ({ from, to, type, rate }: Fields) => ({
  from: isoOf(from) ?? '',
  ...(to !== '' && { to: isoOf(to) }),
  ...(type.trim() !== '' && { type: type.trim() }),
  ratePerSecond: Number(rate),
});

type ReplayAnswer = ApiAnswer<'POST /v1/connections/{name}/replays'>;
type Counted = Exclude<ReplayAnswer, { id: string }>;

function RangeFields({ fields, setFields }: { fields: Fields; setFields: (fields: Fields) => void }) {
  const errors = errorsOf(fields);
  const { replays } = text;
  const { from, to, type, rate } = fields;
  const set = (change: Partial<Fields>) => setFields({ ...fields, ...change });
  return (
    <SpaceBetween size="s">
      <div>{replays.intro}</div>
      <FormField label={replays.from} description={replays.timeHint} errorText={errors.from}>
        <Input value={from} spellcheck={false} onChange={({ detail }) => set({ from: detail.value })} />
      </FormField>
      <FormField label={replays.to} description={replays.toHint} errorText={errors.to}>
        <Input value={to} spellcheck={false} onChange={({ detail }) => set({ to: detail.value })} />
      </FormField>
      <FormField label={replays.type} description={replays.typeHint}>
        <Input value={type} spellcheck={false} onChange={({ detail }) => set({ type: detail.value })} />
      </FormField>
      <FormField label={replays.rate} errorText={errors.rate}>
        <Input value={rate} spellcheck={false} onChange={({ detail }) => set({ rate: detail.value })} />
      </FormField>
    </SpaceBetween>
  );
}

interface ReplayDialogProps {
  name: string;
  /** What the list is narrowed to. The replay begins with the same. */
  filter: EventFilter;
  close: () => void;
}

export function ReplayDialog({ name, filter, close }: ReplayDialogProps) {
  const [fields, setFields] = useState<Fields>(() => ({
    from: typedTimeOf(
      filter.from === '' ? new Date(Date.now() - Number(filter.hours || 1) * hourMs) : new Date(filter.from),
    ),
    to: filter.to === '' ? '' : typedTimeOf(new Date(filter.to)),
    type: filter.type,
    rate: '50',
  }));
  const [counted, setCounted] = useState<Counted>();
  const [jobId, setJobId] = useState<string>();
  const isWrong = Object.values(errorsOf(fields)).some(Boolean);

  const { mutate, isPending, error } = useSend(
    (api, dryRun: boolean) =>
      api.call('POST /v1/connections/{name}/replays', { params: { name }, body: { ...bodyOf(fields), dryRun } }),
    (answer) => ('id' in answer ? setJobId(answer.id) : setCounted(answer)),
  );

  function change(next: Fields) {
    setFields(next);
    setCounted(undefined);
  }

  return (
    <ConfirmDialog
      title={text.replays.title}
      action={jobId ? undefined : counted ? text.replays.start : text.replays.count}
      closeLabel={text.replays.close}
      isBlocked={isWrong || counted?.count === 0}
      confirm={() => mutate(!counted)}
      dismiss={close}
      isBusy={isPending}
      error={error}
    >
      {jobId ? <JobProgress name={name} id={jobId} /> : <RangeFields fields={fields} setFields={change} />}
      <LiveRegion>{!jobId && counted && text.replays.found(counted.count, counted.complete)}</LiveRegion>
    </ConfirmDialog>
  );
}
