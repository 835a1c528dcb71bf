import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as CdkHttpApi,
  type CfnStage,
  type HttpMethod,
  HttpNoneAuthorizer,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionName, fallbackRoute, hookRoutes, routes } from '../shared/api/routes.ts';
import { alarmWhenApiFails, alarmWhenOperatorsThrottled } from './alarms/api.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';
import { type Throttle, throttles } from './throttles.ts';

/** The functions behind the API: one for each name in the table of routes, and those that guard and ingest. */
export type ApiFunctions = Record<FunctionName | 'authorize' | 'authorize-operator' | 'ingest', HooklatchFunction>;

/** What a line of the access log may hold. No path and no query: a token may stand in both. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

export interface HttpApiProps {
  stage: Stage;
  /** What each public route takes. */
  senders: Throttle;
}

/** API Gateway: the routes of `shared/api/routes.ts`, their authorizers, throttles, access log and alarms. */
export class HttpApi extends Construct {
  readonly url: string;
  private readonly api: CdkHttpApi;
  private readonly stage: Stage;
  private readonly senders: Throttle;
  private readonly limits: Record<string, Throttle> = {};
  private readonly integrations = new Map<HooklatchFunction, HttpLambdaIntegration>();

  constructor(scope: Construct, { stage, senders }: HttpApiProps) {
    super(scope, 'HttpApi');
    this.stage = stage;
    this.senders = senders;
    this.api = new CdkHttpApi(this, 'Api', { apiName: `hooklatch-${stage}`, createDefaultStage: false });
    this.url = this.api.apiEndpoint;
  }

  /** Puts the functions behind the routes. */
  serve(functions: ApiFunctions): void {
    const senders = this.authorizer('Senders', functions.authorize);
    const operators = this.authorizer('Operators', functions['authorize-operator']);
    for (const key of hookRoutes) this.route(key, functions.ingest, senders, this.senders);
    for (const [key, { function: name, role }] of Object.entries(routes)) {
      if (role === 'nobody') this.route(key, functions[name], new HttpNoneAuthorizer(), throttles.monitors);
      else this.route(key, functions[name], operators, throttles.operators);
    }
    this.route(fallbackRoute, functions['api-connections'], operators, throttles.operators);
    this.addStage();
    alarmWhenApiFails(this, this.api);
  }

  /**
   * Asked for every request. A cached yes would outlive a deactivation; and several identity sources would all be
   * demanded at once, while a token may stand in any one place.
   */
  private authorizer(name: string, { handler }: HooklatchFunction): IHttpRouteAuthorizer {
    return new HttpLambdaAuthorizer(name, handler, {
      identitySource: [],
      resultsCacheTtl: Duration.seconds(0),
      responseTypes: [HttpLambdaResponseType.SIMPLE],
    });
  }

  private route(key: string, fn: HooklatchFunction, authorizer: IHttpRouteAuthorizer, limit: Throttle): void {
    const [method = '', path = ''] = key.split(' ');
    this.api.addRoutes({ path, methods: [method as HttpMethod], integration: this.integration(fn), authorizer });
    this.limits[key] = limit;
  }

  private integration(fn: HooklatchFunction): HttpLambdaIntegration {
    const integration = this.integrations.get(fn) ?? new HttpLambdaIntegration(fn.node.id, fn.handler);
    this.integrations.set(fn, integration);
    return integration;
  }

  /** The stage depends on every route: CloudFormation would else set the throttle of a route that is not there yet. */
  private addStage(): void {
    const logGroup = new LogGroup(this, 'AccessLog', {
      // Log delivery writes one policy for all groups of this prefix; one entry for each group grows over a policy's limit.
      logGroupName: `/aws/vendedlogs/hooklatch-${this.stage}/access`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    alarmWhenOperatorsThrottled(this, logGroup, this.stage);
    const stage = this.api.addStage('Stage', {
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: {
        destination: new LogGroupLogDestination(logGroup),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    const cfnStage = stage.node.defaultChild as CfnStage;
    cfnStage.routeSettings = Object.fromEntries(
      Object.entries(this.limits).map(([key, { rate, burst }]) => [
        key,
        { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst },
      ]),
    );
    for (const child of this.api.node.children) if (child !== stage) stage.node.addDependency(child);
    this.acknowledge();
  }

  private acknowledge(): void {
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason: 'GET /healthz is for monitors that hold no token: it tells the version, and reads nothing.',
    });
  }
}
