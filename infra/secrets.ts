import { ArnFormat, Stack, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { removalOf } from './data-protection.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** What is kept in Secrets Manager: the operators' first token, and the tokens of endpoints. */
export class Secrets extends Construct {
  readonly bootstrap: Secret;
  private readonly prefix: string;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Secrets');
    this.prefix = `hooklatch/${stage}`;
    this.bootstrap = new Secret(this, 'Bootstrap', {
      secretName: `${this.prefix}/operator/bootstrap`,
      description: 'The first operator token of Hooklatch, with the role connection_admin',
      // Letters and digits: the form that shared/endpoint/operator.ts expects.
      generateSecretString: { passwordLength: 64, excludePunctuation: true },
      // CloudFormation deletes a secret at once, without the days in which it could be restored.
      removalPolicy: removalOf(stage),
    });
    Validations.of(this.bootstrap).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'A rotation would lock out the operator whose only token this is; it is closed by the first permanent admin instead.',
    });
  }

  grantReadBootstrap(fn: HooklatchFunction): void {
    fn.setVariable('bootstrapSecret', this.bootstrap.secretArn);
    fn.allow(['secretsmanager:GetSecretValue'], this.bootstrap.secretArn);
  }

  /** Reading the tokens of endpoints, whose secrets are made long after this deployment. */
  grantReadTokens(fn: HooklatchFunction): void {
    fn.allow(['secretsmanager:GetSecretValue'], this.endpoints);
    this.acknowledgeEndpoints(fn);
  }

  /** Making and rotating the tokens of endpoints, besides reading them. Nothing that answers a request deletes a secret. */
  grantChangeTokens(fn: HooklatchFunction): void {
    fn.setVariable('secretPrefix', this.prefix);
    fn.allow(
      [
        'secretsmanager:CreateSecret',
        'secretsmanager:DescribeSecret',
        'secretsmanager:GetSecretValue',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      this.endpoints,
    );
    this.acknowledgeEndpoints(fn);
  }

  /** Storing secrets that senders deliver, without reading any. */
  grantStoreTokens(fn: HooklatchFunction): void {
    fn.setVariable('secretPrefix', this.prefix);
    fn.allow(
      [
        'secretsmanager:CreateSecret',
        'secretsmanager:DescribeSecret',
        'secretsmanager:PutSecretValue',
        'secretsmanager:UpdateSecretVersionStage',
      ],
      this.endpoints,
    );
    this.acknowledgeEndpoints(fn);
  }

  /** Deleting the secrets of endpoints, and seeing whether they are; nothing that is allowed this answers a request. */
  grantDeleteTokens(fn: HooklatchFunction): void {
    fn.allow(['secretsmanager:DeleteSecret', 'secretsmanager:DescribeSecret'], this.endpoints);
    this.acknowledgeEndpoints(fn);
  }

  /** Finding and deleting the secrets of endpoints that nobody names. */
  grantSweep(fn: HooklatchFunction): void {
    fn.setVariable('secretPrefix', this.prefix);
    this.grantDeleteTokens(fn);
    fn.allow(['secretsmanager:ListSecrets'], '*');
    Validations.of(fn).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'Secrets Manager knows no narrower resource for a list, which tells names and no values.',
    });
  }

  private get endpointNames(): string {
    return `${this.prefix}/endpoint/*`;
  }

  private get endpoints(): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: this.endpointNames,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  private acknowledgeEndpoints(fn: HooklatchFunction): void {
    Validations.of(fn).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:${this.endpointNames}]`,
      reason: "The secrets of endpoints are made at run time; the pattern is this stage's own prefix.",
    });
  }
}
