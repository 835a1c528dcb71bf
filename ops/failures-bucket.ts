import { type FunctionConfiguration, type LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';
import { variable } from '../shared/aws/environment.ts';

const bucketIn = ({ Environment }: FunctionConfiguration): string | undefined =>
  Environment?.Variables?.[variable.failuresBucket];

/**
 * The failures bucket of a stage. CloudFormation makes its name, and the functions that write to it know it.
 * @throws when no function of the stage does
 */
export async function failuresBucketOf(client: LambdaClient, stage: string): Promise<string> {
  const prefix = `hooklatch-${stage}-`;
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    const found = Functions.find((each) => each.FunctionName?.startsWith(prefix) && bucketIn(each));
    const bucket = found && bucketIn(found);
    if (bucket) return bucket;
  }
  throw new Error(
    `No function of the stack hooklatch-${stage} is in this account and region; check --stage, --region and your credentials, or say --bucket`,
  );
}
