import { EventBus, type IEventBus } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** `IEventBus` alone does not accept CDK's own `EventBus`, because of `exactOptionalPropertyTypes`. */
export type AnyEventBus = IEventBus | EventBus;

/** The event bus that your rules listen to. */
export class HooklatchBus extends Construct {
  readonly bus: AnyEventBus;

  /** @param existing a bus to publish to instead of a new one */
  constructor(scope: Construct, stage: Stage, existing?: AnyEventBus) {
    super(scope, 'Bus');
    this.bus =
      existing ??
      new EventBus(this, 'Bus', {
        eventBusName: `hooklatch-${stage}`,
        description: 'Webhooks that Hooklatch received, and what happened to their endpoints',
      });
  }

  grantPublish(fn: HooklatchFunction): void {
    fn.setVariable('EVENT_BUS', this.bus.eventBusName);
    fn.allow(['events:PutEvents'], this.bus.eventBusArn);
  }
}
