/** The rules of a connection, which the routes of a stack make one after another. */
import { Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Routes } from '../shared/deliveries/route/routes.ts';
import { type RuleRequest, routesRequestSchema } from '../shared/deliveries/route/routes-request.ts';
import { validationMessage } from '../shared/ground/base/validation-message.ts';
import type { ConnectionManager } from './connection-manager.ts';
import { isUnknown } from './unknown-value.ts';
import type { WebhookDestination } from './webhook-destination.ts';

/** A connection whose events routes can send on. */
export interface AnyWebhookConnection {
  readonly routeList: RouteList;
}

/** A rule, the construct that made it, and its destination if that is one of the app. */
interface Entry {
  route: Construct;
  rule: RuleRequest;
  to: WebhookDestination | undefined;
}

export class RouteList {
  private readonly connection: Construct;
  private readonly manager: ConnectionManager;
  private readonly mode: Routes['mode'];
  private readonly entries: Entry[] = [];

  constructor(connection: Construct, manager: ConnectionManager, mode: Routes['mode'] = 'all') {
    this.connection = connection;
    this.manager = manager;
    this.mode = mode;
  }

  /**
   * Adds a rule after those that are there.
   * @param to the name of a destination that the app does not make, or one of the app
   * @throws an error that begins with the path of the route, and says what is wrong with it
   */
  add(route: Construct, rule: Omit<RuleRequest, 'to'>, to: WebhookDestination | string): void {
    const made = typeof to === 'string' ? undefined : to;
    if (made && made.connectionManager.functionArn !== this.manager.functionArn)
      throw new Error(`${route.node.path}: to is a destination of another gateway than that of the connection`);
    this.entries.push({ route, rule: { ...rule, to: typeof to === 'string' ? to : to.destinationName }, to: made });
    this.check();
    if (made && !this.isBeside(made)) this.connection.node.addDependency(made);
  }

  /** The properties of the connection's resource. They have every rule that the app has added at the end. */
  properties(): Record<string, unknown> {
    const when = (produce: () => unknown) =>
      Lazy.any({ produce: () => (this.entries.length > 0 ? produce() : undefined) });
    const rules = () => this.entries.map(({ rule }) => rule);
    return {
      Routes: when(() => Stack.of(this.connection).toJsonString({ mode: this.mode, rules: rules() })),
      RouteDestinations: when(() => this.destinationIds()),
    };
  }

  /**
   * The ids of the destinations in the stack of the connection. CloudFormation sees by them in which order to make and to delete, and that
   * the rules have to be set again when a name leads to another destination. An id of another stack would be an export, which can't
   * change as long as it is imported.
   */
  private destinationIds(): string[] {
    const own = this.entries.flatMap(({ to }) => (to && this.isBeside(to) ? to.destinationId : []));
    return [...new Set(own)];
  }

  private isBeside(to: WebhookDestination): boolean {
    return Stack.of(to) === Stack.of(this.connection);
  }

  /** Checks the rules so far. Leaves out those of which only CloudFormation knows something. */
  private check(): void {
    const known = this.entries.filter(({ rule }) => !isUnknown(rule));
    const request = { mode: this.mode, rules: known.map(({ rule }) => rule) };
    const [issue] = routesRequestSchema.safeParse(request, { error: validationMessage }).error?.issues ?? [];
    if (!issue) return;
    const [, at, ...field] = issue.path;
    const { route } = known[Number(at)] ?? this.entries.at(-1) ?? { route: this.connection };
    throw new Error(`${route.node.path}: ${(field.length > 0 ? field : issue.path).join('.')} ${issue.message}`);
  }
}
