import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, MetricFilter } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import type { Bodies } from './bodies.ts';
import type { Bus } from './bus.ts';
import type { Events } from './events.ts';
import type { Failures } from './failures.ts';
import { HooklatchFunction } from './function.ts';
import type { Stage } from './stage.ts';
import type { State } from './state.ts';
import { consumeStream } from './stream.ts';

export interface RelayProps {
  stage: Stage;
  state: State;
  events: Events;
  bodies: Bodies;
  bus: Bus;
  failures: Failures;
}

/** What carries stored events from the table's stream to the bus. */
export class Relay extends HooklatchFunction {
  constructor(scope: Construct, { stage, state, events, bodies, bus, failures }: RelayProps) {
    super(scope, 'relay', {
      impact: 'Webhooks are stored, but reach your rules late: the relay fails, and is tried again for 23 hours.',
      memorySize: 512,
      // A batch may be ten calls and more, each repeated by the SDK.
      timeout: Duration.minutes(1),
    });
    // For what came in under a hold, to know whether that is over.
    state.grantRead(this);
    bodies.grantName(this);
    bus.grantPublish(this);
    consumeStream(this, events.table, { changes: ['INSERT', 'MODIFY'], failures });
    this.addAgeAlarm();
    this.addRefusalAlarm(stage);
  }

  /** The one sign of a bus that is away: the relay then does not fail, it asks for the same records again. */
  private addAgeAlarm(): void {
    new Alarm(this, 'Late', {
      alarmDescription:
        'Webhooks are stored, but reach your rules late: the oldest that waits for the relay is over 10 minutes old.',
      metric: this.handler.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: Duration.minutes(5) }),
      threshold: Duration.minutes(10).toMilliseconds(),
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }

  /** Counts the relay's lines on what it gave up by itself; `consumeStream` sees to what grew too old. */
  private addRefusalAlarm(stage: Stage): void {
    const metricNamespace = `Hooklatch/${stage}`;
    const metricName = 'WebhooksGivenUp';
    new MetricFilter(this, 'GivenUpLines', {
      logGroup: this.handler.logGroup,
      filterPattern: FilterPattern.stringValue('$.message.outcome', '=', 'given_up'),
      metricNamespace,
      metricName,
    });
    new Alarm(this, 'GivenUp', {
      alarmDescription:
        'Webhooks are in the failures bucket and have not reached your rules: the bus refused them. See why in the log of the relay, then send them again: npm run redrive.',
      metric: new Metric({
        namespace: metricNamespace,
        metricName,
        statistic: Stats.SUM,
        period: Duration.minutes(5),
      }),
      threshold: 1,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
