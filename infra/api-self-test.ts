import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { HooklatchFunction } from './function.ts';
import { checkOrigin } from './origin-check.ts';
import type { SharedResources } from './shared-resources.ts';

export interface ApiSelfTestProps extends Pick<SharedResources, 'state' | 'events' | 'bodies' | 'journal' | 'secrets'> {
  publicUrl: string;
  originDigests: readonly string[];
}

/** Sends a webhook through the public URL for an operator: a sample, a recorded event, or a body. */
export class ApiSelfTest extends HooklatchFunction {
  constructor(
    scope: Construct,
    { state, events, bodies, journal, secrets, publicUrl, originDigests }: ApiSelfTestProps,
  ) {
    super(scope, 'api-self-test', {
      // The function waits for the public URL and for the bus. The function must end before API Gateway stops waiting,
      // after 30 seconds.
      timeout: Duration.seconds(25),
    });
    state.grantChange(this);
    secrets.grantReadTokens(this);
    events.grantGet(this);
    bodies.grantGet(this);
    journal.grant(this, { GetItem: ['test'] });
    this.setVariable('PUBLIC_URL', publicUrl);
    checkOrigin(this, originDigests);
  }
}
