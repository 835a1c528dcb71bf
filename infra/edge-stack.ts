import { CfnOutput, Duration, SecretValue, Stack, type StackProps, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  HttpVersion,
  OriginProtocolPolicy,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  OriginSslPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import { originHeader } from '../shared/endpoints/credential/request-origin.ts';
import { secretRoot } from '../shared/endpoints/credential/secret-name.ts';
import type { EdgeSettings } from './deploy-settings/edge.ts';
import type { Stage } from './deploy-settings/stage.ts';

export interface EdgeStackProps extends StackProps, EdgeSettings {
  stage: Stage;
}

/** The statuses that CloudFront would keep for ten seconds. An answer to one caller must never reach another one. */
const errorStatuses = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/**
 * CloudFront and a firewall (WAF) in front of the API. It is a stack of its own, in the only region where a firewall of
 * CloudFront can be.
 */
export class EdgeStack extends Stack {
  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    const { domain } = props;
    const distribution = new Distribution(this, 'Distribution', {
      comment: `Hooklatch ${props.stage} ${props.apiRegion}`,
      webAclId: this.firewall(props).attrArn,
      httpVersion: HttpVersion.HTTP2_AND_3,
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      // The URLs of webhooks may contain tokens, and CloudFront's log has the URL of each request.
      enableLogging: false,
      ...(domain && {
        domainNames: [domain.name],
        certificate: Certificate.fromCertificateArn(this, 'Certificate', domain.certificateArn),
      }),
      errorResponses: errorStatuses.map((httpStatus) => ({ httpStatus, ttl: Duration.seconds(0) })),
      defaultBehavior: {
        origin: this.origin(props),
        allowedMethods: AllowedMethods.ALLOW_ALL,
        // A redirect to https would turn a POST into a GET, after its token was sent in the clear.
        viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
        compress: false,
        cachePolicy: this.cachePolicy(),
        originRequestPolicy: this.originRequestPolicy(),
      },
    });
    this.acknowledge();
    new CfnOutput(this, 'DistributionDomain', { value: distribution.distributionDomainName });
  }

  /** The API, reached by https alone, with the secret that shows where a request comes from. */
  private origin({ stage, apiRegion, origin, secretVersion: versionId }: EdgeStackProps): HttpOrigin {
    const secret = SecretValue.secretsManager(`${secretRoot}/${stage}/origin/${apiRegion}`, { versionId });
    return new HttpOrigin(origin, {
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      // CloudFormation resolves the reference. The template has no secret.
      customHeaders: { [originHeader]: secret.unsafeUnwrap() },
    });
  }

  /**
   * Keeps nothing: without `cache-control`, an answer is asked for again each time. CloudFront takes headers into this policy
   * only if the longest time is more than zero. The policy is the only way to get the caller's address together with all
   * headers but the host.
   */
  private cachePolicy(): CachePolicy {
    return new CachePolicy(this, 'CachePolicy', {
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.seconds(1),
      headerBehavior: CacheHeaderBehavior.allowList('CloudFront-Viewer-Address', 'Authorization'),
      queryStringBehavior: CacheQueryStringBehavior.all(),
      cookieBehavior: CacheCookieBehavior.none(),
    });
  }

  /** API Gateway finds the API by the host, so it must not get the host of the distribution. */
  private originRequestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'OriginRequestPolicy', {
      headerBehavior: OriginRequestHeaderBehavior.denyList('Host'),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
      cookieBehavior: OriginRequestCookieBehavior.all(),
    });
  }

  /** Answers an address 429 while it sends too much, so that a sender tries again later. */
  private firewall({ rate, stage, apiRegion }: EdgeStackProps): CfnWebACL {
    // The samples of AWS would show URLs, which may contain tokens.
    const visibility = (metricName: string) => ({
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
      metricName,
    });
    return new CfnWebACL(this, 'Firewall', {
      scope: 'CLOUDFRONT',
      defaultAction: { allow: {} },
      // CloudWatch tells firewalls apart by this name alone.
      visibilityConfig: visibility(`hooklatch-${stage}-${apiRegion}`),
      rules: [
        {
          name: 'rate-by-address',
          priority: 0,
          action: { block: { customResponse: { responseCode: 429 } } },
          statement: { rateBasedStatement: { limit: rate, evaluationWindowSec: 300, aggregateKeyType: 'IP' } },
          visibilityConfig: visibility('rate-by-address'),
        },
      ],
    });
  }

  private acknowledge(): void {
    const reasons = {
      CFR1: 'Senders of webhooks and operators may be in any country.',
      CFR3: 'The log of CloudFront has the URL of each request, and URLs of webhooks may contain tokens. API Gateway logs each request without its URL.',
      CFR4: 'Without a domain of its own, a distribution has the certificate and the TLS versions of cloudfront.net.',
    };
    for (const [rule, reason] of Object.entries(reasons))
      Validations.of(this).acknowledge({ id: `AwsSolutions::AwsSolutions-${rule}`, reason });
  }
}
