import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Policy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { EventsTable } from './events-table.ts';
import { HooklatchFunction } from './function.ts';
import type { JournalTable } from './journal-table.ts';
import type { StateTable } from './state-table.ts';

export interface RunReplayJobsProps {
  state: StateTable;
  events: EventsTable;
  journal: JournalTable;
}

/** What carries replays and releases on: every minute, when one begins, and by itself while there is work. */
export class RunReplayJobs extends HooklatchFunction {
  constructor(scope: Construct, { state, events, journal }: RunReplayJobsProps) {
    super(scope, 'run-replay-jobs', {
      impact:
        'Replays stand still, and what was held is not published though it was released. New webhooks are published as ever.',
      // The signature of a write is what takes its time, and at the ceiling there are 500 a second.
      memorySize: 1024,
      timeout: Duration.seconds(90),
    });
    state.grantRead(this);
    events.grantReplay(this);
    journal.grant(this, { Query: ['runs'], PutItem: ['run'], UpdateItem: ['runs'], DeleteItem: ['runs'] });
    this.allowItself();
    new Rule(this, 'EveryMinute', {
      description: 'Carries on the replays and releases of Hooklatch',
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(this.handler)],
    });
  }

  grantWake(fn: HooklatchFunction): void {
    fn.setVariable('runner', this.handler.functionName);
    fn.allow(['lambda:InvokeFunction'], this.handler.functionArn);
  }

  /** In a policy of its own: the function waits for its role's policy, which could not name the function before it is. */
  private allowItself(): void {
    const statement = new PolicyStatement({
      actions: ['lambda:InvokeFunction'],
      resources: [this.handler.functionArn],
    });
    const policy = new Policy(this, 'WakeItself', { statements: [statement] });
    if (this.handler.role) policy.attachToRole(this.handler.role);
  }
}
