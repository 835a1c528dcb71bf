/** Errors of the operators' API: RFC 9457 problem details with a code for programs and a sentence for people. */

const titles = {
  400: 'Bad request',
  403: 'Forbidden',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  412: 'Precondition failed',
  413: 'Content too large',
  415: 'Unsupported media type',
  422: 'Unprocessable content',
  500: 'Internal server error',
} as const;
export type ProblemStatus = keyof typeof titles;

/** An error answer of the operators' API. `detail` says what to do. `detail` and `more` never contain a secret. */
export class Problem extends Error {
  readonly status: ProblemStatus;
  readonly code: string;
  /** Additional members of the answer, such as `allowedActions`. */
  readonly more: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: ProblemStatus,
    code: string,
    detail: string,
    more: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(detail);
    this.status = status;
    this.code = code;
    this.more = more;
    this.headers = headers;
  }

  /** The body of the answer. The type is a URN, not a link, because `detail` already says everything. */
  toJSON(requestId: string): Record<string, unknown> {
    const { status, code, message, more } = this;
    return {
      type: `urn:hooklatch:problem:${code}`,
      title: titles[status],
      status,
      code,
      detail: message,
      requestId,
      ...more,
    };
  }
}
