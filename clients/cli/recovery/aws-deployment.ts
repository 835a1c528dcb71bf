/** A deployment in AWS, with the credentials and the region of the caller. */
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { StackResource } from '../../../shared/ground/aws/stack-resource.ts';
import { UsageError } from '../command-error.ts';
import { type Deployment, onlyNameIn } from './deployment.ts';

async function resourcesOf(client: CloudFormationClient, stack: string): Promise<StackResource[]> {
  const resources: StackResource[] = [];
  try {
    for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName: stack })) {
      for (const {
        ResourceType: type,
        LogicalResourceId: logicalId,
        PhysicalResourceId: name,
      } of StackResourceSummaries)
        if (type && logicalId && name) resources.push({ type, logicalId, name });
    }
    return resources;
  } catch (error) {
    const { name, message } = error as Error;
    if (name !== 'ValidationError' || !message.includes('does not exist')) throw error;
    const advice = 'Check --stage or --stack, the region and your AWS credentials';
    throw new UsageError(`There is no stack ${stack} in this account and region. ${advice}.`, { cause: error });
  }
}

/** @param stack the name of its stack */
export function awsDeployment(stack: string): Deployment {
  const config = {};
  const clients = { cloudFormation: new CloudFormationClient(config), sts: new STSClient(config) };
  return {
    config,
    author: async () => `iam:${(await clients.sts.send(new GetCallerIdentityCommand({}))).Arn}`,
    nameOf: async (kind) => onlyNameIn(stack, await resourcesOf(clients.cloudFormation, stack), kind),
    close: async () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
}
