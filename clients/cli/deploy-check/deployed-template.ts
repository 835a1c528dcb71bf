/** Reads the templates that are deployed, with the AWS credentials of the caller. Changes nothing. */
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsConfig } from '../aws-config.ts';
import { UsageError } from '../command-error.ts';
import { resourcesIn, type SynthesizedStack } from './assembly.ts';
import type { Resources } from './lost-resources.ts';

interface Caller {
  account: string;
  partition: string;
}

const hasName = (error: unknown, ...names: string[]): boolean => error instanceof Error && names.includes(error.name);

/** @throws UsageError if there are no credentials, or no region */
async function callerOf(sts: STSClient): Promise<Caller> {
  try {
    const { Account: account = '', Arn: arn = '' } = await sts.send(new GetCallerIdentityCommand({}));
    return { account, partition: arn.split(':')[1] ?? 'aws' };
  } catch (error) {
    const { name, message } = error as Error;
    throw new UsageError(`AWS can't be asked what is deployed (${name}): ${message}`, { cause: error });
  }
}

/** Fills in what CDK leaves open if it does not know the account and the region. */
function withoutPlaceholders(arn: string, { account, partition }: Caller, region: string): string {
  const values: Record<string, string> = { Partition: partition, AccountId: account, Region: region };
  return arn.replace(/\$\{AWS::(\w+)\}/g, (placeholder, name: string) => values[name] ?? placeholder);
}

/**
 * Credentials of the role with which CDK deploys the stack. Undefined without such a role, and if the caller may not use it: then
 * the caller's own credentials have to do, as in CDK.
 */
async function roleCredentials(sts: STSClient, { deployRole }: SynthesizedStack, caller: Caller, region: string) {
  if (deployRole === undefined) return undefined;
  const role = { RoleArn: withoutPlaceholders(deployRole, caller, region), RoleSessionName: 'hooklatch-deploy-check' };
  try {
    const { Credentials: given } = await sts.send(new AssumeRoleCommand(role));
    if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken) return undefined;
    return {
      accessKeyId: given.AccessKeyId,
      secretAccessKey: given.SecretAccessKey,
      sessionToken: given.SessionToken,
    };
  } catch (error) {
    if (hasName(error, 'AccessDenied')) return undefined;
    throw error;
  }
}

/** Undefined if there is no stack of this name, or one that was never deployed. */
async function templateOf(client: CloudFormationClient, name: string): Promise<string | undefined> {
  try {
    const { TemplateBody: body } = await client.send(new GetTemplateCommand({ StackName: name }));
    return body || undefined;
  } catch (error) {
    if (hasName(error, 'ValidationError') && /does not exist/.test((error as Error).message)) return undefined;
    if (!hasName(error, 'AccessDenied', 'AccessDeniedException')) throw error;
    const message = `Your AWS credentials may not read what is deployed: they need cloudformation:GetTemplate on the stack ${name}, or the deploy role of cdk bootstrap`;
    throw new UsageError(message, { cause: error });
  }
}

/**
 * Reads the resources of a stack as they are deployed. Returns undefined if there is no such stack yet.
 * @param config by default, region and credentials are those of the AWS CLI
 * @throws UsageError if the credentials are of another account than the stack, or lack a permission
 */
export async function deployedResources(
  stack: SynthesizedStack,
  config: AwsConfig = {},
): Promise<Resources | undefined> {
  const client = { ...config, ...(stack.region && { region: stack.region }) };
  const sts = new STSClient(client);
  try {
    const caller = await callerOf(sts);
    if (stack.account !== undefined && stack.account !== caller.account)
      throw new UsageError(
        `The stack ${stack.name} is of the account ${stack.account}, but your AWS credentials are of ${caller.account}`,
      );
    const credentials = await roleCredentials(sts, stack, caller, await sts.config.region());
    const cloudFormation = new CloudFormationClient({ ...client, ...(credentials && { credentials }) });
    const body = await templateOf(cloudFormation, stack.name).finally(() => cloudFormation.destroy());
    return body === undefined ? undefined : resourcesIn(`The deployed template of ${stack.name}`, body);
  } finally {
    sts.destroy();
  }
}
