/** One request and its answer, on a connection of its own. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { networkErrorText } from '../base/network-error.ts';
import { type ConnectStage, Forbidden, type OutboundRoute, openSocket } from './open-socket.ts';
import { type ForbiddenRule, forbidden, type RequestTarget } from './request-target.ts';

export interface OutboundLimits {
  /** From the look-up of the host to the final status line. */
  timeoutMs: number;
  /** How much of the answer's body is read. */
  maxBodyBytes?: number;
  /** How long the answer's body is read. */
  bodyMs?: number;
  /** Gives up when it is aborted, also in the midst of an answer. */
  signal?: AbortSignal | undefined;
}

export interface OutboundAnswer {
  outcome: 'answered';
  /** Any final status: a redirect too, which is not followed. */
  status: number;
  headers: IncomingHttpHeaders;
  /** The beginning of the body as it came, not decompressed. */
  body: Buffer;
  /** Whether that is the whole body. */
  isWhole: boolean;
}

/** Why there is no answer. The reason contains nothing of the URL, the headers or the body. */
export type OutboundFailure =
  /** A rule forbids the request. Nothing was sent. */
  | { outcome: 'forbidden'; rule: ForbiddenRule; reason: string }
  /** The host has no address; there is no connection; no encryption or no valid certificate; no answer in time; no valid answer. */
  | { outcome: 'dns' | 'unreachable' | 'tls' | 'timeout' | 'broken'; reason: string };

const usualBodyBytes = 16_384;
const usualBodyMs = 1_000;

export const refuse = (rule: ForbiddenRule): OutboundFailure => ({
  outcome: 'forbidden',
  rule,
  reason: forbidden[rule],
});

/** Sends the request and reads the answer, within the limits. */
export function exchange(
  { method, headers, body }: { method: string; headers: Record<string, string>; body?: Uint8Array },
  target: RequestTarget,
  limits: OutboundLimits,
  route: OutboundRoute,
): Promise<OutboundAnswer | OutboundFailure> {
  return new Promise((resolve) => {
    /** Ends whatever runs: the connection, the request, the answer. */
    const over = new AbortController();
    let step: ConnectStage | 'answered' = 'dns';
    const settle = (result: OutboundAnswer | OutboundFailure): void => {
      clearTimeout(deadline);
      limits.signal?.removeEventListener('abort', abandon);
      over.abort();
      resolve(result);
    };
    const fail = (error?: unknown): void => {
      if (step !== 'answered') settle(failureOf(step, error));
    };
    const abandon = () => settle({ outcome: 'timeout', reason: 'abandoned' });
    const deadline = setTimeout(
      () => settle({ outcome: 'timeout', reason: `no answer within ${limits.timeoutMs / 1000} s` }),
      limits.timeoutMs,
    );
    if (limits.signal?.aborted) return abandon();
    limits.signal?.addEventListener('abort', abandon);
    const connecting = (next: ConnectStage) => {
      step = next;
    };
    httpsRequest({
      method,
      path: target.path,
      headers: { ...headers, host: target.authority },
      signal: over.signal,
      // Without an agent, so that nothing of the environment, such as a proxy, has a say.
      createConnection: (_, done) => {
        void openSocket(target, route, over.signal, connecting).then((socket) => done(null, socket), fail);
        return undefined;
      },
    })
      .on('response', (answer) => {
        clearTimeout(deadline);
        step = 'answered';
        void readAnswer(answer, limits).then(settle);
      })
      .on('error', fail)
      // An answer that changes the protocol is neither a response nor an error.
      .on('close', fail)
      .end(body);
  });
}

/** Reads the body as far as the limits allow. Whatever happens to it, the status is the answer. */
function readAnswer(
  answer: IncomingMessage,
  { maxBodyBytes = usualBodyBytes, bodyMs = usualBodyMs }: OutboundLimits,
): Promise<OutboundAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (isWhole: boolean): void => {
      clearTimeout(timer);
      const body = Buffer.concat(chunks).subarray(0, maxBodyBytes);
      resolve({ outcome: 'answered', status: answer.statusCode ?? 0, headers: answer.headers, body, isWhole });
    };
    const timer = setTimeout(() => end(false), bodyMs);
    answer
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > maxBodyBytes) end(false);
      })
      .on('end', () => end(true))
      .on('error', () => end(false));
  });
}

/** Why a step failed. The texts of TLS errors name the host's certificate, so only their codes are told. */
function failureOf(step: ConnectStage, error: unknown): OutboundFailure {
  if (error instanceof Forbidden) return refuse(error.rule);
  if (error === undefined) return { outcome: step, reason: 'connection closed' };
  const { code } = error as NodeJS.ErrnoException;
  return { outcome: step, reason: step === 'tls' ? `no secure connection: ${code}` : networkErrorText(error) };
}
