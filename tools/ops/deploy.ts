/** `npm run deploy`: deploys the app, unless the deployment would lose something that nobody named. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeployUsageError, deploy } from './deploy-steps.ts';

const help = `Synthesizes the app, checks what the deployment would lose, and deploys it.

  npm run deploy -- -c stage=prod

The settings of a stage are in stages/<stage>.json. The check compares with what is deployed. It stops if data, a name or whom the
alarms notify would be lost: a table, a bucket, the bus, the API, a secret, a domain, a topic.

  -c NAME=VALUE     a setting, for this run only
  --allow-loss ID   a resource that may be lost, by the id that the check prints; can be repeated
  --profile NAME    the profile of your AWS configuration
  --help            show this

cdk deploy gets all other arguments, such as the name of a stack, --all, or --require-approval never.
`;

function stackIdsIn(folder: string): string[] {
  const { artifacts } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    artifacts: Record<string, { type: string }>;
  };
  return Object.keys(artifacts).filter((id) => artifacts[id]?.type === 'aws:cloudformation:stack');
}

const args = process.argv.slice(2);
try {
  if (args.includes('--help')) console.log(help);
  else
    process.exitCode = deploy(args, {
      run: (script, given, env) =>
        spawnSync(process.execPath, [script, ...given], { stdio: 'inherit', env: { ...process.env, ...env } }).status ??
        1,
      stackIdsIn,
    });
} catch (error) {
  if (!(error instanceof DeployUsageError)) throw error;
  console.error(`${error.message} (--help shows the options)`);
  process.exitCode = 2;
}
