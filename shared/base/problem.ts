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

/** The codes of each status. The OpenAPI document lists them, so the compiler refuses a code that is missing here. */
export const problemCodes = {
  400: ['invalid_cursor', 'invalid_if_match', 'invalid_json', 'invalid_limit', 'invalid_range', 'invalid_request'],
  403: ['body_withheld', 'forbidden', 'oidc_operators_not_allowed', 'operator_revoked', 'role_required'],
  404: [
    'connection_not_found',
    'event_not_found',
    'operator_not_found',
    'provider_not_found',
    'replay_not_found',
    'route_not_found',
  ],
  405: ['method_not_allowed'],
  409: [
    'action_not_allowed',
    'connection_exists',
    'held',
    'last_admin',
    'nothing_delivered',
    'operator_exists',
    'release_not_cancellable',
    'replay_in_progress',
    'rotation_in_progress',
    'superseded',
    'token_exists',
    'token_required',
    'too_many_operators',
    'window_closed',
  ],
  412: ['version_mismatch'],
  413: ['body_too_large'],
  415: ['unsupported_media_type'],
  422: [
    'delivery_id_not_signed',
    'expiry_too_late',
    'invalid_request',
    'invalid_scheme',
    'range_empty',
    'range_in_future',
    'rate_too_high',
    'record_too_large',
    'replay_guard',
    'secret_made_by_sender',
    'split_unknown',
    'token_not_usable',
  ],
  500: ['body_missing', 'internal_error'],
} as const satisfies Record<ProblemStatus, readonly string[]>;
export type ProblemCode<S extends ProblemStatus = ProblemStatus> = (typeof problemCodes)[S][number];

/** An error answer of the operators' API. `detail` says what to do. `detail` and `more` never contain a secret. */
export class Problem<S extends ProblemStatus = ProblemStatus> extends Error {
  readonly status: S;
  readonly code: ProblemCode<S>;
  /** Additional members of the answer, such as `allowedActions`. */
  readonly more: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    status: S,
    code: ProblemCode<S>,
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
