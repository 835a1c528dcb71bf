import { Stack } from 'aws-cdk-lib';
import {
  HttpIntegrationType,
  HttpRouteIntegration,
  type HttpRouteIntegrationBindOptions,
  type HttpRouteIntegrationConfig,
  PayloadFormatVersion,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { defaultRoute } from '../shared/operators/api/default-route.ts';
import type { HooklatchFunction } from './function.ts';

/**
 * A function behind routes of the API. API Gateway gets one permission for all routes of the function that have a path. CDK's own
 * integration adds one for each route, and those guard nothing more: who may edit the API's routes may detach their authorizers too.
 */
export class ApiIntegration extends HttpRouteIntegration {
  private readonly fn: HooklatchFunction;
  private readonly permitted = new Set<string>();

  constructor(fn: HooklatchFunction) {
    super(fn.node.id);
    this.fn = fn;
  }

  override bind({ route }: HttpRouteIntegrationBindOptions): HttpRouteIntegrationConfig {
    // Of the stage, the method and the path. The default route has its key in the place of both.
    this.permit(route.httpApi.apiId, route.path === undefined ? `*/${defaultRoute}` : '*/*/*');
    return {
      type: HttpIntegrationType.AWS_PROXY,
      uri: this.fn.handler.functionArn,
      payloadFormatVersion: PayloadFormatVersion.VERSION_2_0,
    };
  }

  private permit(api: string, requests: string): void {
    if (this.permitted.has(requests)) return;
    this.permitted.add(requests);
    this.fn.handler.addPermission(`Api${this.permitted.size}`, {
      principal: new ServicePrincipal('apigateway.amazonaws.com'),
      sourceArn: Stack.of(this.fn).formatArn({ service: 'execute-api', resource: api, resourceName: requests }),
    });
  }
}
