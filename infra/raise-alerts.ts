import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { watchIntervalMinutes } from '../shared/operators/journal/alert.ts';
import { HooklatchFunction } from './function.ts';
import { wakeEvery } from './schedule.ts';
import type { SharedResources } from './shared-resources.ts';

export interface RaiseAlertsProps extends Pick<SharedResources, 'state' | 'journal' | 'bus'> {
  tokenReminderDays: number | undefined;
}

/** Reads the Journal's counts. Publishes an alert when an endpoint refuses its sender too often, gets no more events or has an old token. */
export class RaiseAlerts extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, bus, tokenReminderDays }: RaiseAlertsProps) {
    super(scope, 'raise-alerts', {
      // Must be shorter than `noticeTimeoutMs` in shared/operators/journal/alert.ts. After that time, the next invocation assumes
      // that this one has ended, and publishes its alert.
      timeout: Duration.minutes(2),
    });
    state.grantList(this);
    journal.grant(this, { Query: ['alerts', 'rejections', 'use'], PutItem: ['alerts'], DeleteItem: ['alerts'] });
    bus.grantPublish(this);
    if (tokenReminderDays !== undefined) this.setVariable('TOKEN_REMINDER_DAYS', String(tokenReminderDays));
    wakeEvery(scope, this, { minutes: watchIntervalMinutes, retries: 2 });
  }
}
