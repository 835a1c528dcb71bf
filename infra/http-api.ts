import { Duration, Validations } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi as CdkHttpApi,
  type CfnStage,
  type HttpMethod,
  HttpNoneAuthorizer,
  HttpRoute,
  HttpRouteKey,
  type IHttpRouteAuthorizer,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { Construct } from 'constructs';
import { defaultRoute } from '../shared/operators/api/default-route.ts';
import type { FunctionName } from '../shared/operators/api/route.ts';
import { fallbackRoute, gatewayRoutes, hookRoutes } from '../shared/operators/api/routes.ts';
import { alarmOnApi5xx } from './alarms/api-5xx.ts';
import { alarmOnThrottledOperators } from './alarms/throttled-operators.ts';
import { ApiIntegration } from './api-integration.ts';
import { CustomDomain, type CustomDomainProps } from './custom-domain.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';
import { addLogGroup } from './log-group.ts';
import { type Throttle, throttles } from './throttles.ts';

/** The functions behind the API: those that the table of routes names, the two authorizers, ingest, and web pages. */
export type ApiFunctions = Record<
  FunctionName | 'authorize' | 'authorize-operator' | 'ingest' | 'serve-files',
  HooklatchFunction
>;

/** The fields of a line in the access log. The line has no path and no query, because either may contain a token. */
const accessLog = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  sourceIp: '$context.identity.sourceIp',
  route: '$context.routeKey',
  method: '$context.httpMethod',
  status: '$context.status',
  ms: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

export interface HttpApiProps {
  stage: Stage;
  /** The limit of each public route. */
  senders: Throttle;
  /** The domain at which the API is reached besides its own endpoint. */
  domain?: CustomDomainProps | undefined;
}

/** API Gateway: the routes of `shared/operators/api/routes.ts`, their authorizers, throttles, access log and alarms. */
export class HttpApi extends Construct {
  readonly url: string;
  /** All URLs at which API Gateway itself answers. */
  readonly urls: readonly string[];
  private readonly api: CdkHttpApi;
  private readonly stage: Stage;
  private readonly senders: Throttle;
  private readonly domain: CustomDomainProps | undefined;
  private readonly limits: Record<string, Throttle> = {};
  private readonly integrations = new Map<HooklatchFunction, ApiIntegration>();

  constructor(scope: Construct, { stage, senders, domain }: HttpApiProps) {
    super(scope, 'HttpApi');
    this.stage = stage;
    this.senders = senders;
    this.domain = domain;
    this.api = new CdkHttpApi(this, 'Api', {
      apiName: `hooklatch-${stage}`,
      createDefaultStage: false,
      // Whoever demands certificates must close the endpoint that demands none.
      ...(domain?.mtlsTruststore && { disableExecuteApiEndpoint: true }),
    });
    this.url = domain ? `https://${domain.domainName}` : this.api.apiEndpoint;
    this.urls = [...new Set([this.url, ...(domain?.mtlsTruststore ? [] : [this.api.apiEndpoint])])];
  }

  /**
   * Puts the functions behind the routes.
   * @param publicUrl the URL at which the API is reached. Each function that answers requests knows it: see `http-handler.ts`
   */
  serve(functions: ApiFunctions, publicUrl: string): void {
    const senders = this.authorizer('Senders', functions.authorize);
    const operators = this.authorizer('Operators', functions['authorize-operator']);
    for (const key of hookRoutes) this.route(key, functions.ingest, senders, this.senders);
    for (const { key, route } of gatewayRoutes()) {
      const { function: name, role } = route;
      if (role === 'nobody') this.route(key, functions[name], new HttpNoneAuthorizer(), throttles.monitors);
      else this.route(key, functions[name], operators, throttles.operators);
    }
    this.route(fallbackRoute, functions['api-connections'], operators, throttles.operators);
    this.defaultRoute(functions['serve-files'], throttles.pages);
    for (const fn of this.integrations.keys()) fn.setVariable('PUBLIC_URL', publicUrl);
    this.addStage();
    alarmOnApi5xx(this, this.api);
  }

  /**
   * Makes an authorizer. API Gateway calls it for every request, because a cached "yes" would outlive a deactivation.
   * The authorizer has no identity sources: API Gateway would require all of them at once, but a token is in only one
   * place.
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

  private defaultRoute(fn: HooklatchFunction, limit: Throttle): void {
    new HttpRoute(this.api, 'DefaultRoute', {
      httpApi: this.api,
      routeKey: HttpRouteKey.DEFAULT,
      integration: this.integration(fn),
      authorizer: new HttpNoneAuthorizer(),
    });
    this.limits[defaultRoute] = limit;
  }

  private integration(fn: HooklatchFunction): ApiIntegration {
    const integration = this.integrations.get(fn) ?? new ApiIntegration(fn);
    this.integrations.set(fn, integration);
    return integration;
  }

  /**
   * Adds the stage, which depends on every route. Otherwise CloudFormation could set the throttle of a route that does not
   * exist yet.
   */
  private addStage(): void {
    // With this prefix, log delivery needs one policy for all groups. With another prefix, log delivery adds an entry
    // to a policy for each group, until the policy is full.
    const logGroup = addLogGroup(this, 'AccessLog', `/aws/vendedlogs/hooklatch-${this.stage}/access`);
    alarmOnThrottledOperators(this, logGroup, this.stage);
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
    if (this.domain) new CustomDomain(this, this.api, stage, this.domain);
    this.acknowledge();
  }

  private acknowledge(): void {
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-APIG4',
      reason:
        'GET /healthz, GET /openapi.json and the default route, which has the files under /docs and /console, need no token. They answer with the version, a description of the API, a page that asks for an operator token and 404, and read nothing.',
    });
  }
}
