/** Protects tables, buckets and secrets from being lost. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { keepsData, type Stage } from './deploy-settings/stage.ts';

/**
 * The action of CloudFormation on a bucket or a secret when the stack is removed. If the stage keeps its data, the
 * resource stays. The resource is removed only if the first deployment fails: a secret that stayed would block its name
 * for the next attempt.
 */
export const removalOf = (stage: Stage): RemovalPolicy =>
  keepsData(stage) ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

/**
 * The properties that keep a table from being lost. A table stays even if its first deployment fails, because deletion
 * protection stops CloudFormation from deleting it. `docs/deploy.md` says how to delete it by hand.
 */
export function tableProtection(stage: Stage) {
  const keep = keepsData(stage);
  return {
    removalPolicy: keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    deletionProtection: keep,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: keep },
  };
}

/** Tells cdk-nag why the tables of the stage `dev` have no backup. */
export function acknowledgeNoBackup(table: Table, stage: Stage): void {
  if (keepsData(stage)) return;
  const reason = 'The stage dev keeps nothing: its tables are removed with it.';
  Validations.of(table).acknowledge({ id: 'AwsSolutions::AwsSolutions-DDB3', reason });
}
