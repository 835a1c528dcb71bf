/**
 * What a waiter says when the time is up: what came instead. Of a body it has at most one value of each event, that which differs, and
 * none of a body that holds a token: logs of pipelines have it.
 */
import { printable } from '../../ground/base/printable.ts';
import type { Missed, NearMiss, WaitResult } from './wait-for-events.ts';

type Rejection = NonNullable<Missed['rejections']>[number];

/** How the program words the rejections of the API. */
export interface RejectionWords {
  rejection: (rejection: Rejection) => string;
  sample: (sample: NonNullable<Rejection['sample']>) => string;
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

function differenceText(miss: NearMiss): string {
  switch (miss.why) {
    case 'differs':
      return `differs at ${miss.at}: wanted ${miss.wanted}, found ${miss.found ?? 'nothing that can be shown'}`;
    case 'together':
      return 'meets each condition, but not by one element of a list';
    case 'withheld':
      return 'its body holds a token, and this role does not get it';
    case 'gone':
      return 'is no longer there';
    case 'unread':
      return 'could not be read in time';
    case 'overBudget':
      return 'is too large to compare';
  }
}

/** The sender chose the type and the values, and the log of a pipeline may be a terminal. */
const missLine = (miss: NearMiss): string =>
  printable(`  ${miss.id} ${miss.receivedAt} ${miss.type}: ${differenceText(miss)}`);

function rejectionLines(rejection: Rejection, words: RejectionWords): string[] {
  const { minute, reason, count, atLeast, sample, otherSamples = [] } = rejection;
  const advice = [...(sample ? [sample] : []), ...otherSamples].map(words.sample).filter((text) => text !== '');
  const line = `  ${minute} ${atLeast ? 'at least ' : ''}${count} × ${reason}: ${words.rejection(rejection)}`;
  return [line, ...[...new Set(advice)].map((text) => `    ${text}`)];
}

/** Refusals are counted by minute, and name no sender that was proved. */
const refusedHeading = 'In these minutes webhooks were refused. They may be those of another test:';

/**
 * The lines for a result that misses events.
 * @param wanted how many events were waited for
 */
export function missedLines(
  { events, missed }: Required<WaitResult>,
  { connection, count, timeoutMs }: { connection: string; count: number; timeoutMs: number },
  words: RejectionWords,
): string[] {
  const { others, nearMisses, rejections, fault } = missed;
  const nearest = nearMisses.find(({ why }) => why !== 'gone');
  const found = count === 1 ? 'The event' : `Only ${events.length} of ${count} events`;
  const came = count === 1 ? 'did not come' : 'came';
  return [
    `${found} of ${connection} ${came} within ${timeoutMs / 1_000} s.`,
    ...(fault === undefined ? [] : [`At the end the API did not answer: ${fault}`]),
    ...(others === 0
      ? ['No other event came.']
      : [
          `${counted(others, 'other event', 'other events')} came${others > nearMisses.length ? ', the nearest' : ''}:`,
        ]),
    ...nearMisses.map(missLine),
    ...(nearest ? [`To see it: hooklatch events show ${connection} ${nearest.id}`] : []),
    ...(rejections === undefined
      ? ['Whether webhooks were refused could not be read.']
      : rejections.length === 0
        ? ['No webhook was refused.']
        : [refusedHeading, ...rejections.flatMap((each) => rejectionLines(each, words))]),
  ];
}
