/** What came of the deliveries that a redelivery of many has queued. They are counted after its end too, while some of them wait. */
import Box from '@cloudscape-design/components/box';
import { deliveryText } from '../delivery-text.ts';
import { isOpen } from '../events/job-status.ts';
import { refreshMs } from '../poll-interval.ts';
import { useRead } from '../session/queries.tsx';
import type { Redelivery } from './redelivery-reads.ts';
import { isUnfinished } from './unfinished.ts';

type Outcomes = NonNullable<Redelivery['outcomes']>;

/** What has an end comes first. */
const order = ['delivered', 'failed', 'given_up', 'cancelled', 'expired', 'waiting', 'parked'] as const;

const countedIn = ({ counts }: Outcomes) =>
  order.flatMap((status) => {
    const count = counts[status];
    return count === undefined ? [] : [{ status, count }];
  });

const sumOf = (counted: ReturnType<typeof countedIn>): number => counted.reduce((sum, { count }) => sum + count, 0);

/** The time until the next count, in ms. The index behind it may lack the newest for a moment, and later redeliveries take some away. */
function everyMs(last: Redelivery | undefined): number | false {
  if (!last?.outcomes || isOpen(last)) return refreshMs.record;
  const counted = countedIn(last.outcomes);
  if (counted.some(isUnfinished)) return refreshMs.record;
  return last.outcomes.complete && sumOf(counted) < last.done && refreshMs.rows;
}

export function RedeliveryOutcomes({ name, id }: { name: string; id: string }) {
  const { data } = useRead(
    ['redelivery outcomes', name, id],
    (api) =>
      api.call('GET /v1/destinations/{name}/redeliveries/{id}', {
        params: { name, id },
        query: { include: 'outcomes' },
      }),
    { everyMs },
  );
  if (!data?.outcomes || data.done === 0) return null;
  const counted = countedIn(data.outcomes);
  const { complete } = data.outcomes;
  const gone = complete && !isOpen(data) ? Math.max(0, data.done - sumOf(counted)) : 0;
  const said = deliveryText.redelivery.outcomes(data.done, counted, {
    of: complete ? undefined : sumOf(counted),
    gone,
  });
  return <Box fontSize="body-s">{said}</Box>;
}
