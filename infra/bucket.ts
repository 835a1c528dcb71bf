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
import type { HooklatchFunction } from './function.ts';

const incompleteUploadsKeptFor = Duration.days(1);

/** Makes a private bucket: encrypted, TLS only, owned by this account. Unless it keeps its data, it is emptied and removed with the stack. */
export function privateBucket(
  scope: Construct,
  id: string,
  keepsData: boolean,
  lifecycleRules: LifecycleRule[],
): Bucket {
  const bucket = new Bucket(scope, id, {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    removalPolicy: removalOf(keepsData),
    autoDeleteObjects: !keepsData,
    lifecycleRules: [...lifecycleRules, { abortIncompleteMultipartUploadAfter: incompleteUploadsKeptFor }],
  });
  // A bucket that stays must keep the policy that demands TLS.
  bucket.policy?.applyRemovalPolicy(removalOf(keepsData));
  Validations.of(bucket).acknowledge({
    id: 'AwsSolutions::AwsSolutions-S1',
    reason: 'Only the functions of this stack use the bucket; access logs would need another bucket that nobody reads.',
  });
  return bucket;
}

/** Tells cdk-nag why a function may use every object of a bucket. */
export function acknowledgeObjects(fn: HooklatchFunction, bucket: Bucket, reason: string): void {
  const logicalId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnBucket);
  Validations.of(fn).acknowledge({ id: `AwsSolutions::AwsSolutions-IAM5[Resource::<${logicalId}.Arn>/*]`, reason });
}
