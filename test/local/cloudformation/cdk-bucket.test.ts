/** A bucket as CDK synthesizes it. To load CDK takes seconds, so only `npm run test:full` has this. */
import { expect, test } from '@jest/globals';
import { App, CfnOutput, type Environment, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { startRuntime } from '../../../local/runtime.ts';
import { temporaryFolder } from '../assembly-fixture.ts';

// CDK's own check of a template takes seconds. Other tests check the template of the app.
process.env['CDK_VALIDATION'] = 'false';

/** An assembly that CDK makes for a bucket which is emptied and deleted with its stack. */
function synthesized(env: Environment): string {
  const app = new App({ outdir: temporaryFolder() });
  const stack = new Stack(app, 'Throwaway', { env });
  new HttpApi(stack, 'Api');
  const bucket = new Bucket(stack, 'Bodies', {
    autoDeleteObjects: true,
    removalPolicy: RemovalPolicy.DESTROY,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    encryption: BucketEncryption.S3_MANAGED,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
  });
  new CfnOutput(stack, 'Name', { value: bucket.bucketName });
  new CfnOutput(stack, 'Arn', { value: bucket.bucketArn });
  new CfnOutput(stack, 'Domain', { value: bucket.bucketRegionalDomainName });
  return app.synth().directory;
}

test.each([{ region: 'us-east-1' }, {}])('a bucket that CDK makes for the environment %j works', async (env) => {
  const runtime = await startRuntime({ assembly: synthesized(env), dataDir: temporaryFolder() });
  try {
    const [name = ''] = Object.values(runtime.buckets);
    expect(name).toMatch(/^throwaway-bodies\w+$/);
    const Domain = `${name}.s3.us-east-1.amazonaws.com`;
    expect(runtime.outputs).toEqual({ Name: name, Arn: `arn:aws:s3:::${name}`, Domain });
    await expect(runtime.aws.putObject(name, 'a', 'x')).resolves.toBeUndefined();
  } finally {
    await runtime.close();
  }
});
