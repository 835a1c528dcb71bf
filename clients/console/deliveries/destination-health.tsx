/** How a destination is, and how much waits for it. */
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { deliveryText } from '../delivery-text.ts';
import { absoluteTime } from '../relative-time.ts';
import { Loading } from '../shell/loading.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { type Health, useHealth } from './delivery-reads.ts';
import { HealthLabel } from './delivery-status.tsx';

function Waiting({ waiting: { count, isMore, oldest } }: Pick<Health, 'waiting'>) {
  if (count === 0) return deliveryText.health.nothing;
  return (
    <>
      {deliveryText.health.waits(count, isMore)}
      {oldest !== undefined && (
        <>
          {`; ${deliveryText.health.oldest} `}
          <TimeAgo at={oldest} />
        </>
      )}
    </>
  );
}

function Facts({ health }: { health: Health }) {
  const { state, waiting, nextProbeAt, blockedUntil } = health;
  return (
    <KeyValuePairs
      columns={3}
      minColumnWidth={200}
      items={[
        { label: deliveryText.health.state, value: <HealthLabel state={state} /> },
        { label: deliveryText.health.waiting, value: <Waiting waiting={waiting} /> },
        ...(nextProbeAt === undefined
          ? []
          : [{ label: deliveryText.health.nextProbe, value: absoluteTime(nextProbeAt) }]),
        ...(blockedUntil === undefined
          ? []
          : [{ label: deliveryText.health.blocked, value: absoluteTime(blockedUntil) }]),
      ]}
    />
  );
}

export function DestinationHealthPanel({ name }: { name: string }) {
  const { data, error, refetch } = useHealth(name);
  return (
    <Section title={deliveryText.health.title}>
      {data ? (
        <Facts health={data} />
      ) : error ? (
        <ProblemAlert error={error} retry={refetch} />
      ) : (
        <Loading>{deliveryText.health.loading}</Loading>
      )}
    </Section>
  );
}
