import { type FunctionConfiguration, type LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { variable } from '../shared/aws/environment.ts';

const bucketIn = ({ Environment }: FunctionConfiguration): string | undefined =>
  Environment?.Variables?.[variable.failuresBucket];

/**
 * Finds the dead-letter bucket of a stage. CloudFormation generates its name, and the functions that write to it have the
 * name in their environment.
 * @throws if no function of the stage has it
 */
export async function findDeadLetterBucket(client: LambdaClient, stage: string): Promise<string> {
  const prefix = `hooklatch-${stage}-`;
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    const found = Functions.find((each) => each.FunctionName?.startsWith(prefix) && bucketIn(each));
    const bucket = found && bucketIn(found);
    if (bucket) return bucket;
  }
  throw new Error(
    `No function of the stack hooklatch-${stage} is in this account and region; check --stage, --region and your credentials, or use --bucket`,
  );
}
