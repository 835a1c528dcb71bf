/** Invokes a Lambda function without waiting for its result. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Returns once Lambda has accepted the call. Does not wait for the result. */
export type Wake = (payload?: object) => Promise<void>;

/** @param name the function's name or ARN */
export function waker(name: string, client = new LambdaClient({})): Wake {
  return async (payload = {}) => {
    const Payload = Buffer.from(JSON.stringify(payload));
    await client.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
  };
}
