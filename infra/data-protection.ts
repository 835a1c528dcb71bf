/** Protects tables, buckets and secrets from being lost. */
import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { keepsData, type Stage } from './deploy-settings/stage.ts';

/**
 * Whether tables, buckets and secrets stay when they are removed from the template. Only `DESTROY` removes them. Every other
 * policy keeps them, because CloudFormation can't keep less.
 * @param removalPolicy undefined: the stage decides
 */
export const keepsDataOf = (stage: Stage, removalPolicy: RemovalPolicy | undefined): boolean =>
  removalPolicy === undefined ? keepsData(stage) : removalPolicy !== RemovalPolicy.DESTROY;

/**
 * The action of CloudFormation on a bucket or a secret when the stack is removed. If the deployment keeps its data, the
 * resource stays. The resource is removed only if the first deployment fails: a secret that stayed would block its name
 * for the next attempt.
 */
export const removalOf = (keepsData: boolean): RemovalPolicy =>
  keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

/**
 * The properties that keep a table from being lost. A table stays even if its first deployment fails, because deletion
 * protection stops CloudFormation from deleting it. `docs/updates-and-removal.md` says how to delete it by hand.
 */
export function tableProtection(keepsData: boolean) {
  return {
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    deletionProtection: keepsData,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: keepsData },
  };
}

/** Tells cdk-nag why tables that are removed with their stack have no backup. */
export function acknowledgeNoBackup(table: Table, keepsData: boolean): void {
  if (keepsData) return;
  const reason = 'The deployment keeps nothing: its tables are removed with it.';
  Validations.of(table).acknowledge({ id: 'AwsSolutions::AwsSolutions-DDB3', reason });
}
