import { Construct } from 'constructs';
import type { AnyWebhookConnection } from './route-list.ts';
import type { WebhookDestination } from './webhook-destination.ts';

/** A rule that says which events of a connection go to a destination. `docs/routes.md` explains rules. */
export interface RouteProps {
  /** Where the events go: a destination of the app, or the name of one that operators made. */
  readonly to: WebhookDestination | string;
  /**
   * An event pattern, as EventBridge has them. It sees `type`, `provider`, `headers`, `query`, `path`, `sourceIp` and `data`.
   * @default every event
   */
  readonly when?: Readonly<Record<string, unknown>>;
  /**
   * A JSONata expression that makes the body. It is checked during the deployment.
   * @default the body goes as it came
   */
  readonly transform?: string;
  /**
   * The id of the rule: 1 to 32 lower case letters, digits and dashes.
   * @default the id of the construct
   */
  readonly ruleId?: string;
}

export interface WebhookRouteProps extends RouteProps {
  /** The connection whose events go by this rule. */
  readonly connection: AnyWebhookConnection;
}

/** A rule of a connection. The rules of a connection are one list, in the order in which the app makes them. */
export class WebhookRoute extends Construct {
  constructor(scope: Construct, id: string, { connection, to, when, transform, ruleId = id }: WebhookRouteProps) {
    super(scope, id);
    const rule = { id: ruleId, ...(when && { when }), ...(transform !== undefined && { transform }) };
    connection.routeList.add(this, rule, to);
  }
}
