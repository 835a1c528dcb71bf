import type { Construct } from 'constructs';
import { addAlarm } from './alarm.ts';
import { boundsOf, type Waiting } from './waiting.ts';
import { worstOf } from './worst-of.ts';

/** Rings when something waits too long that is no webhook on its way to a healthy receiver: counts, changes, what is put aside. */
export function alarmOnLateBackground(scope: Construct, waiting: readonly Waiting[]): void {
  addAlarm(scope, 'BackgroundLate', {
    severity: 'warning',
    alarmDescription: `Statistics, the history, or webhooks for destinations that are unwell, limited or paused are late. The oldest that waits for one of these functions is over its bound: ${boundsOf(waiting)}. The alarm's graph shows which. See its lines in the log group BackgroundLog, whether its event source mapping is enabled, and whether Lambda has concurrency left. SQS deletes a message after 14 days. docs/alarms.md`,
    metric: worstOf(waiting),
  });
}
