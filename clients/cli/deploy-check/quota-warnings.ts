/** Whether the account allows the executions that a stack can hold, with the caller's AWS credentials. Never fails: a deployment needs no answer. */
import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { AwsConfig } from '../aws-config.ts';
import { consumersIn, executionNeedOf, quotaFault } from '../held-executions.ts';
import type { SynthesizedStack } from './assembly.ts';

/** Empty if there are enough, and for a stack without deliveries. */
export async function quotaWarnings(
  { region, resources }: SynthesizedStack,
  config: AwsConfig = {},
): Promise<string[]> {
  const consumers = consumersIn(resources);
  if (consumers.length === 0) return [];
  const lambda = new LambdaClient({ ...config, ...(region && { region }) });
  try {
    const { AccountLimit = {} } = await lambda.send(new GetAccountSettingsCommand({}));
    const fault = quotaFault(executionNeedOf(consumers), AccountLimit);
    return fault === undefined ? [] : [fault];
  } catch (error) {
    return [
      `The quota of concurrent executions was not compared (${(error as Error).name}): your AWS credentials need lambda:GetAccountSettings.`,
    ];
  } finally {
    lambda.destroy();
  }
}
