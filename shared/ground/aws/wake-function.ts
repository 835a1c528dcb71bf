/** Invokes a Lambda function without waiting for its result. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { firstInChain, type InChain } from './invocation-chain.ts';

/** Returns once Lambda has accepted the call. Does not wait for the result. Without a payload, the caller is the first of its chain. */
export type Wake = (payload?: InChain) => Promise<void>;

/** @param name the function's name or ARN */
export function waker(name: string, client = new LambdaClient({})): Wake {
  return async (payload = { chain: firstInChain }) => {
    const Payload = Buffer.from(JSON.stringify(payload));
    await client.send(new InvokeCommand({ FunctionName: name, InvocationType: 'Event', Payload }));
  };
}
