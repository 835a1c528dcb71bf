import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Bus } from './bus.ts';
import type { Failures } from './failures.ts';
import { HooklatchFunction } from './function.ts';
import type { Journal } from './journal.ts';
import type { Secrets } from './secrets.ts';
import type { State } from './state.ts';
import { consumeStream } from './stream.ts';

export interface HistoryProps {
  state: State;
  journal: Journal;
  secrets: Secrets;
  bus: Bus;
  failures: Failures;
}

/** What follows each change of a connection: its history, the deletion of secrets it dropped, a notice on the bus. */
export class History extends HooklatchFunction {
  constructor(scope: Construct, { state, journal, secrets, bus, failures }: HistoryProps) {
    super(scope, 'history', {
      impact:
        'Changes of connections are missing in the history and on the bus, and dropped tokens stay in Secrets Manager, where they are of no use to anybody. Webhooks go on being accepted.',
      timeout: Duration.minutes(1),
    });
    journal.grant(this, 'PutItem');
    secrets.grantDeleteTokens(this);
    bus.grantPublish(this);
    consumeStream(this, state.table, { changes: ['INSERT', 'MODIFY', 'REMOVE'], failures });
    this.addAgeAlarm();
  }

  /** A change that can't be followed is no error of the function: it asks for the same record again. */
  private addAgeAlarm(): void {
    new Alarm(this, 'Late', {
      alarmDescription:
        'Changes of connections are missing in the history and on the bus: the oldest that waits is over 10 minutes old. See why in the log of history.',
      metric: this.handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
      threshold: Duration.minutes(10).toMilliseconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
