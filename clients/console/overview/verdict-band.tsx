/** The verdict: whether everything is all right, and what to do first if not. See decision 93. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useQueryClient } from '@tanstack/react-query';
import { useSend } from '../session/queries.tsx';
import { ConnectionsButton, hrefOf, useFollow } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { overviewKey } from '../shell/use-findings.ts';
import { wayTo } from './attention-way.ts';
import type { ExplainedAttention } from './overview-reads.ts';
import { overviewText } from './overview-text.ts';
import type { Delivering, HalfState, Receiving } from './verdict.ts';

const texts = overviewText.verdict;

const indicators: Record<HalfState, StatusIndicatorProps.Type> = {
  lost: 'error',
  failing: 'error',
  unknown: 'warning',
  look: 'warning',
  never: 'info',
  none: 'stopped',
  well: 'success',
};

/** Attempts at once all that waits for a destination, and reads the overview again. */
function AttemptButton({ name }: { name: string }) {
  const client = useQueryClient();
  const attempt = useSend(
    (api) => api.call('POST /v1/destinations/{name}/attempt', { params: { name }, body: {} }),
    () => client.invalidateQueries({ queryKey: overviewKey }),
  );
  return (
    <SpaceBetween size="xs">
      <Button loading={attempt.isPending} ariaLabel={`${texts.attempt}: ${name}`} onClick={() => attempt.mutate()}>
        {texts.attempt}
      </Button>
      <ProblemAlert error={attempt.error} />
    </SpaceBetween>
  );
}

const linkTexts: Partial<Record<ExplainedAttention['kind'], string>> = {
  refusing: texts.seeCause,
  events_given_up: texts.seeGivenUp,
  deliveries_given_up: texts.seeGivenUp,
};

/** The first step of what is most urgent. */
function FirstStep({ found }: { found: ExplainedAttention }) {
  const follow = useFollow();
  const { name, path } = wayTo(found);
  if (found.kind === 'destination_failing' && found.waiting.count > 0) return <AttemptButton name={name} />;
  const label = linkTexts[found.kind];
  return (
    <Button href={hrefOf(path)} onFollow={follow} {...(label && { ariaLabel: `${label}: ${name}` })}>
      {label ?? texts.goTo(name)}
    </Button>
  );
}

/** How much waits, and since when. */
function Waiting({ waiting }: Pick<Delivering, 'waiting'>) {
  const words = texts.waitText(waiting);
  if (words === '') return null;
  return (
    <>
      {` · ${words}`}
      {waiting.oldest !== undefined && (
        <>
          {`, ${texts.oldest} `}
          <TimeAgo at={waiting.oldest} />
        </>
      )}
    </>
  );
}

/** When the last webhook came. */
const LastWebhook = ({ at }: { at: string }) => (
  <>
    {`${texts.last} `}
    <TimeAgo at={at} />.
  </>
);

function Half({ half, isStale }: { half: Receiving | Delivering; isStale: boolean }) {
  const { state, what, first } = half;
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="center">
      <StatusIndicator type={indicators[state]}>
        <Box variant="strong">{`${texts.halves[what]}: `}</Box>
        {texts.wordsOf(half).join(' · ')}
        {what === 'delivering' && <Waiting waiting={half.waiting} />}
        {state === 'unknown' && isStale && `. ${texts.old}`}
      </StatusIndicator>
      {first ? (
        <FirstStep found={first} />
      ) : (
        (state === 'never' || what === 'receiving') && state !== 'well' && <ConnectionsButton />
      )}
    </SpaceBetween>
  );
}

/** All in one line. */
function Calm({ halves }: { halves: readonly (Receiving | Delivering)[] }) {
  const [last] = halves.flatMap((half) => (half.what === 'receiving' ? (half.lastEventAt ?? []) : []));
  const words = halves.toSorted((one, other) => other.what.localeCompare(one.what)).flatMap(texts.wordsOf);
  return (
    <StatusIndicator type="success">
      {`${texts.well}: ${words.join(', ')}. `}
      {last !== undefined && <LastWebhook at={last} />}
    </StatusIndicator>
  );
}

/** @param isUnread whether something could not be read, which the page says elsewhere */
export function VerdictBand({ halves, isUnread }: { halves: readonly (Receiving | Delivering)[]; isUnread: boolean }) {
  const isCalm = halves.every(
    (half) => half.state === 'well' || (half.what === 'delivering' && half.state === 'none' && half.paused === 0),
  );
  return (
    <Section title={texts.title}>
      {isCalm ? (
        <Calm halves={halves} />
      ) : (
        <SpaceBetween size="s">
          {halves.map((half) => (
            <Half key={half.what} half={half} isStale={!isUnread} />
          ))}
        </SpaceBetween>
      )}
    </Section>
  );
}
