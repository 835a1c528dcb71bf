import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Construct } from 'constructs';
import { watchInterval } from '../shared/alert.ts';
import type { Bus } from './bus.ts';
import { HooklatchFunction } from './function.ts';
import type { Journal } from './journal.ts';
import type { State } from './state.ts';

export interface WatchProps {
  state: State;
  journal: Journal;
  bus: Bus;
}

/** Tells the bus, by what the Journal counts, of endpoints that refuse their senders or have fallen silent. */
export class Watch extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, bus }: WatchProps) {
    super(scope, 'watch', {
      impact:
        'The bus is told late, or not at all, of endpoints that refuse their senders or have fallen silent. Webhooks go on being accepted.',
      // Less than `patience` in shared/alert.ts: whoever began to tell something that long ago runs no more.
      timeout: Duration.minutes(2),
    });
    state.grantList(this);
    journal.grant(this, { Query: ['alerts', 'rejections', 'use'], PutItem: ['alerts'], DeleteItem: ['alerts'] });
    bus.grantPublish(this);
    new Rule(this, 'Often', {
      description: 'Looks for endpoints that refuse their senders or have fallen silent',
      schedule: Schedule.rate(Duration.minutes(watchInterval)),
      targets: [new LambdaFunction(this.handler)],
    });
  }
}
