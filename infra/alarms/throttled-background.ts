import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm } from './alarm.ts';
import { anyOf, throttlesOf } from './throttled-functions.ts';

/**
 * Rings when Lambda had no concurrency left for a function that a stream, a queue or a schedule wakes. No caller gets an error then,
 * and a throttled function has no errors of its own: the work is only late. A flood on the API can use up the concurrency of
 * the account while reserved concurrency keeps the functions of senders running.
 */
export function alarmOnThrottledBackground(scope: Construct, functions: readonly HooklatchFunction[]): void {
  addAlarm(scope, 'BackgroundThrottled', {
    alarmDescription: `Webhooks are stored, but may reach your rules and destinations late, and replays, the history, alerts and statistics may be late too: Lambda had no concurrency left for ${anyOf(functions)}. Nothing is lost: Lambda tries again. Ask AWS for a higher quota of concurrent executions, or lower senderRate: docs/limits.md.`,
    metric: throttlesOf(functions),
  });
}
