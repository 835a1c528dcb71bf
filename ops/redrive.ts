/** `npm run redrive`: hands what is in the failures bucket to the functions that gave it up, once more. */
import { parseArgs } from 'node:util';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { failuresBucketOf } from './failures-bucket.ts';
import { redrive } from './redriven.ts';

const help = `Hands what is in the failures bucket to the functions that gave it up, once more.

  npm run redrive -- --stage prod

Remove the cause first: the alarm that sent you here and the function's log name it. Each object of the bucket is a batch
of records with the function that failed on it. That function is invoked with the batch; once it answers that it is done,
the object is deleted. What fails again stays, and can be tried as often as you like. Webhooks may arrive twice by it, with
the same id; of one that is split, all of its items are sent.

  --stage STAGE       whose bucket (default dev): found by the functions of the stack hooklatch-STAGE
  --bucket NAME       this bucket instead: the stack's output FailuresBucket
  --prefix PREFIX     only objects whose keys begin so, such as refused/2026-03-01
  --function NAME     hand everything to this function instead: when the one that gave it up exists no more
  --dry-run           say what is there, and change nothing
  --region REGION     the AWS region (default: your AWS configuration's)
  --endpoint URL      the services of a local runtime, instead of AWS
  --help              show this

Your AWS credentials need s3:ListBucket, s3:GetObject and s3:DeleteObject on the bucket, lambda:InvokeFunction on the
functions and, without --bucket, lambda:ListFunctions. Ends with 0 when nothing is left, with 1 when something is.
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
  // A local service has no host for each bucket.
  const s3 = new S3Client({ ...config, forcePathStyle: endpoint !== undefined });
  const bucket = flags.bucket ?? (await failuresBucketOf(lambda, flags.stage));
  const options = { ...(prefix && { prefix }), ...(functionName && { functionName }), dryRun: flags['dry-run'] };
  const { done, left } = await redrive({ s3, lambda, bucket, print: console.log, ...options });
  console.log(`${done} done, ${left} left in ${bucket}`);
  return left === 0;
}

try {
  process.exitCode = (await run(process.argv.slice(2))) ? 0 : 1;
} catch (error) {
  // What the SDK says of credentials, regions and rights is clear; a stack would bury it.
  console.error(`${(error as Error).message} (--help shows the options)`);
  process.exitCode = 1;
}
