/** The progress of a replay of many events, or of a release. */
import SpaceBetween from '@cloudscape-design/components/space-between';
import { StillNote } from '../jobs/still-note.tsx';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';
import { JobBar } from './job-bar.tsx';
import { isOpen, jobText } from './job-status.ts';

export function JobProgress({ name, id, label = text.replays.running }: { name: string; id: string; label?: string }) {
  const params = { name, id };
  const job = useRead(
    ['replay', name, id],
    (client) => client.call('GET /v1/connections/{name}/replays/{id}', { params }),
    {
      everyMs: (last) => (last && !isOpen(last) ? false : refreshMs.job),
    },
  );
  if (!job.data) return <ProblemAlert error={job.error} />;
  const { state, kind } = job.data;
  return (
    <SpaceBetween size="s">
      <JobBar
        job={job.data}
        label={label}
        said={jobText(job.data)}
        words={text.replays}
        cancel={
          state === 'running' && kind === 'replay'
            ? (api) => api.call('DELETE /v1/connections/{name}/replays/{id}', { params })
            : undefined
        }
        whenCancelled={() => job.refetch()}
      />
      <StillNote job={job.data} />
    </SpaceBetween>
  );
}
