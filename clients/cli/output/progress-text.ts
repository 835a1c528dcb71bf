/** What happened to an event that `listen` sends, as a line for people. */
import type { ForwardReport } from '../listen/forwarder.ts';
import { columns, painted } from './table.ts';

const styles = { delivered: 'green', refused: 'red', retry: 'yellow', given_up: 'red', skipped: 'dim' } as const;

const skipTexts: Readonly<Record<string, string>> = {
  expired: 'skipped: it has expired',
  body_withheld: 'skipped: its body contains a token, and your role does not get it',
  unpublished_test: 'skipped: a test that is not published',
  path_outside: 'skipped: its path leads out of the URL of --forward',
};

/** What the operator has to know besides. */
function remarks({ outcome, attempt = 1, nextAttemptInMs, isTooOld }: ForwardReport): string[] {
  return [
    ...(attempt > 1 ? [`attempt ${attempt}`] : []),
    ...(isTooOld ? ['too old for the signature'] : []),
    ...(outcome === 'given_up' ? ['given up'] : []),
    ...(nextAttemptInMs === undefined ? [] : [`again in ${(nextAttemptInMs / 1000).toFixed(1)} s`]),
  ];
}

/** The width of the type and of the status, so that lines that come one by one are aligned. */
const [typeWidth, statusWidth] = [20, 3];

export function progressLine(progress: ForwardReport, isColoured: boolean): string {
  const { id, receivedAt, type, outcome, status, reason = '', ms } = progress;
  const result =
    outcome === 'skipped' ? (skipTexts[reason] ?? `skipped: ${reason}`) : String(status ?? reason).padEnd(statusWidth);
  const cells = [
    painted('dim', receivedAt),
    painted('bold', id),
    type.padEnd(typeWidth),
    painted(styles[outcome], result),
    ms === undefined ? '' : `${ms} ms`,
    remarks(progress).join(', '),
  ];
  return columns([cells], isColoured)[0] ?? '';
}
