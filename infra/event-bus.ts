import { EventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** The event bus that your rules listen to. */
export class HooklatchBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Bus');
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `hooklatch-${stage}`,
      description: 'Webhooks that Hooklatch received, and what happened to their endpoints',
    });
  }

  grantPublish(fn: HooklatchFunction): void {
    fn.setVariable('eventBus', this.bus.eventBusName);
    fn.allow(['events:PutEvents'], this.bus.eventBusArn);
  }
}
