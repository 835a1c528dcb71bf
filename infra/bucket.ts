import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type LifecycleRule,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { removalOf } from './data-protection.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** A private bucket: encrypted, reached by TLS alone, owned by this account; emptied and gone with the stage `dev`. */
export function privateBucket(scope: Construct, id: string, stage: Stage, lifecycleRules: LifecycleRule[]): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: removalOf(stage),
    autoDeleteObjects: stage === 'dev',
    lifecycleRules: [...lifecycleRules, { abortIncompleteMultipartUploadAfter: Duration.days(1) }],
  });
  // A bucket that stays must not lose the policy that demands TLS.
  bucket.policy?.applyRemovalPolicy(removalOf(stage));
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions::AwsSolutions-S1',
    reason:
      'Only the functions of this stack read and write it; access logs would need a bucket of their own that nobody reads.',
  });
  return bucket;
}

/** Says why a function may reach every object of a bucket, for those who check policies. */
export function acknowledgeObjects(fn: HooklatchFunction, bucket: Bucket, reason: string): void {
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  Validations.of(fn).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`, reason });
}
