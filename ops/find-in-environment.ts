import { type LambdaClient, paginateListFunctions } from '@aws-sdk/client-lambda';

/**
 * Finds the name of a resource of a stage. CloudFormation generates these names, and the functions that use a resource have its
 * name in their environment.
 * @param name the environment variable
 * @throws if no function of the stage has it
 */
export async function findInEnvironment(client: LambdaClient, stage: string, name: string): Promise<string> {
  const prefix = `hooklatch-${stage}-`;
  for await (const { Functions = [] } of paginateListFunctions({ client }, {})) {
    const values = Functions.map(({ FunctionName, Environment }) =>
      FunctionName?.startsWith(prefix) ? Environment?.Variables?.[name] : undefined,
    );
    const found = values.find((value) => value !== undefined);
    if (found) return found;
  }
  throw new Error(
    `No function of the stack hooklatch-${stage} is in this account and region; check --stage, --region and your credentials`,
  );
}
