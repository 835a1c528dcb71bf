import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects, privateBucket } from './bucket.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

/** The failures bucket: what could not be carried on, with all that is needed to send it again. */
export class DeadLetterBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Failures');
    // As long as an event can be kept at most: after that there is nothing to compare it with.
    this.bucket = privateBucket(this, 'Bucket', stage, [{ expiration: Duration.days(365) }]);
  }

  /** Adding what failed. Lambda itself, which lists before it writes, does so in the function's role. */
  grantWrite(fn: HooklatchFunction): void {
    fn.setVariable('failuresBucket', this.bucket.bucketName);
    fn.allow(['s3:PutObject'], this.bucket.arnForObjects('*'));
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
    acknowledgeObjects(fn, this.bucket, 'The objects are made long after this deployment; only this bucket is meant.');
  }
}
