import type { Command } from 'commander';
import { BadResult } from '../command-error.ts';
import type { Redriven } from '../recovery/redrive-dead-letters.ts';
import type { OpenSession, Session } from '../session.ts';
import { type DeploymentOptions, withDeployment, withDeploymentOptions } from './deployment-options.ts';
import { examples } from './examples.ts';

interface RedriveOptions extends DeploymentOptions {
  bucket?: string;
  prefix?: string;
  function?: string;
  dryRun: boolean;
}

async function redrive(session: Session, options: RedriveOptions): Promise<void> {
  // Loaded only here: no other command needs it.
  const { deadLetterClients, redriveDeadLetters, redrivenText } = await import('../recovery/redrive-dead-letters.ts');
  const { prefix, function: functionName, dryRun } = options;
  await withDeployment(options, async ({ config, nameOf }) => {
    const bucket = options.bucket ?? (await nameOf('failuresBucket'));
    const letters: Redriven[] = [];
    const report = (letter: Redriven) => {
      letters.push(letter);
      if (!session.isJson) session.printEach(letter, redrivenText(letter));
    };
    const { s3, lambda } = deadLetterClients(config);
    try {
      const chosen = { ...(prefix && { prefix }), ...(functionName && { functionName }) };
      const { done, left } = await redriveDeadLetters({ s3, lambda, bucket, report, dryRun, ...chosen });
      session.print({ bucket, done, left, letters }, `${done} done, ${left} left in ${bucket}`);
      if (left > 0) throw new BadResult('Dead letters are left.');
    } finally {
      for (const client of [s3, lambda]) client.destroy();
    }
  });
}

const details = `
Remove the cause first: the alarm and the function's log name it. Each object in the dead-letter bucket is a batch of records,
with the function that failed on it. The command invokes that function with the batch. When the function has processed it,
the command deletes the object. If the function fails again, the object stays, and you can repeat the command as often as
you like. Your rules may get a webhook twice, with the same id. If a webhook is split, they may get all its items again.

Your AWS credentials need s3:ListBucket, s3:GetObject and s3:DeleteObject on the bucket, and lambda:InvokeFunction on the
functions. Without --bucket they also need cloudformation:ListStackResources on the stack. The exit code is 0 if nothing is
left, else 1.
`;

/** `redrive`: hands each dead letter again to the function that failed on it. Needs AWS credentials, and no operator token. */
export function addRedrive(program: Command, open: OpenSession): void {
  withDeploymentOptions(program.command('redrive'))
    .description('hand each dead letter again to the function that failed on it, with your AWS credentials')
    .option('--bucket <name>', "use this bucket, without a look at the stack: the stack's output FailuresBucket")
    .option('--prefix <prefix>', 'take only objects whose keys begin like this, such as refused/2026-03-01')
    .option('--function <name>', 'hand everything to this function, if the one that failed no longer exists')
    .option('--dry-run', 'list the objects, and change nothing', false)
    .addHelpText(
      'after',
      details + examples('hooklatch redrive --stage prod --dry-run', 'hooklatch redrive --stage prod'),
    )
    .action((options: RedriveOptions, command: Command) => redrive(open(command), options));
}
