/** `npm run redrive`: hands each dead letter again to the function that failed on it. */
import { parseArgs } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { variable } from '../shared/aws/environment.ts';
import { findInEnvironment } from './find-in-environment.ts';
import { redriveDeadLetters } from './redrive-dead-letters.ts';

const help = `Hands each dead letter again to the function that failed on it.

  npm run redrive -- --stage prod

Remove the cause first: the alarm and the function's log name it. Each object in the dead-letter bucket is a batch of records,
with the function that failed on it. The command invokes that function with the batch. When the function has processed it,
the command deletes the object. If the function fails again, the object stays, and you can repeat the command as often as
you like. Your rules may get a webhook twice, with the same id. If a webhook is split, they may get all its items again.

  --stage STAGE       the stage (default dev): the functions of its stack hooklatch-STAGE name the bucket
  --bucket NAME       use this bucket instead: the stack's output FailuresBucket
  --prefix PREFIX     take only objects whose keys begin like this, for example refused/2026-03-01
  --function NAME     hand everything to this function, if the one that failed no longer exists
  --dry-run           list the objects, and change nothing
  --region REGION     the AWS region (default: the one of your AWS configuration)
  --endpoint URL      the services of a local runtime, instead of AWS
  --help              show this

Your AWS credentials need s3:ListBucket, s3:GetObject and s3:DeleteObject on the bucket, and lambda:InvokeFunction on the
functions. Without --bucket they also need lambda:ListFunctions. The exit code is 0 if nothing is left, else 1.
`;

function readFlags(args: string[]) {
  const text = { type: 'string' } as const;
  const yes = { type: 'boolean', default: false } as const;
  const stage = { type: 'string', default: 'dev' } as const;
  return parseArgs({
    args,
    options: {
      stage,
      bucket: text,
      prefix: text,
      function: text,
      region: text,
      endpoint: text,
      'dry-run': yes,
      help: yes,
    },
  }).values;
}

/** @returns whether nothing is left */
async function run(args: string[]): Promise<boolean> {
  const flags = readFlags(args);
  if (flags.help) {
    console.log(help);
    return true;
  }
  const { region, endpoint, prefix, function: functionName } = flags;
  const config = { ...(region && { region }), ...(endpoint && { endpoint }) };
  const lambda = new LambdaClient(config);
  // A local runtime has no host name for each bucket.
  const s3 = new S3Client({ ...config, forcePathStyle: endpoint !== undefined });
  const bucket = flags.bucket ?? (await findInEnvironment(lambda, flags.stage, variable.failuresBucket));
  const options = { ...(prefix && { prefix }), ...(functionName && { functionName }), dryRun: flags['dry-run'] };
  const { done, left } = await redriveDeadLetters({ s3, lambda, bucket, print: console.log, ...options });
  console.log(`${done} done, ${left} left in ${bucket}`);
  return left === 0;
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  // The SDK's messages about credentials, regions and rights are clear. A stack would hide them.
  console.error(`${(error as Error).message} (--help shows the options)`);
  process.exitCode = 1;
}
