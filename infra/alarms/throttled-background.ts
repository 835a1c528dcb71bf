import type { Construct } from 'constructs';
import type { HooklatchFunction } from '../function.ts';
import { addAlarm } from './alarm.ts';
import { anyOf, throttlesOf } from './throttled-functions.ts';

const advice = 'Ask AWS for a higher quota of concurrent executions, or lower senderRate: docs/limits.md.';

/**
 * Rings when Lambda had no concurrency left for a function that a stream or a queue wakes, or that such a function calls. No caller gets an error then,
 * and a throttled function has no errors of its own: the work is only late. A flood on the API can use up the concurrency of
 * the account while reserved concurrency keeps the functions of senders running.
 */
export function alarmOnThrottledBackground(scope: Construct, functions: readonly HooklatchFunction[]): void {
  addAlarm(scope, 'BackgroundThrottled', {
    severity: 'warning',
    alarmDescription: `Webhooks are stored, but may reach your rules and destinations late, and the history and statistics may be late too: Lambda had no concurrency left for ${anyOf(functions)}. Nothing is lost: Lambda tries again. ${advice}`,
    metric: throttlesOf(functions),
  });
}

/** The same for functions that a schedule wakes. It is an alarm of its own, because an alarm reads ten metrics at most. */
export function alarmOnThrottledSchedules(scope: Construct, functions: readonly HooklatchFunction[]): void {
  addAlarm(scope, 'SchedulesThrottled', {
    severity: 'warning',
    alarmDescription: `Replays, redeliveries, retries after a longer wait, alerts and the removal of old secrets may be late: Lambda had no concurrency left for ${anyOf(functions)}. Nothing is lost: the next call of the schedule does the work. ${advice}`,
    metric: throttlesOf(functions),
  });
}
