/** The template with a domain of one's own, and with CloudFront in front. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { checkResourceTypes, type Template } from '../../local/cloudformation/template.ts';
import { functionNames, functionsIn, ofType, only, textOf, theTemplate } from './given-template.ts';

let api: Template;
let edge: Template;
let mtls: Template;
let folder: string;

beforeAll(async () => {
  ({ template: api, folder } = await theTemplate('edge'));
  edge = JSON.parse(readFileSync(join(folder, 'hooklatch-prod-edge-eu-central-1.template.json'), 'utf8'));
  ({ template: mtls } = await theTemplate('mtls'));
});

const variablesOf = (template: Template, name: string): unknown[] =>
  functionsIn(template).flatMap(({ id, properties }) => {
    const value = properties.Environment?.Variables?.[name];
    return value === undefined ? [] : [[functionNames(template).get(id), value]];
  });

describe('a domain of the deployment', () => {
  test('takes TLS 1.2 and later, leads to the stage of the API, and is in the URLs that operators copy', () => {
    const { DomainName, DomainNameConfigurations } = only(ofType(mtls, 'AWS::ApiGatewayV2::DomainName')).properties;
    expect([DomainName, DomainNameConfigurations]).toEqual([
      'hooks.example.com',
      [
        {
          CertificateArn: expect.stringContaining(':certificate/01234567-'),
          EndpointType: 'REGIONAL',
          SecurityPolicy: 'TLS_1_2',
        },
      ],
    ]);
    const { properties, resource } = only(ofType(mtls, 'AWS::ApiGatewayV2::ApiMapping'));
    expect([textOf(properties.ApiId), textOf(properties.Stage)]).toEqual([
      expect.stringMatching(/^\{HttpApi/),
      '$default',
    ]);
    expect(resource.DependsOn).toContain(only(ofType(mtls, 'AWS::ApiGatewayV2::Stage')).id);
    expect(mtls.Outputs?.['PublicUrl']?.Value).toBe('https://hooks.example.com');
    expect(JSON.stringify(mtls.Outputs)).toContain('RegionalDomainName');
  });

  test('can demand certificates of callers, and then the endpoint that demands none is closed', () => {
    const { MutualTlsAuthentication } = only(ofType(mtls, 'AWS::ApiGatewayV2::DomainName')).properties;
    expect(MutualTlsAuthentication).toEqual({ TruststoreUri: 's3://trust/store.pem' });
    expect(only(ofType(mtls, 'AWS::ApiGatewayV2::Api')).properties.DisableExecuteApiEndpoint).toBe(true);
    expect(only(ofType(api, 'AWS::ApiGatewayV2::Api')).properties.DisableExecuteApiEndpoint).toBeUndefined();
  });

  test('does not stop the local runtime', () => {
    expect(() => checkResourceTypes(api.Resources)).not.toThrow();
  });
});

describe('behind CloudFront', () => {
  test('both authorizers, and the self-test that explains them, know the digest of the secret header', () => {
    expect(variablesOf(api, 'ORIGIN_DIGESTS')).toEqual([
      ['authorize', 'a'.repeat(64)],
      ['authorize-operator', 'a'.repeat(64)],
      ['api-self-test', 'a'.repeat(64)],
    ]);
    expect(variablesOf(mtls, 'ORIGIN_DIGESTS')).toEqual([]);
    expect(api.Outputs?.['PublicUrl']?.Value).toBe('https://hooks.example.com');
  });

  const config = () => only(ofType(edge, 'AWS::CloudFront::Distribution')).properties.DistributionConfig;

  test('the secret is a reference to one version, which CloudFormation resolves', () => {
    const origin = only<Record<string, unknown>>(config().Origins);
    expect(origin).toMatchObject({
      DomainName: 'api.example.com',
      CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
      OriginCustomHeaders: [
        {
          HeaderName: 'x-origin-verify',
          HeaderValue:
            '{{resolve:secretsmanager:hooklatch/prod/origin/eu-central-1:SecretString:::00000000-0000-4000-8000-000000000001}}',
        },
      ],
    });
  });

  test('every method, header but the host, and query reaches the API, by https alone', () => {
    expect(config().DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
      ViewerProtocolPolicy: 'https-only',
      Compress: false,
    });
    const forwarded = only(ofType(edge, 'AWS::CloudFront::OriginRequestPolicy')).properties.OriginRequestPolicyConfig;
    expect(forwarded).toMatchObject({
      HeadersConfig: { HeaderBehavior: 'allExcept', Headers: ['Host'] },
      QueryStringsConfig: { QueryStringBehavior: 'all' },
      CookiesConfig: { CookieBehavior: 'all' },
    });
  });

  test("the API gets the caller's address, and no answer to one caller is kept for another", () => {
    const cache = only(ofType(edge, 'AWS::CloudFront::CachePolicy')).properties.CachePolicyConfig;
    expect(cache).toMatchObject({
      MinTTL: 0,
      DefaultTTL: 0,
      MaxTTL: 1,
      ParametersInCacheKeyAndForwardedToOrigin: {
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['CloudFront-Viewer-Address', 'Authorization'] },
        QueryStringsConfig: { QueryStringBehavior: 'all' },
      },
    });
    const errors = config().CustomErrorResponses.map((each: Record<string, number>) => [
      each['ErrorCode'],
      each['ErrorCachingMinTTL'],
    ]);
    expect(errors).toEqual([400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504].map((status) => [status, 0]));
  });

  test('nothing logs a URL, because it may contain a token', () => {
    expect(config().Logging).toBeUndefined();
    const { Rules, VisibilityConfig } = only(ofType(edge, 'AWS::WAFv2::WebACL')).properties;
    const sampled = [VisibilityConfig, only<Record<string, unknown>>(Rules)['VisibilityConfig']];
    expect(sampled).toEqual([
      expect.objectContaining({ SampledRequestsEnabled: false }),
      expect.objectContaining({ SampledRequestsEnabled: false }),
    ]);
    expect(ofType(edge, 'AWS::WAFv2::LoggingConfiguration')).toEqual([]);
  });

  test('an address that sends too much is answered 429', () => {
    const { id, properties } = only(ofType(edge, 'AWS::WAFv2::WebACL'));
    expect(properties.Scope).toBe('CLOUDFRONT');
    expect(properties.DefaultAction).toEqual({ Allow: {} });
    expect(only<object>(properties.Rules)).toMatchObject({
      Action: { Block: { CustomResponse: { ResponseCode: 429 } } },
      Statement: { RateBasedStatement: { Limit: 5000, EvaluationWindowSec: 300, AggregateKeyType: 'IP' } },
    });
    expect(config().WebACLId).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  test('an operator sees how many requests the firewall blocks, as metrics', () => {
    const { Rules, VisibilityConfig } = only(ofType(edge, 'AWS::WAFv2::WebACL')).properties;
    const measured = [VisibilityConfig, only<Record<string, unknown>>(Rules)['VisibilityConfig']];
    expect(measured).toMatchObject([
      { CloudWatchMetricsEnabled: true, MetricName: 'hooklatch-prod-eu-central-1' },
      { CloudWatchMetricsEnabled: true, MetricName: 'rate-by-address' },
    ]);
  });

  test('the distribution has its own domain and modern TLS, in the region of firewalls', () => {
    expect(config()).toMatchObject({
      Aliases: ['hooks.example.com'],
      Enabled: true,
      HttpVersion: 'http2and3',
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
    });
    const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'));
    expect(artifacts['hooklatch-prod-edge-eu-central-1'].environment).toBe('aws://unknown-account/us-east-1');
  });

  test('cdk-nag finds nothing that has no reason', () => {
    const { pluginReports } = JSON.parse(readFileSync(join(folder, 'validation-report.json'), 'utf8'));
    expect(pluginReports).toEqual([expect.objectContaining({ conclusion: 'success', violations: [] })]);
  });
});
