/** All jobs: replays of many events, releases, and redeliveries of many, with who began each, how far it is, and why it stands still. */
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TableProps } from '@cloudscape-design/components/table';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { RedeliveryOutcomes } from '../deliveries/redelivery-outcomes.tsx';
import { deliveryText } from '../delivery-text.ts';
import { isOpen, jobText, percentOf } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { absoluteTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { useSend } from '../session/queries.tsx';
import { narrowWindow } from '../shell/fitting-table.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { PagedTable } from '../shell/paged-table.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { ReasonedButton } from '../shell/reasoned-button.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useTitle } from '../shell/use-title.ts';
import { text } from '../text.ts';
import { type JobFilter, jobHashOf, kinds, noFilter, queryOf, states, useJobFilter } from './job-filter.ts';
import { jobsText } from './jobs-text.ts';
import { StillNote } from './still-note.tsx';

type ListedJob = ApiAnswer<'GET /v1/jobs'>['items'][number];

/** Which events or deliveries a job is about. */
function whatText(job: ListedJob): string {
  const [from, to] = [absoluteTime(job.from), absoluteTime(job.to)];
  if (job.kind === 'redelivery') return jobsText.redelivered(from, to, job.statuses, job.rule, job.connection);
  return job.kind === 'release' ? jobsText.released(from, to) : jobsText.replayed(from, to, job.type);
}

/** Whose job it is. */
const Owner = ({ job }: { job: ListedJob }) =>
  job.kind === 'redelivery' ? (
    <PageLink to={`/destinations/${job.destination}/deliveries`}>{job.destination}</PageLink>
  ) : (
    <PageLink to={`/connections/${job.connection}`}>{job.connection}</PageLink>
  );

const types = { done: 'success', cancelled: 'stopped', failed: 'error' } as const satisfies Record<
  string,
  StatusIndicatorProps.Type
>;

/** For how long after the end of a redelivery the list counts what came of it, in ms. */
const countedMs = 86_400_000;

const isCounted = (job: ListedJob): job is Extract<ListedJob, { kind: 'redelivery' }> =>
  job.kind === 'redelivery' &&
  job.done > 0 &&
  (job.endedAt === undefined || Date.now() - Date.parse(job.endedAt) < countedMs);

function Progress({ job }: { job: ListedJob }) {
  const said = jobText(job, job.kind === 'redelivery' ? deliveryText.redelivery.progress : undefined);
  const { state } = job;
  return (
    <SpaceBetween size="xxs">
      {state === 'running' || state === 'cancelling' ? (
        <ProgressBar ariaLabel={jobsText.kinds[job.kind]} value={percentOf(job)} additionalInfo={said} />
      ) : (
        <span className="words">
          <StatusIndicator type={types[state]}>{said}</StatusIndicator>
        </span>
      )}
      {isCounted(job) && <RedeliveryOutcomes name={job.destination} id={job.id} />}
      <StillNote job={job} />
    </SpaceBetween>
  );
}

/** Cancels a job, of whichever kind, and reads the list again. */
function useCancel() {
  const client = useQueryClient();
  const { mutate, isPending, variables, error } = useSend(
    (api, job: ListedJob): Promise<unknown> =>
      job.kind === 'redelivery'
        ? api.call('DELETE /v1/destinations/{name}/redeliveries/{id}', {
            params: { name: job.destination, id: job.id },
          })
        : api.call('DELETE /v1/connections/{name}/replays/{id}', { params: { name: job.connection, id: job.id } }),
    () => client.invalidateQueries({ queryKey: ['jobs'] }),
  );
  return { cancel: mutate, busyId: isPending ? variables.id : undefined, error };
}

type Cancelling = ReturnType<typeof useCancel>;

function CancelButton({ job, cancel, busyId }: { job: ListedJob } & Omit<Cancelling, 'error'>) {
  const reason = job.kind === 'release' ? jobsText.cancelReason : undefined;
  return (
    <ReasonedButton
      label={jobsText.cancel}
      loading={busyId === job.id}
      reason={job.state === 'cancelling' ? jobsText.cancelling : reason}
      onClick={() => cancel(job)}
    />
  );
}

const columnsOf = (cancelling: Omit<Cancelling, 'error'>): TableProps.ColumnDefinition<ListedJob>[] => [
  {
    id: 'requested',
    header: jobsText.requested,
    isRowHeader: true,
    minWidth: 120,
    cell: ({ startedAt }) => <TimeAgo at={startedAt} />,
  },
  { id: 'kind', header: jobsText.kind, cell: ({ kind }) => jobsText.kinds[kind] },
  { id: 'of', header: jobsText.of, minWidth: 110, cell: (job) => <Owner job={job} /> },
  { id: 'what', header: jobsText.what, minWidth: 200, cell: whatText },
  { id: 'by', header: jobsText.by, minWidth: 110, cell: ({ by }) => by !== undefined && <OperatorName id={by} /> },
  { id: 'progress', header: jobsText.progress, minWidth: 300, cell: (job) => <Progress job={job} /> },
  {
    id: 'action',
    header: jobsText.action,
    minWidth: 150,
    // Nothing is left to cancel of a job that has ended.
    cell: (job) => (isOpen(job) ? <CancelButton job={job} {...cancelling} /> : undefined),
  },
];

function Filters({ filter, apply }: { filter: JobFilter; apply: (next: JobFilter) => void }) {
  const [draft, setDraft] = useState({ connection: filter.connection, of: filter });
  // A link, or the browser's way back.
  if (draft.of !== filter) setDraft({ connection: filter.connection, of: filter });
  const next = (change: Partial<JobFilter>) => apply({ ...filter, connection: draft.connection.trim(), ...change });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        next({});
      }}
    >
      <SpaceBetween direction="horizontal" size="s" alignItems="end">
        <FormField label={jobsText.kind}>
          <Select
            selectedOption={kinds.find(({ value }) => value === filter.kind) ?? null}
            options={kinds}
            onChange={({ detail }) => next({ kind: detail.selectedOption.value as JobFilter['kind'] })}
          />
        </FormField>
        <FormField label={jobsText.state}>
          <Select
            selectedOption={states.find(({ value }) => value === filter.state) ?? null}
            options={states}
            onChange={({ detail }) => next({ state: detail.selectedOption.value as JobFilter['state'] })}
          />
        </FormField>
        <FormField label={jobsText.connection} description={jobsText.connectionHint}>
          <Input
            value={draft.connection}
            spellcheck={false}
            onChange={({ detail }) => setDraft({ ...draft, connection: detail.value })}
          />
        </FormField>
        <SpaceBetween direction="horizontal" size="xs">
          <Button formAction="submit">{jobsText.find}</Button>
          <Button variant="link" formAction="none" onClick={() => apply(noFilter)}>
            {text.events.clear}
          </Button>
        </SpaceBetween>
      </SpaceBetween>
    </form>
  );
}

export function JobsPage() {
  useTitle(jobsText.title);
  const [filter, setFilter] = useJobFilter();
  const { error, ...cancelling } = useCancel();
  const key = jobHashOf(filter);
  return (
    <SpaceBetween size="l">
      <Header variant="h1" description={jobsText.intro}>
        {jobsText.title}
      </Header>
      <Filters filter={filter} apply={setFilter} />
      <ProblemAlert error={error} />
      <PagedTable<ListedJob>
        key={key}
        queryKey={['jobs', key]}
        readPage={(api, query) => api.call('GET /v1/jobs', { query: { ...query, ...queryOf(filter) } })}
        columns={columnsOf(cancelling)}
        trackBy={({ id }) => id}
        narrow={narrowWindow.many}
        everyMs={refreshMs.record}
        words={{
          title: jobsText.table,
          loading: jobsText.loading,
          older: jobsText.older,
          none: key === '' ? jobsText.none : jobsText.noMatch,
          noneNext: key === '' ? jobsText.noneNext : jobsText.noMatchNext,
        }}
      />
    </SpaceBetween>
  );
}
