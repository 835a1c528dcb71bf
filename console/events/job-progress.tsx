/** The progress of a replay of many events, or of a release. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { refreshMs } from '../poll-interval.ts';
import { useRead, useSend } from '../session/queries.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { isOpen, type Job, jobText, percentOf } from './job-status.ts';

const statusOf = ({ state }: Job) => (state === 'done' ? 'success' : state === 'failed' ? 'error' : 'in-progress');

export function JobProgress({ name, id, label = text.replays.running }: { name: string; id: string; label?: string }) {
  const params = { name, id };
  const job = useRead(
    ['replay', name, id],
    (client) => client.call('GET /v1/connections/{name}/replays/{id}', { params }),
    {
      everyMs: (last) => (last && !isOpen(last) ? false : refreshMs.job),
    },
  );
  const {
    mutate: cancel,
    isPending,
    error,
  } = useSend(
    (api) => api.call('DELETE /v1/connections/{name}/replays/{id}', { params }),
    () => job.refetch(),
  );
  if (!job.data) return <ProblemAlert error={job.error} />;
  const { state, kind } = job.data;
  const status = statusOf(job.data);
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={error} />
      <ProgressBar
        label={label}
        value={percentOf(job.data)}
        status={status}
        resultText={jobText(job.data)}
        {...(status === 'in-progress' && { additionalInfo: jobText(job.data) })}
      />
      {state === 'running' && kind === 'replay' && (
        <SpaceBetween direction="horizontal" size="xs" alignItems="center">
          <Button formAction="none" loading={isPending} onClick={() => cancel()}>
            {text.replays.cancel}
          </Button>
          <Box color="text-body-secondary">{text.replays.goesOn}</Box>
        </SpaceBetween>
      )}
    </SpaceBetween>
  );
}
