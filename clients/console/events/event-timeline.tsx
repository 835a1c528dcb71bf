/** The way of an event: what happened to it, step by step. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import { type ReactNode, useState } from 'react';
import { inByteOrder } from '../body/visible-text.ts';
import { byteSize } from '../byte-size.ts';
import { deliveryPath, resultText } from '../deliveries/delivery-reads.ts';
import { absoluteTime, exactTime } from '../relative-time.ts';
import { OperatorName } from '../session/operator-name.tsx';
import { Loading } from '../shell/loading.tsx';
import { PageLink } from '../shell/page-link.tsx';
import { ProblemAlert } from '../shell/problem-alert.tsx';
import { Section } from '../shell/section.tsx';
import { text } from '../text.ts';
import { eventText } from './event-text.ts';
import type { Timeline, TimelineItem, useTimeline } from './timeline-reads.ts';

const words = eventText.timeline;

type Step = TimelineItem;
type StepOf<Name extends Step['step']> = Extract<Step, { step: Name }>;

/** So many steps are shown at first. An event can have hundreds of attempts. */
const shownAtFirst = 30;

const isWell = ({ status }: StepOf<'attempted'>): boolean => status !== undefined && status < 300;

function statusOf(step: Step): StepsProps.Status {
  if (step.step === 'given_up') return 'error';
  if (step.step === 'attempted') return isWell(step) ? 'success' : 'error';
  return step.step === 'held' && step.releasedAt === undefined ? 'pending' : 'success';
}

const iconLabels: Partial<Record<StepsProps.Status, string>> = {
  success: words.well,
  error: words.bad,
  pending: words.waits,
  stopped: words.ended,
};

function Replayed({ by, job }: StepOf<'replayed'>) {
  if (by === undefined) return words.byUnknown;
  return (
    <>
      {words.by} <OperatorName id={by} /> {job !== undefined && words.job(job)}
    </>
  );
}

function Attempted(step: StepOf<'attempted'>) {
  const { delivery: id, destination, attempt, rule, replay, ms } = step;
  return (
    <>
      <PageLink to={deliveryPath({ destination, id })}>{words.attempt(attempt, rule, replay)}</PageLink>
      <Box>{words.result(resultText(step), ms)}</Box>
    </>
  );
}

function detailsOf(step: Step): ReactNode {
  switch (step.step) {
    case 'received':
      return words.received(step.method, byteSize(step.size), step.sourceIp);
    case 'verified':
      return words.verified(step.verifiedBy, step.tokenId);
    case 'stored':
      return words.stored(absoluteTime(step.expiresAt));
    case 'held':
      return words.held(step.releasedAt && absoluteTime(step.releasedAt));
    case 'published':
      return words.asOf(absoluteTime(step.asOf));
    case 'given_up':
      return words.givenUp(inByteOrder(step.code));
    case 'replayed':
      return <Replayed {...step} />;
    case 'attempted':
      return <Attempted {...step} />;
  }
}

function titleOf(step: Step): string {
  if (step.step === 'attempted') return words.attempted(step.destination);
  return step.step === 'replayed' ? words.replayed(step.replay) : words.steps[step.step];
}

const withIcon = (step: Omit<StepsProps.Step, 'statusIconAriaLabel'>): StepsProps.Step => {
  const label = iconLabels[step.status];
  return { ...step, ...(label !== undefined && { statusIconAriaLabel: label }) };
};

const shownStep = (step: Step): StepsProps.Step =>
  withIcon({
    status: statusOf(step),
    header: titleOf(step),
    details: (
      <>
        {'at' in step && step.at !== undefined && (
          // The tooltip has it in UTC.
          <Box>
            <time dateTime={step.at} title={step.at}>
              {exactTime(step.at)}
            </time>
          </Box>
        )}
        {detailsOf(step)}
      </>
    ),
  });

/** The end of the beginning, if no step says it: what is known of the publication, and when. */
function publicationStep({ publication, publicationAsOf }: Timeline): StepsProps.Step[] {
  if (publication === 'published' || publication === 'held' || publication === 'given_up') return [];
  return [
    withIcon({
      status: publication === 'waiting' ? 'pending' : 'stopped',
      header: text.event.publications[publication],
      details: words.asOf(absoluteTime(publicationAsOf)),
    }),
  ];
}

const beginning: readonly Step['step'][] = ['received', 'verified', 'stored', 'held', 'published'];

function stepsOf(timeline: Timeline): StepsProps.Step[] {
  const { items } = timeline;
  const rest = items.findIndex(({ step }) => !beginning.includes(step));
  const end = rest === -1 ? items.length : rest;
  return [...items.slice(0, end).map(shownStep), ...publicationStep(timeline), ...items.slice(end).map(shownStep)];
}

function ShownSteps({ timeline }: { timeline: Timeline }) {
  const [isWhole, setIsWhole] = useState(false);
  const steps = stepsOf(timeline);
  const isCut = !isWhole && steps.length > shownAtFirst;
  return (
    <SpaceBetween size="s">
      <Steps ariaLabel={words.title} steps={isCut ? steps.slice(0, shownAtFirst) : steps} />
      {isCut && <Button onClick={() => setIsWhole(true)}>{words.showAll(steps.length)}</Button>}
    </SpaceBetween>
  );
}

/** @param timeline as it was read */
export function EventTimeline({ timeline: { data, error, refetch } }: { timeline: ReturnType<typeof useTimeline> }) {
  return (
    <Section title={words.title} description={words.about}>
      {data && <ShownSteps timeline={data} />}
      {!data && (error ? <ProblemAlert error={error} retry={refetch} /> : <Loading>{words.loading}</Loading>)}
    </Section>
  );
}
