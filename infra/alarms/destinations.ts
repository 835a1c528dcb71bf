import type { Construct } from 'constructs';
import { addAlarm } from './alarm.ts';
import { type Watched, worstOf } from './worst-of.ts';

/** Rings when a destination begins to fail, and when deliveries are given up: once for each incident, and at most once a minute. One
 * receiver fails then, so it wakes nobody. Serve-lanes writes the lines. */
export function alarmOnDestinations(scope: Construct, lines: readonly Watched[]): void {
  addAlarm(scope, 'DestinationFailing', {
    severity: 'warning',
    alarmDescription:
      'A destination fails, and webhooks for it wait; or webhooks did not reach it in its time, and are attempted no more. The lines of serve-lanes in the log group BackgroundLog say which, with outcome destination.failing or delivery.given_up. See its attempts: hooklatch deliveries list. Mend it: what waits is sent by itself. Send what was given up again: hooklatch redeliveries start. docs/operate.md',
    metric: worstOf(lines),
  });
}
