/** Deliveries to destinations for people. */

import { liveStates } from '../../../shared/deliveries/dispatch/delivery-states.ts';
import type {
  DeliveryView,
  NumberedAttempt,
  RoutedDelivery,
} from '../../../shared/deliveries/dispatch/delivery-view.ts';
import type { DestinationHealthView } from '../../../shared/deliveries/dispatch/destination-health-view.ts';
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { type Cell, fields, painted, table } from './table.ts';

/** A state in words, in the colour of what it means. */
export function deliveryStatusText(status: RoutedDelivery['status']): Cell {
  const text = status.replaceAll('_', ' ');
  if (status === 'delivered') return painted('green', text);
  if (status === 'failed' || status === 'given_up') return painted('red', text);
  const isToCome = status === 'queued' || liveStates.some((each) => each === status);
  return painted(isToCome ? 'yellow' : 'dim', text);
}

/** What came of an attempt, in short. */
const outcomeText = ({ outcome, status, cause }: NonNullable<DeliveryView['last']>): string =>
  status === undefined ? (cause ?? outcome) : String(status);

/** Why a delivery is as it is. */
const whyText = ({ reason, cause, last }: Pick<DeliveryView, 'reason' | 'cause' | 'last'>): string =>
  cause ?? reason?.replaceAll('_', ' ') ?? (last ? outcomeText(last) : '');

export const deliveryTableText = (items: readonly DeliveryView[], isColoured: boolean): string[] =>
  table(
    ['RECEIVED', 'STATUS', 'ATTEMPTS', 'LAST', 'NEXT', 'CONNECTION', 'RULE', 'ID'],
    items.map((view) => [
      view.receivedAt,
      deliveryStatusText(view.status),
      String(view.attempts),
      whyText(view),
      view.nextAttemptAt ?? '',
      view.connection,
      view.rule,
      view.id,
    ]),
    isColoured,
  );

export const routedTable = (items: readonly RoutedDelivery[], isColoured: boolean): string[] =>
  table(
    ['DESTINATION', 'RULE', 'STATUS', 'ATTEMPTS', 'NEXT', 'WHY', 'ID'],
    items.map((view) => [
      view.destination,
      view.rule,
      deliveryStatusText(view.status),
      String(view.attempts),
      view.nextAttemptAt ?? '',
      view.reason?.replaceAll('_', ' ') ?? '',
      view.id,
    ]),
    isColoured,
  );

/** The table of attempts. The answers are a column only if there are any: others than admins get none. */
function attemptTable(history: readonly NumberedAttempt[], isColoured: boolean): string[] {
  const hasAnswers = history.some(({ answer }) => answer !== undefined);
  return table(
    ['ATTEMPT', 'AT', 'TIME', 'RESULT', ...(hasAnswers ? ['ANSWER'] : [])],
    history.map((note) => [
      ...[String(note.attempt), note.at, `${note.ms} ms`, outcomeText(note)],
      ...(hasAnswers ? [note.answer ?? ''] : []),
    ]),
    isColoured,
  );
}

/** The lines about a delivery, with all of its attempts. */
export function deliveryLines(view: ApiAnswer<'GET /v1/deliveries/{id}'>, isColoured: boolean): string[] {
  const { redelivered, asked } = view;
  return [
    ...fields(
      [
        ['id', painted('bold', view.id)],
        ['status', deliveryStatusText(view.status)],
        ['why', view.cause ?? view.reason?.replaceAll('_', ' ')],
        ['destination', view.destination],
        ['connection', view.connection],
        ['event', view.event],
        ['received', view.receivedAt],
        ['rule', view.rule],
        ['replay', view.replay === undefined ? undefined : String(view.replay)],
        ['next', view.nextAttemptAt],
        ['asked', asked && `by ${asked.by} at ${asked.at}`],
        ['redelivered', redelivered && `${redelivered.times} times, last by ${redelivered.by}`],
      ],
      isColoured,
    ),
    '',
    ...attemptTable(view.history, isColoured),
  ];
}

const counted = (count: number): string => (count === 1 ? 'one delivery' : `${count} deliveries`);

const healthTexts: Record<DestinationHealthView['state'], [colour: Parameters<typeof painted>[0], meaning?: string]> = {
  well: ['green'],
  slow: ['yellow', 'what is for it waits in its own lane'],
  recovering: ['yellow', 'what waits is sent, faster and faster'],
  failing: ['red', 'no attempt has succeeded since'],
  paused: ['yellow'],
};

/** How a destination is, in one word. One that is well may have a delivery that fails. */
export const healthWord = ({ state, alone }: DestinationHealthView): Cell =>
  state === 'well' && alone ? painted('yellow', `well, ${alone.count} failing`) : painted(healthTexts[state][0], state);

const healthText = ({ state, since }: DestinationHealthView): Cell => {
  const [colour, meaning] = healthTexts[state];
  return painted(colour, `${state}${since ? ` since ${since}` : ''}${meaning ? `: ${meaning}` : ''}`);
};

const wrongText = ({ at, what }: NonNullable<DestinationHealthView['wrong']>): string => `${what} (${at})`;

/** The lines about how a destination is. */
export function healthLines(health: DestinationHealthView, isColoured: boolean): string[] {
  const { alone, lastFailing } = health;
  const { count, isMore, oldest } = health.waiting;
  return fields(
    [
      ['health', healthText(health)],
      ['went wrong', health.wrong && wrongText(health.wrong)],
      ['fails alone', alone && `${counted(alone.count)} since ${alone.since}: ${wrongText(alone.wrong)}, ${alone.id}`],
      ['waiting', `${count}${isMore ? ' or more' : ''}${oldest ? `, the oldest of ${oldest}` : ''}`],
      ['next attempt', health.nextAttemptAt],
      ['blocked', health.blockedUntil && `asked for nothing until ${health.blockedUntil}`],
      ['given up', health.givenUpAt && `the newest of ${health.givenUpAt}`],
      ['last failing', lastFailing && `${lastFailing.from} to ${lastFailing.until}`],
    ],
    isColoured,
  );
}
