import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects, privateBucket } from './bucket.ts';
import type { HooklatchFunction } from './function.ts';

/** As long as the longest retention of an event. After that, there is no event left to compare a dead letter with. */
const keptFor = Duration.days(365);

/** The dead-letter bucket: records that a function could not process, with all that is needed to hand them over again. */
export class DeadLetterBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, keepsData: boolean) {
    super(scope, 'Failures');
    this.bucket = privateBucket(this, 'Bucket', keepsData, [{ expiration: keptFor }]);
  }

  /**
   * Allows adding dead letters. Lambda also writes dead letters itself, with the function's role, and lists the bucket first.
   */
  grantWrite(fn: HooklatchFunction): void {
    fn.setVariable('FAILURES_BUCKET', this.bucket.bucketName);
    fn.allow(['s3:PutObject'], this.bucket.arnForObjects('*'));
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
    acknowledgeObjects(fn, this.bucket, 'The objects are written at run time; the pattern covers only this bucket.');
  }
}
