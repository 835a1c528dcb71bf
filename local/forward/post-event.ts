import type { ForwardUrl } from '../../shared/ground/base/forward-url.ts';
import { networkErrorText } from '../../shared/ground/base/network-error.ts';
import { retryAfterMs } from '../../shared/ground/base/retry-after.ts';

export interface PostOptions {
  url: ForwardUrl;
  fetch: typeof fetch;
  now: () => Date;
  /** Milliseconds until the headers of the answer must arrive. */
  timeout: number;
  signal: AbortSignal;
}

/** The result of a post. `retryAfter` is the number of milliseconds that the listener asked for. */
export type PostResult = { isTaken: true } | { isTaken: false; reason: string; retryAfter?: number };

/** Posts one event. Never rejects: a failure is a reason, which quotes nothing of the URL or the event. */
export async function postEvent(line: string, options: PostOptions): Promise<PostResult> {
  const { url, now, timeout, signal } = options;
  const deadline = AbortSignal.timeout(timeout);
  try {
    const response = await options.fetch(url.href, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': 'hooklatch',
        ...(url.authorization && { authorization: url.authorization }),
      },
      body: line,
      redirect: 'manual',
      signal: AbortSignal.any([signal, deadline]),
    });
    // Nobody reads the body of the answer. If it were not cancelled, it would keep the connection open.
    await response.body?.cancel().catch(() => {});
    return outcomeOf(response, now());
  } catch (error) {
    const reason = deadline.aborted ? `no answer within ${timeout / 1000} s` : networkErrorText(error);
    return { isTaken: false, reason };
  }
}

function outcomeOf({ ok, status, headers }: Response, now: Date): PostResult {
  if (ok) return { isTaken: true };
  const retryAfter = status === 429 || status === 503 ? retryAfterMs(headers.get('retry-after'), now) : undefined;
  return { isTaken: false, reason: `status ${status}`, ...(retryAfter !== undefined && { retryAfter }) };
}
