/** Sends a request exactly as it is given: unlike fetch, it adds no header but Host, Content-Length and Connection. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { networkErrorText } from '../../shared/base/network-error.ts';

export interface OutgoingRequest {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/** The answer, or why there is none. `isThere` says whether somebody accepted the connection. */
export type Answer =
  | { status: number; retryAfter: string | undefined }
  | { status?: undefined; reason: string; isThere: boolean };

export type SendRequest = (
  request: OutgoingRequest,
  options: { timeoutMs: number; signal: AbortSignal },
) => Promise<Answer>;

const isRefused = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';

/** Never rejects. Follows no redirect. Does not wait for the body of the answer. */
export const sendRequest: SendRequest = ({ url, method, headers, body }, { timeoutMs, signal }) =>
  new Promise((resolve) => {
    const deadline = AbortSignal.timeout(timeoutMs);
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const onAnswer = (answer: IncomingMessage) => {
      answer.on('error', () => {}).destroy();
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
    };
    const onError = (error: unknown) => {
      const reason = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : networkErrorText(error);
      resolve({ reason: signal.aborted ? 'abandoned' : reason, isThere: !isRefused(error) });
    };
    const options = { method, headers: { ...headers, 'content-length': String(body.length) }, agent: false } as const;
    send(url, { ...options, signal: AbortSignal.any([signal, deadline]) }, onAnswer)
      .on('error', onError)
      .end(body);
  });
