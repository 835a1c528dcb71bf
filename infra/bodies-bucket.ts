import { Duration } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bodyKeyPrefix, retentionClasses } from '../shared/event/body.ts';
import { acknowledgeObjects, privateBucket } from './bucket.ts';
import type { Stage } from './deploy-settings/stage.ts';
import type { HooklatchFunction } from './function.ts';

const reason = 'The bodies are written long after this deployment; only this bucket is meant.';

/** The bodies bucket: bodies that are too large for their event's item. Its keys are explained in `shared/event/body.ts`. */
export class BodiesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, stage: Stage) {
    super(scope, 'Bodies');
    // A day more than the longest retention of its class: a body outlives its event, and so does one without an event.
    const rules = retentionClasses.map((days) => ({
      prefix: bodyKeyPrefix(days),
      expiration: Duration.days(days + 1),
    }));
    this.bucket = privateBucket(this, 'Bucket', stage, rules);
  }

  /** Adding bodies. */
  grantPut(fn: HooklatchFunction): void {
    this.grant(fn, 's3:PutObject');
  }

  /** Reading bodies. Who may not list the bucket is not told that one is missing, only that it is denied. */
  grantGet(fn: HooklatchFunction): void {
    this.grant(fn, 's3:GetObject');
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
  }

  /** Saying where bodies lie; who follows that needs a right of their own. */
  grantName(fn: HooklatchFunction): void {
    fn.setVariable('bodiesBucket', this.bucket.bucketName);
  }

  private grant(fn: HooklatchFunction, action: string): void {
    this.grantName(fn);
    fn.allow([action], this.bucket.arnForObjects('*'));
    acknowledgeObjects(fn, this.bucket, reason);
  }
}
