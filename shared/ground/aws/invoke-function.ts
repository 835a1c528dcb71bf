/** Calls a Lambda function and waits for its answer. Import this module only when needed: few deliveries use it. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/**
 * Calls a function without retries. The first attempt may already have stored data, and the function would refuse a
 * second attempt.
 * @param name the function's name or ARN
 * @throws if the function fails; the error never contains the
 * payload
 */
export async function invoke(name: string, payload: object): Promise<unknown> {
  const client = new LambdaClient({ maxAttempts: 1 });
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(payload)) });
  const { FunctionError, Payload = [] } = await client.send(command);
  if (FunctionError) throw new Error(`the function ${name} failed: see its log`);
  return JSON.parse(Buffer.from(Payload).toString());
}
