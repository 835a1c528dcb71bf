/** The entry of every function that answers HTTP requests: what all their answers have in common. */
import type { Context, APIGatewayProxyStructuredResultV2 as Result } from 'aws-lambda';
import { fromEnvironment } from './environment.ts';

/** RFC 6797. Hosts below the deployment's own are not ours to decide about, so they are not included. */
const strictTransport = { 'strict-transport-security': 'max-age=31536000' };

/** API Gateway's own 403 can't bear the header. An answer that must look like that one has none either. */
const isLikeGateways = ({ statusCode, body }: Result): boolean =>
  statusCode === 403 && body === '{"message":"Forbidden"}';

/**
 * Makes the Lambda handler of a function that answers HTTP requests. In a deployment that is reached by https, browsers are told to
 * use nothing else for a year.
 * @param publicUrl the URL at which the API is reached
 */
export function httpHandler<E>(
  answer: (event: E, context: Context) => Promise<Result>,
  publicUrl: string = fromEnvironment('PUBLIC_URL'),
): (event: E, context: Context) => Promise<Result> {
  if (!publicUrl.startsWith('https:')) return answer;
  return async (event, context) => {
    const result = await answer(event, context);
    return isLikeGateways(result) ? result : { ...result, headers: { ...result.headers, ...strictTransport } };
  };
}
