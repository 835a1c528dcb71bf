/** The progress of a replay of many events, or of a release. */
import Button from '@cloudscape-design/components/button';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { ApiAnswer } from '../../shared/api/api-client.ts';
import { useRead } from '../session/queries.tsx';
import { useSession } from '../session/session.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { text } from '../text.ts';

type Job = ApiAnswer<'GET /v1/connections/{name}/replays/{id}'>;

/** The time between two reads of a running job, in ms. */
const refreshMs = 1_000;

export const isOpen = ({ state }: Job): boolean => state === 'running' || state === 'cancelling';

const percentOf = ({ done, failed, skipped, count, ...job }: Job): number => {
  if (!isOpen({ done, failed, skipped, count, ...job })) return 100;
  return count ? Math.floor((100 * (done + failed + skipped)) / count) : 0;
};

const detailOf = ({ done, count, failed, skipped, note }: Job): string =>
  [
    text.replays.progress(done, count),
    failed > 0 && text.replays.failed(failed),
    skipped > 0 && text.replays.skipped(skipped),
    note,
  ]
    .filter(Boolean)
    .join(', ');

const statusOf = ({ state }: Job) => (state === 'done' ? 'success' : state === 'failed' ? 'error' : 'in-progress');

export function JobProgress({ name, id, label = text.replays.running }: { name: string; id: string; label?: string }) {
  const { api } = useSession();
  const [error, setError] = useState<unknown>();
  const params = { name, id };
  const job = useRead(
    ['replay', name, id],
    (client) => client.call('GET /v1/connections/{name}/replays/{id}', { params }),
    {
      everyMs: (last) => (last && !isOpen(last) ? false : refreshMs),
    },
  );
  async function cancel() {
    try {
      await api.call('DELETE /v1/connections/{name}/replays/{id}', { params });
      await job.refetch();
    } catch (refusal) {
      setError(refusal);
    }
  }
  if (!job.data) return <ProblemAlert error={job.error} />;
  const { state, kind } = job.data;
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={error} />
      <ProgressBar
        label={label}
        value={percentOf(job.data)}
        status={statusOf(job.data)}
        resultText={`${text.replays.states[state]}: ${detailOf(job.data)}`}
        additionalInfo={`${text.replays.states[state]}: ${detailOf(job.data)}`}
      />
      {state === 'running' && kind === 'replay' && <Button onClick={cancel}>{text.replays.cancel}</Button>}
    </SpaceBetween>
  );
}
