/** Why a request got no answer, as a short text without the URL. */

interface Failure {
  code?: unknown;
  message?: unknown;
  errors?: { code?: unknown }[];
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
 * Why a request got no answer. fetch puts the reason into its error's cause. For a host with several addresses, the error
 * or its cause contains one error for each.
 */
export function networkErrorText(error: unknown): string {
  const { cause = error as Failure } = error as { cause?: Failure };
  const code = cause.code ?? cause.errors?.[0]?.code;
  return reasons[String(code ?? cause.message)] ?? `network error ${code ?? ''}`.trim();
}
