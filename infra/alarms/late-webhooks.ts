import type { Construct } from 'constructs';
import { addAlarm } from './alarm.ts';
import { boundsOf, type Waiting } from './waiting.ts';
import { type Watched, worstOf } from './worst-of.ts';

/**
 * Rings when stored webhooks wait too long for the bus or for their first attempt, and when Lambda gave up records of the relay. An
 * unavailable bus shows only here: the relay then does not fail, but asks for the same records again.
 */
export function alarmOnLateWebhooks(
  scope: Construct,
  { waiting, expired, retryHours }: { waiting: readonly Waiting[]; expired: Watched; retryHours: number },
): void {
  addAlarm(scope, 'WebhooksLate', {
    severity: 'urgent',
    alarmDescription: `Webhooks are stored, but reach your rules or destinations late. The oldest that waits for one of these functions is over its bound: ${boundsOf(waiting)}. The alarm's graph shows which. See its lines in the log group BackgroundLog, whether its event source mapping is enabled, and whether Lambda has concurrency left. After ${retryHours} hours Lambda gives up what ${expired.of} fails on: it is in the dead-letter bucket. Remove the cause, then hand it over again: hooklatch redrive. SQS deletes a message after 14 days. docs/alarms.md`,
    metric: worstOf([...waiting, expired]),
  });
}
