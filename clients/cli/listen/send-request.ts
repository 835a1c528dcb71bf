/** Sends a request exactly as it is given: unlike fetch, it adds no header but Host, Content-Length and Connection. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { networkErrorText } from '../../../shared/ground/base/network-error.ts';
import { headerBytes } from '../../../shared/ground/outbound/request-headers.ts';
import { runningLimit } from './running-time.ts';

export interface OutgoingRequest {
  url: string;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer;
}

/**
 * The answer, or why there is none. `isThere` says whether somebody accepted the connection, and `isUnsendable` that HTTP has
 * no form for the request, so that no further attempt helps.
 */
export type SendResult =
  | { status: number; retryAfter: string | undefined; isUnsendable?: undefined }
  | { status?: undefined; reason: string; isThere: boolean; isUnsendable?: true };

export type SendRequest = (
  request: OutgoingRequest,
  options: { timeoutMs: number; signal: AbortSignal },
) => Promise<SendResult>;

const isRefused = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED';

/** Never rejects. Follows no redirect. Does not wait for the body of the answer. */
export const sendRequest: SendRequest = ({ url, method, headers, body }, { timeoutMs, signal }) =>
  new Promise((settle) => {
    const { signal: deadline, end } = runningLimit(timeoutMs);
    const resolve = (answer: SendResult) => {
      end();
      settle(answer);
    };
    const send = url.startsWith('https:') ? httpsRequest : httpRequest;
    const onAnswer = (answer: IncomingMessage) => {
      answer.on('error', () => {}).destroy();
      resolve({ status: answer.statusCode ?? 0, retryAfter: answer.headers['retry-after'] });
    };
    const onError = (error: unknown) => {
      const reason = deadline.aborted ? `no answer within ${timeoutMs / 1000} s` : networkErrorText(error);
      resolve({ reason: signal.aborted ? 'abandoned' : reason, isThere: !isRefused(error) });
    };
    const values = Object.entries(headers).map(([name, value]) => [name, headerBytes(value)]);
    const options = {
      method,
      headers: { ...Object.fromEntries(values), 'content-length': String(body.length) },
      agent: false,
      signal: AbortSignal.any([signal, deadline]),
    } as const;
    try {
      send(url, options, onAnswer)
        .on('error', onError)
        // A program that changes the protocol gives neither an answer nor an error.
        .on('close', () => resolve({ reason: 'connection closed', isThere: true }))
        .end(body);
    } catch (error) {
      // Node's text names the header or the method, without the value.
      resolve({ reason: (error as Error).message, isThere: false, isUnsendable: true });
    }
  });
