import { Duration } from 'aws-cdk-lib';
import { Grant, type IGrantable } from 'aws-cdk-lib/aws-iam';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { bodyKeyPrefix, connectionKeyPattern, retentionClasses } from '../shared/events/event/body-place.ts';
import { acknowledgeObjects, privateBucket } from './bucket.ts';
import type { HooklatchFunction } from './function.ts';

const reason = 'The bodies are written at run time; the pattern covers only this bucket.';

/** A body is kept for this many days after the longest retention of its class, so that it outlives its event. */
const extraDays = 1;

/** The bodies bucket: bodies that are too large for their event's item. `shared/events/event/body-place.ts` explains its keys. */
export class BodiesBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, keepsData: boolean) {
    super(scope, 'Bodies');
    const rules = retentionClasses.map((days) => ({
      prefix: bodyKeyPrefix(days),
      expiration: Duration.days(days + extraDays),
    }));
    this.bucket = privateBucket(this, 'Bucket', keepsData, rules);
  }

  /** Allows adding bodies. */
  grantPut(fn: HooklatchFunction): void {
    this.grant(fn, 's3:PutObject');
  }

  /** Allows reading bodies. Without the right to list, S3 answers "denied" for a missing body, and not "not found". */
  grantGet(fn: HooklatchFunction): void {
    this.grant(fn, 's3:GetObject');
    fn.allow(['s3:ListBucket'], this.bucket.bucketArn);
  }

  /**
   * Gives the function the bucket's name, which it writes into events. Consumers need a separate right to read a body.
   */
  grantName(fn: HooklatchFunction): void {
    fn.setVariable('BODIES_BUCKET', this.bucket.bucketName);
  }

  /**
   * Allows code of the app to read bodies, of one connection or of all. It may list nothing, so S3 answers it "denied" for a missing body.
   */
  grantConsumer(grantee: IGrantable, connectionId: string | undefined): Grant {
    const keys = connectionId === undefined ? '*' : connectionKeyPattern(connectionId);
    return Grant.addToPrincipal({
      grantee,
      actions: ['s3:GetObject'],
      resourceArns: [this.bucket.arnForObjects(keys)],
    });
  }

  private grant(fn: HooklatchFunction, action: string): void {
    this.grantName(fn);
    fn.allow([action], this.bucket.arnForObjects('*'));
    acknowledgeObjects(fn, this.bucket, reason);
  }
}
