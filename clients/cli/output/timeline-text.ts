/** The way of an event for people. */
import type { TimelineStep } from '../../../shared/operators/journal/event-timeline.ts';
import { type Cell, painted, table } from './table.ts';

/** What a step says, besides its name and its time. */
function detailOf(step: TimelineStep): string {
  switch (step.step) {
    case 'received':
      return `${step.method}, ${step.size} bytes, from ${step.sourceIp}`;
    case 'verified':
      return `by ${step.verifiedBy}, with the token ${step.tokenId}`;
    case 'stored':
      return `until ${step.expiresAt}`;
    case 'held':
      return step.releasedAt === undefined ? 'not released' : `until its release at ${step.releasedAt}`;
    case 'published':
      return `checked at ${step.asOf}`;
    case 'given_up':
      return `the bus answered ${step.code}`;
    case 'replayed':
      return `replay ${step.replay}${step.by === undefined ? ', who asked for it is not known, or not yet' : ` by ${step.by}`}${step.job === undefined ? '' : `, ${step.job}`}`;
    case 'attempted': {
      const result = step.status === undefined ? (step.cause ?? step.outcome) : String(step.status);
      return `${step.destination}: attempt ${step.attempt} by rule ${step.rule}, ${result} after ${step.ms} ms`;
    }
  }
}

const isWell = (step: Extract<TimelineStep, { step: 'attempted' }>): boolean =>
  step.status !== undefined && step.status < 300;

function nameOf(step: TimelineStep): Cell {
  const name = step.step.replace('_', ' ');
  if (step.step === 'given_up') return painted('red', name);
  if (step.step === 'attempted') return painted(isWell(step) ? 'green' : 'red', name);
  return step.step === 'held' && step.releasedAt === undefined ? painted('yellow', name) : name;
}

/** A line for each step. A step without a time has none, because none is stored. */
export const timelineTable = (items: readonly TimelineStep[], isColoured: boolean): string[] =>
  table(
    ['AT', 'STEP', 'WHAT'],
    items.map((step) => [('at' in step && step.at) || '', nameOf(step), detailOf(step)]),
    isColoured,
  );
