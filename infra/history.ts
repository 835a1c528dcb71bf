import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Bus } from './bus.ts';
import type { Failures } from './failures.ts';
import { HooklatchFunction } from './function.ts';
import { alarmWhenGivenUp } from './given-up.ts';
import type { Journal } from './journal.ts';
import { alarmWhenLate } from './late.ts';
import type { Runner } from './runner.ts';
import type { Secrets } from './secrets.ts';
import type { Stage } from './stage.ts';
import type { State } from './state.ts';
import { consumeStream } from './stream.ts';

export interface HistoryProps {
  stage: Stage;
  state: State;
  journal: Journal;
  secrets: Secrets;
  bus: Bus;
  failures: Failures;
  runner: Runner;
}

/** What follows each change of a connection: its history, the release of what was held, the deletion of secrets it dropped, a notice. */
export class History extends HooklatchFunction {
  constructor(scope: Construct, { stage, state, journal, secrets, bus, failures, runner }: HistoryProps) {
    super(scope, 'history', {
      impact:
        'Changes of connections are missing in the history and on the bus, what was held is not published though it was released, and dropped tokens stay in Secrets Manager, where they are of no use to anybody. Webhooks go on being accepted.',
      timeout: Duration.minutes(1),
    });
    // The history, and the release of what was held.
    journal.grant(this, { PutItem: ['history', 'runs'], GetItem: ['runs', 'run'] });
    runner.grantWake(this);
    secrets.grantDeleteTokens(this);
    bus.grantPublish(this);
    consumeStream(this, state.table, { changes: ['INSERT', 'MODIFY', 'REMOVE'], failures });
    alarmWhenLate(this, 'Changes of connections are missing in the history and on the bus');
    alarmWhenGivenUp(
      this,
      stage,
      'ChangesGivenUp',
      'Changes of connections are in the failures bucket and missing in the history: they could not be read. See which in the log of history, then hand them over again: npm run redrive.',
    );
  }
}
