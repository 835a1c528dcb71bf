/** How a destination is, and how much waits for it. */
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { inByteOrder } from '../body/visible-text.ts';
import { deliveryText } from '../delivery-text.ts';
import { refreshMs } from '../poll-interval.ts';
import { absoluteTime } from '../relative-time.ts';
import { Loading } from '../shell/loading.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { deliveryPath, type Health, nextText, useHealth } from './delivery-reads.ts';
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

/** What went wrong, and when. */
const Wrong = ({ wrong }: { wrong: NonNullable<Health['wrong']> }) => (
  <>
    {inByteOrder(wrong.what)}, <TimeAgo at={wrong.at} />
  </>
);

/** The oldest of the deliveries that fail although others succeed. */
const Alone = ({ name, alone }: { name: string; alone: NonNullable<Health['alone']> }) => (
  <>
    <PageLink to={deliveryPath({ destination: name, id: alone.id })}>{deliveryText.health.alone(alone.count)}</PageLink>
    {': '}
    <Wrong wrong={alone.wrong} />
  </>
);

/** How it is, and what that means. */
const State = ({ state, alone }: Health) => (
  <>
    <HealthLabel state={state} alone={alone} />
    {deliveryText.healths[state].meaning && `: ${deliveryText.healths[state].meaning}`}
  </>
);

function factsOf(name: string, health: Health) {
  const { alone, waiting, wrong, nextAttemptAt, blockedUntil, lastFailing, givenUpAt } = health;
  const since = health.since ?? alone?.since;
  const words = deliveryText.health;
  return [
    { label: words.state, value: <State {...health} /> },
    ...(since === undefined ? [] : [{ label: words.since, value: <TimeAgo at={since} /> }]),
    ...(wrong ? [{ label: words.wrong, value: <Wrong wrong={wrong} /> }] : []),
    ...(alone ? [{ label: words.wrong, value: <Alone name={name} alone={alone} /> }] : []),
    { label: words.waiting, value: <Waiting waiting={waiting} /> },
    ...(nextAttemptAt === undefined ? [] : [{ label: words.next, value: nextText(nextAttemptAt) }]),
    ...(blockedUntil === undefined ? [] : [{ label: words.blocked, value: absoluteTime(blockedUntil) }]),
    ...(givenUpAt === undefined ? [] : [{ label: words.givenUp, value: absoluteTime(givenUpAt) }]),
    ...(lastFailing
      ? [
          {
            label: words.last,
            value: `${absoluteTime(lastFailing.from)} ${words.until} ${absoluteTime(lastFailing.until)}`,
          },
        ]
      : []),
  ];
}

const Facts = ({ name, health }: { name: string; health: Health }) => (
  <KeyValuePairs columns={3} minColumnWidth={200} items={factsOf(name, health)} />
);

/** How the destination of a row is, since when, and how much waits. That it is paused, its row knows at once. */
export function ListedHealth({ name, isPaused }: { name: string; isPaused: boolean }) {
  const { data, error } = useHealth(name, refreshMs.rows);
  if (!data && isPaused) return <HealthLabel state="paused" />;
  if (!data) return error ? deliveryText.health.unread : null;
  const { alone, waiting } = data;
  const state = isPaused ? 'paused' : data.state;
  const since = data.since ?? alone?.since;
  return (
    <>
      <HealthLabel state={state} alone={alone} />
      {since !== undefined && (
        <>
          {` ${deliveryText.health.inListSince} `}
          <TimeAgo at={since} />
        </>
      )}
      {waiting.count > 0 && `, ${deliveryText.health.waitInList(waiting.count, waiting.isMore)}`}
    </>
  );
}

export function DestinationHealthPanel({ name }: { name: string }) {
  const { data, error, refetch } = useHealth(name);
  return (
    <Section title={deliveryText.health.title}>
      {data ? (
        <Facts name={name} health={data} />
      ) : error ? (
        <ProblemAlert error={error} retry={refetch} />
      ) : (
        <Loading>{deliveryText.health.loading}</Loading>
      )}
    </Section>
  );
}
