import { CfnOutput } from 'aws-cdk-lib';
import { ApiMapping, DomainName, type HttpApi, type IStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface CustomDomainProps {
  /** The host name, such as `hooks.example.com`. */
  readonly domainName: string;
  /** A certificate for it, in the region of the API. */
  readonly certificate: ICertificate;
  /**
   * A PEM file with the authorities whose client certificates are accepted. With it, the API's own endpoint is closed, because that
   * endpoint asks for no certificate.
   * @default callers need no certificate
   */
  readonly mtlsTruststore?: { readonly bucket: string; readonly key: string } | undefined;
}

/** A domain of one's own for the API. It takes TLS 1.2 and later. */
export class CustomDomain extends Construct {
  constructor(scope: Construct, api: HttpApi, stage: IStage, props: CustomDomainProps) {
    super(scope, 'CustomDomain');
    const { domainName, certificate, mtlsTruststore } = props;
    const domain = new DomainName(this, 'Name', {
      domainName,
      certificate,
      securityPolicy: SecurityPolicy.TLS_1_2,
      ...(mtlsTruststore && {
        mtls: { bucket: Bucket.fromBucketName(this, 'Truststore', mtlsTruststore.bucket), key: mtlsTruststore.key },
      }),
    });
    new ApiMapping(this, 'Mapping', { api, domainName: domain, stage });
    // The target of an alias or a CNAME in the owner's DNS.
    new CfnOutput(scope, 'DomainTarget', { value: domain.regionalDomainName });
  }
}
