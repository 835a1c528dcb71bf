/** Calling a function and waiting for its answer, by Lambda's client. Import it when it is needed: few deliveries do. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/**
 * Calls a function once: what a first call stored would be refused to a second.
 * @param name the function's name or ARN
 * @throws when the function fails, and never tells the payload
 */
export async function invoke(name: string, payload: object): Promise<unknown> {
  const client = new LambdaClient({ maxAttempts: 1 });
  const command = new InvokeCommand({ FunctionName: name, Payload: Buffer.from(JSON.stringify(payload)) });
  const { FunctionError, Payload = [] } = await client.send(command);
  if (FunctionError) throw new Error(`the function ${name} failed: see its log`);
  return JSON.parse(Buffer.from(Payload).toString());
}
