import { type Command, Option } from 'commander';
import { explainedAwsError } from '../aws-error.ts';
import type { Deployment } from '../recovery/deployment.ts';

/** How a command that needs no operator token is told which deployment. */
export interface DeploymentOptions {
  stage: string;
  stack?: string;
  local?: boolean;
  data: string;
  app?: string;
}

/** The name of a stage's stack. */
export const stackOf = (stage: string): string => `hooklatch-${stage}`;

/** Adds the options that name a deployment. */
export const withDeploymentOptions = (command: Command): Command =>
  command
    .option('--stage <stage>', 'the stage of the deployment, whose stack is hooklatch-STAGE', 'dev')
    .option('--stack <name>', 'the stack instead, for an app of your own')
    .addOption(
      new Option('--local', 'use a data folder on this machine instead of AWS. Stop the local runtime first').conflicts(
        'stage',
      ),
    )
    .option('--data <folder>', 'with --local: that folder', '.hooklatch')
    .option(
      '--app <folder>',
      'with --local: what cdk synth has written (default: that of npm start in the data folder, or cdk.out)',
    );

/**
 * Lets a function use the deployment that the options name, with AWS credentials or the data folder.
 * @throws UsageError if AWS refuses it, or if the local runtime can't start
 */
export async function withDeployment<T>(
  { stage, stack, local, data, app }: DeploymentOptions,
  use: (deployment: Deployment) => Promise<T>,
): Promise<T> {
  // Loaded only here: no other command needs them.
  if (local) {
    const { localDeployment } = await import('../recovery/local-deployment.ts');
    return ended(await localDeployment({ data, app, stack }), use);
  }
  const { awsDeployment } = await import('../recovery/aws-deployment.ts');
  try {
    return await ended(awsDeployment(stack ?? stackOf(stage)), use);
  } catch (error) {
    throw explainedAwsError(error);
  }
}

const ended = <T>(deployment: Deployment, use: (deployment: Deployment) => Promise<T>): Promise<T> =>
  use(deployment).finally(() => deployment.close());
