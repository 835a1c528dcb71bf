import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { watchIntervalMinutes } from '../shared/journal/alert.ts';
import type { HooklatchBus } from './event-bus.ts';
import { HooklatchFunction } from './function.ts';
import type { JournalTable } from './journal-table.ts';
import type { StateTable } from './state-table.ts';

export interface RaiseAlertsProps {
  state: StateTable;
  journal: JournalTable;
  bus: HooklatchBus;
}

/** Tells the bus, by what the Journal counts, of endpoints that refuse their senders or have fallen silent. */
export class RaiseAlerts extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, bus }: RaiseAlertsProps) {
    super(scope, 'raise-alerts', {
      impact:
        'The bus is told late, or not at all, of endpoints that refuse their senders or have fallen silent. Webhooks go on being accepted.',
      // Less than `patience` in shared/journal/alert.ts: whoever began to tell something that long ago runs no more.
      timeout: Duration.minutes(2),
    });
    state.grantList(this);
    journal.grant(this, { Query: ['alerts', 'rejections', 'use'], PutItem: ['alerts'], DeleteItem: ['alerts'] });
    bus.grantPublish(this);
    new Rule(this, 'Often', {
      description: 'Looks for endpoints that refuse their senders or have fallen silent',
      schedule: Schedule.rate(Duration.minutes(watchIntervalMinutes)),
      targets: [new LambdaFunction(this.handler)],
    });
  }
}
