/** How far a redelivery of many is, who began it, and why what it has sent does not move yet. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { deliveryText } from '../delivery-text.ts';
import { JobBar } from '../events/job-bar.tsx';
import { jobText } from '../events/job-status.ts';
import { StillNote } from '../jobs/still-note.tsx';
import { OperatorName } from '../session/operator-name.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { useHealth } from './delivery-reads.ts';
import { RedeliveryOutcomes } from './redelivery-outcomes.tsx';
import { useRedelivery } from './redelivery-reads.ts';

const words = deliveryText.redelivery;

/** Says why what is redelivered waits. Nothing if it is sent at once. */
export function StandsStill({ name }: { name: string }) {
  const { data } = useHealth(name);
  const why = data && words.standsStill[data.state];
  return why === undefined ? null : <Alert type="info">{why}</Alert>;
}

export function RedeliveryProgress({ name, id }: { name: string; id: string }) {
  const job = useRedelivery(name, id);
  if (!job.data) return <ProblemAlert error={job.error} />;
  const { destination: _, ...watched } = job.data;
  const { state, by, startedAt, rate } = watched;
  return (
    <SpaceBetween size="s">
      <JobBar
        job={job.data}
        label={words.running}
        said={jobText(job.data, words.progress)}
        words={words}
        cancel={
          state === 'running'
            ? (api) => api.call('DELETE /v1/destinations/{name}/redeliveries/{id}', { params: { name, id } })
            : undefined
        }
        whenCancelled={() => job.refetch()}
      />
      <RedeliveryOutcomes name={name} id={id} />
      <Box color="text-body-secondary">
        {words.started} <OperatorName id={by} /> <TimeAgo at={startedAt} />
        {words.rated(rate)}.
      </Box>
      {/* What it has sent waits for the destination even after its end, so that is said in any case. */}
      <StillNote job={{ ...watched, kind: 'redelivery' }} />
      <StandsStill name={name} />
    </SpaceBetween>
  );
}
