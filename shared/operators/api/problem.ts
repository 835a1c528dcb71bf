/** Errors of the operators' API: RFC 9457 problem details with a code for programs and a sentence for people. */
import { Refusal, type RefusalCode } from '../../ground/base/refusal.ts';

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
type ProblemStatus = keyof typeof titles;

/**
 * The status of each code: of every refusal, and of what is wrong with the form of a request. An `invalid_request` about
 * the query has the status 400.
 */
const statuses = {
  action_not_allowed: 409,
  body_missing: 500,
  body_too_large: 413,
  body_withheld: 403,
  connection_exists: 409,
  connection_not_found: 404,
  delivery_ended: 409,
  delivery_expired: 409,
  delivery_id_not_signed: 422,
  delivery_not_ended: 409,
  delivery_not_found: 404,
  destination_exists: 409,
  destination_in_use: 409,
  destination_not_found: 404,
  destination_paused: 409,
  event_not_found: 404,
  expiry_too_late: 422,
  forbidden: 403,
  held: 409,
  internal_error: 500,
  invalid_cursor: 400,
  invalid_if_match: 400,
  invalid_json: 400,
  invalid_limit: 400,
  invalid_range: 400,
  invalid_request: 422,
  invalid_scheme: 422,
  last_admin: 409,
  managed_by_other: 409,
  method_not_allowed: 405,
  nothing_delivered: 409,
  oidc_operators_not_allowed: 403,
  operator_exists: 409,
  operator_not_found: 404,
  operator_revoked: 403,
  provider_not_found: 404,
  range_empty: 422,
  range_in_future: 422,
  rate_too_high: 422,
  raw_with_split: 422,
  record_too_large: 422,
  redelivery_in_progress: 409,
  redelivery_not_found: 404,
  release_not_cancellable: 409,
  replay_guard: 422,
  replay_in_progress: 409,
  replay_not_found: 404,
  role_required: 403,
  rotation_in_progress: 409,
  route_not_found: 404,
  secret_made_by_sender: 422,
  split_unknown: 422,
  superseded: 409,
  token_exists: 409,
  token_not_usable: 422,
  token_required: 409,
  too_many_asked: 409,
  too_many_operators: 409,
  unsupported_media_type: 415,
  version_mismatch: 412,
  window_closed: 409,
} as const satisfies Record<RefusalCode, ProblemStatus> & Record<string, ProblemStatus>;
export type ProblemCode = keyof typeof statuses;

const codesOf = (status: number): string[] =>
  Object.entries(statuses).flatMap(([code, its]) =>
    its === status || (status === 400 && code === 'invalid_request') ? [code] : [],
  );

/** The codes of each status, for the OpenAPI document. */
export const problemCodes: Record<string, readonly string[]> = /* @__PURE__ */ Object.fromEntries(
  Object.keys(titles).map((status) => [status, codesOf(Number(status))]),
);

/** The parts of a problem besides its code and its text. */
interface ProblemParts {
  status?: ProblemStatus;
  /** Additional members of the answer, such as `allowedActions`. */
  more?: object;
  headers?: Record<string, string>;
}

/** An error answer of the operators' API. `detail` says what to do. `detail` and `more` never contain a secret. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly status: ProblemStatus;
  readonly more: object;
  readonly headers: Record<string, string>;

  constructor(
    code: ProblemCode,
    detail: string,
    { status = statuses[code], more = {}, headers = {} }: ProblemParts = {},
  ) {
    super(detail);
    this.code = code;
    this.status = status;
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

/** The problem that answers a failure. Undefined for an error of ours, whose message may quote a body. */
export function problemOf(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  return error instanceof Refusal ? new Problem(error.code, error.message, { more: error.facts }) : undefined;
}
