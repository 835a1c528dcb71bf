import { ArnFormat, Stack, Token, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type SecretKind, secretRoot } from '../shared/endpoints/credential/secret-name.ts';
import type { SecretTag } from '../shared/endpoints/credential/secret-tag.ts';
import { removalOf } from './data-protection.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** The calls that store a value, without reading one. */
const storeActions = [
  'secretsmanager:CreateSecret',
  'secretsmanager:DescribeSecret',
  'secretsmanager:PutSecretValue',
  'secretsmanager:TagResource',
  'secretsmanager:UpdateSecretVersionStage',
];
const changeActions = [...storeActions, 'secretsmanager:GetSecretValue'].sort();

/** The length of the bootstrap token. */
const bootstrapCharacters = 64;

export interface SecretsProps {
  stage: Stage;
  /** Whether removing the stack keeps the first operator token. */
  keepsData: boolean;
  /** Tags of the secrets that are made at run time. */
  tags: Readonly<Record<string, string>>;
}

/** The secrets in Secrets Manager: the operators' first token, the tokens of endpoints, and what destinations need. */
export class Secrets extends Construct {
  readonly bootstrap: Secret;
  private readonly prefix: string;

  private readonly tags: SecretTag[];

  constructor(scope: Construct, { stage, keepsData, tags }: SecretsProps) {
    super(scope, 'Secrets');
    this.tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    this.prefix = `${secretRoot}/${stage}`;
    this.bootstrap = new Secret(this, 'Bootstrap', {
      secretName: `${this.prefix}/operator/bootstrap`,
      description: 'The first operator token of Hooklatch, with the role connection_admin',
      // Letters and digits only, as shared/operators/operator/operator.ts expects.
      generateSecretString: { passwordLength: bootstrapCharacters, excludePunctuation: true },
      // CloudFormation deletes a secret at once, without the recovery window.
      removalPolicy: removalOf(keepsData),
    });
    Validations.of(this.bootstrap).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SMG4',
      reason:
        'A rotation would lock out the operator who has only this token. Instead, the first permanent admin closes it.',
    });
  }

  grantReadBootstrap(fn: HooklatchFunction): void {
    fn.setVariable('BOOTSTRAP_SECRET', this.bootstrap.secretArn);
    fn.allow(['secretsmanager:GetSecretValue'], this.bootstrap.secretArn);
  }

  /** Allows reading the tokens of endpoints. */
  grantReadTokens(fn: HooklatchFunction): void {
    this.allowOn(['endpoint'], fn, ['secretsmanager:GetSecretValue']);
  }

  /** Allows reading, making and rotating the tokens of endpoints. No function that answers a request may delete a secret. */
  grantChangeTokens(fn: HooklatchFunction): void {
    this.nameNew(fn);
    this.allowOn(['endpoint'], fn, changeActions);
  }

  /** Allows reading, making and changing the values of destinations. */
  grantChangeDestinations(fn: HooklatchFunction): void {
    this.nameNew(fn);
    this.allowOn(['destination'], fn, changeActions);
  }

  /** Allows what a stack may do: reading, making and changing the tokens of endpoints and the values of destinations. */
  grantManageByStack(fn: HooklatchFunction): void {
    this.nameNew(fn);
    this.allowOn(['endpoint', 'destination'], fn, changeActions);
  }

  /** Allows reading the values of destinations. */
  grantReadDestinations(fn: HooklatchFunction): void {
    this.allowOn(['destination'], fn, ['secretsmanager:GetSecretValue']);
  }

  /** Allows storing the secrets that senders deliver. This right does not allow reading secrets. */
  grantStoreTokens(fn: HooklatchFunction): void {
    this.nameNew(fn);
    this.allowOn(['endpoint'], fn, storeActions);
  }

  /**
   * Allows deleting the secrets of endpoints and destinations, and checking that they are deleted. Only for functions that answer no
   * requests.
   */
  grantDelete(fn: HooklatchFunction): void {
    this.allowOn(['endpoint', 'destination'], fn, ['secretsmanager:DeleteSecret', 'secretsmanager:DescribeSecret']);
  }

  /** Allows listing secrets, and deleting those of endpoints and destinations, to clear away secrets that no record names. */
  grantSweep(fn: HooklatchFunction): void {
    fn.setVariable('SECRET_PREFIX', this.prefix);
    this.grantDelete(fn);
    fn.allow(['secretsmanager:ListSecrets'], '*');
    Validations.of(fn).acknowledge({
      id: 'AwsSolutions::AwsSolutions-IAM5[Resource::*]',
      reason: 'Secrets Manager has no narrower resource for a list. A list shows names and tags but no values.',
    });
  }

  /** What the name and the tags of a new secret are made of. */
  private nameNew(fn: HooklatchFunction): void {
    fn.setVariable('SECRET_PREFIX', this.prefix);
    if (this.tags.length > 0) fn.setVariable('SECRET_TAGS', JSON.stringify(this.tags));
  }

  private namesOf(kind: SecretKind): string {
    return `${this.prefix}/${kind}/*`;
  }

  private arnOf(kind: SecretKind): string {
    return Stack.of(this).formatArn({
      service: 'secretsmanager',
      resource: 'secret',
      resourceName: this.namesOf(kind),
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** Allows these actions on all secrets of these kinds. */
  private allowOn(kinds: SecretKind[], fn: HooklatchFunction, actions: string[]): void {
    fn.allow(actions, ...kinds.map((kind) => this.arnOf(kind)));
    for (const kind of kinds) this.acknowledgePattern(kind, fn);
  }

  private acknowledgePattern(kind: SecretKind, fn: HooklatchFunction): void {
    const { partition, region, account } = Stack.of(this);
    // cdk-nag writes what only CloudFormation knows in angle brackets.
    const shown = (value: string, pseudoParameter: string) =>
      Token.isUnresolved(value) ? `<AWS::${pseudoParameter}>` : value;
    const place = `${shown(region, 'Region')}:${shown(account, 'AccountId')}`;
    const arn = `arn:${shown(partition, 'Partition')}:secretsmanager:${place}:secret`;
    Validations.of(fn).acknowledge({
      id: `AwsSolutions::AwsSolutions-IAM5[Resource::${arn}:${this.namesOf(kind)}]`,
      reason: `The secrets of ${kind}s are made at run time; the pattern is this stage's own prefix.`,
    });
  }
}
