/** Says why a job does not move, below its progress. Nothing if it moves. */
import Box from '@cloudscape-design/components/box';
import { useHealth } from '../deliveries/delivery-reads.ts';
import { deliveryText } from '../delivery-text.ts';
import { isOpen } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import { jobsText } from './jobs-text.ts';
import { type Around, type Stillness, type Watched, whyStill } from './why-still.ts';

const { still } = jobsText;

function wordsOf({ kind }: Watched, why: Stillness): string | undefined {
  if (why.code === 'behind') return still.behind(why.others);
  const isRedelivery = kind === 'redelivery';
  if (why.code === 'ownerGone') return isRedelivery ? still.destinationGone : still.connectionGone;
  if (why.code === 'notDone') return isRedelivery ? still.notRedelivered(why.count) : still.notPublished(why.count);
  if (why.code === 'held') return still.held(why.count);
  if (why.code === 'rate') return still.rate(why.rate, why.seconds, isRedelivery);
  if (why.code === 'destination') return deliveryText.redelivery.standsStill[why.state];
  return still[why.code];
}

const Note = ({ job, around }: { job: Watched; around: Omit<Around, 'now'> }) => (
  <>
    {whyStill(job, { ...around, now: new Date() }).map((why) => (
      <Box key={why.code} color="text-body-secondary" fontSize="body-s">
        {wordsOf(job, why)}
      </Box>
    ))}
  </>
);

type NoteProps = { job: Watched & { id: string }; around: Omit<Around, 'now'> };

/** A job that has not begun may wait for others. Only then the API is asked for them. */
function NotBegunNote({ job, around }: NoteProps) {
  const { data } = useRead(
    ['open jobs'],
    (api) => api.call('GET /v1/jobs', { query: { state: 'open', limit: '200' } }),
    {
      everyMs: refreshMs.record,
    },
  );
  const isOfSame = ({ kind }: { kind: Watched['kind'] }) => (kind === 'redelivery') === (job.kind === 'redelivery');
  const others = data?.items.filter((other) => other.id !== job.id && isOfSame(other)).length;
  return <Note job={job} around={{ ...around, others }} />;
}

const OfFunction = ({ job, around }: NoteProps) =>
  isOpen(job) && job.begunAt === undefined ? (
    <NotBegunNote job={job} around={around} />
  ) : (
    <Note job={job} around={around} />
  );

function OfDestination({ job, destination }: { job: NoteProps['job']; destination: string }) {
  const { data } = useHealth(destination);
  return <OfFunction job={job} around={{ health: data?.state }} />;
}

/** @param job with `destination` if it redelivers to one */
export const StillNote = ({ job }: { job: Watched & { id: string; destination?: string } }) =>
  job.destination !== undefined && isOpen(job) ? (
    <OfDestination job={job} destination={job.destination} />
  ) : (
    <OfFunction job={job} around={{}} />
  );
