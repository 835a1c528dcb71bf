/** What a deployment of a synthesized app would lose, and whether its account has executions for it, by stack. */
import type { AwsConfig } from '../aws-config.ts';
import { chosenStacks, readStacks } from './assembly.ts';
import { deployedResources } from './deployed-template.ts';
import { withoutEmptyQueues } from './emptied-queues.ts';
import { type Loss, lostResources } from './lost-resources.ts';
import { quotaWarnings } from './quota-warnings.ts';
import { type RereadStream, rereadStreams } from './reread-streams.ts';

export interface StackLosses {
  /** The name of the stack in CloudFormation. */
  stack: string;
  /** False if the stack does not exist yet. */
  isDeployed: boolean;
  losses: (Loss & { isAllowed: boolean })[];
  /** What stops no deployment, but should be known before it. */
  rereads: RereadStream[];
  /** What else stops no deployment, for people. */
  warnings: string[];
}

export interface DeployCheck {
  /** The names of the stacks to check; all if it is empty. */
  stacks: readonly string[];
  /** The ids of the losses that the operator allows. */
  allowed: readonly string[];
}

/**
 * Compares each stack with what is deployed.
 * @param folder as `cdk synth` has written it
 * @throws UsageError if the folder is no such one, and if AWS can't be asked
 */
export async function stackLosses(
  folder: string,
  { stacks, allowed }: DeployCheck,
  config?: AwsConfig,
): Promise<StackLosses[]> {
  const checked: StackLosses[] = [];
  for (const stack of chosenStacks(readStacks(folder), stacks)) {
    const deployed = await deployedResources(stack, config);
    const losses = await withoutEmptyQueues(lostResources(deployed ?? {}, stack.resources), stack, config);
    checked.push({
      stack: stack.name,
      isDeployed: deployed !== undefined,
      losses: losses.map((loss) => ({ ...loss, isAllowed: allowed.includes(loss.id) })),
      rereads: rereadStreams(deployed ?? {}, stack.resources),
      warnings: await quotaWarnings(stack, config),
    });
  }
  return checked;
}
