/**
 * Whether the queues that a deployment would remove have messages, with the caller's AWS credentials. Without a message, nothing is
 * lost with a queue: so a queue that moved to another logical id can go as soon as it is empty.
 */
import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { AwsConfig } from '../aws-config.ts';
import type { SynthesizedStack } from './assembly.ts';
import type { Loss } from './lost-resources.ts';

const counts = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

const isRemovedQueue = ({ type, how }: Loss): boolean => type === 'AWS::SQS::Queue' && how === 'removed';

/**
 * The losses without the removed queues that are empty. The others say how many messages they have, or why they could not be asked: then
 * they count as losses.
 */
export async function withoutEmptyQueues(
  losses: readonly Loss[],
  { name, region }: Pick<SynthesizedStack, 'name' | 'region'>,
  config: AwsConfig = {},
): Promise<Loss[]> {
  if (!losses.some(isRemovedQueue)) return [...losses];
  const client = { ...config, ...(region && { region }) };
  const [cloudFormation, sqs] = [new CloudFormationClient(client), new SQSClient(client)];
  const messagesIn = async (LogicalResourceId: string): Promise<number> => {
    const asked = await cloudFormation.send(new DescribeStackResourceCommand({ StackName: name, LogicalResourceId }));
    const QueueUrl = asked.StackResourceDetail?.PhysicalResourceId;
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...counts] }),
    );
    return counts.reduce((sum, count) => sum + Number(Attributes[count]), 0);
  };
  const told = losses.map(async (loss): Promise<Loss[]> => {
    if (!isRemovedQueue(loss)) return [loss];
    try {
      const messages = await messagesIn(loss.id);
      return messages === 0 ? [] : [{ ...loss, sentence: `${loss.sentence} Messages in it now: ${messages}.` }];
    } catch (error) {
      const why = `${(error as Error).name}: your AWS credentials need cloudformation:DescribeStackResource and sqs:GetQueueAttributes`;
      return [{ ...loss, sentence: `${loss.sentence} Whether it has messages could not be asked (${why}).` }];
    }
  });
  try {
    return (await Promise.all(told)).flat();
  } finally {
    cloudFormation.destroy();
    sqs.destroy();
  }
}
