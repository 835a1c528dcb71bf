import type { ForwardUrl } from './forward-url.ts';

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
    const reason = deadline.aborted ? `no answer within ${timeout / 1000} s` : reasonOf(error);
    return { isTaken: false, reason };
  }
}

function outcomeOf({ ok, status, headers }: Response, now: Date): PostResult {
  if (ok) return { isTaken: true };
  const retryAfter = status === 429 || status === 503 ? readRetryAfter(headers.get('retry-after'), now) : undefined;
  return { isTaken: false, reason: `status ${status}`, ...(retryAfter !== undefined && { retryAfter }) };
}

/** Retry-After contains seconds or a date. */
function readRetryAfter(value: string | null, now: Date): number | undefined {
  if (value === null) return undefined;
  const milliseconds = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now.getTime();
  return Number.isNaN(milliseconds) ? undefined : milliseconds;
}

const reasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  UND_ERR_SOCKET: 'connection closed',
  ENOTFOUND: 'host not found',
  EAI_AGAIN: 'host not found',
  'bad port': 'a port that fetch does not allow',
};

/**
 * fetch puts the reason into its error's cause. For a host with several addresses, the cause contains one error for
 * each.
 */
function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown; errors?: { code?: unknown }[] } };
  const code = cause?.code ?? cause?.errors?.[0]?.code;
  return reasons[String(code ?? cause?.message)] ?? `network error ${code ?? ''}`.trim();
}
