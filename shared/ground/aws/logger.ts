/**
 * Writes the log lines of all functions. Lambda's JSON log format wraps each line as `message`, beside the time, the
 * level and the id of the invocation. The metric filters in infra/ read `message.outcome`, `message.reason`
 * and `message.warning`.
 */

/**
 * The fields that a log line can have. The list is closed, so that nobody logs a token, a header, a body or a whole
 * error by accident: the compiler rejects any other field.
 */
export type LogLine = {
  /** The result of a request, a record or a job. */
  outcome?: string;
  /** The step that failed, if the request or the batch succeeded nevertheless. */
  warning?: string;
  /** The code of a problem in the API, or the bus's error code for an entry. */
  code?: string;
  /** The reason why a sender's request was refused. */
  reason?: string;
  /** The refusals with the same reason that have no line of their own, since the last line. */
  heldBack?: number;
  /** The fault of the token, for each placement that was checked. */
  faults?: readonly { readonly placement: string; readonly fault: string }[];
  /** The name of an error. The error's message may quote a body, so it is never logged. */
  fault?: string | undefined;
  /** The place where the error was thrown: the first lines of its stack. */
  at?: string[];

  /** The id that API Gateway gave the request. The sender or the operator saw it in the answer. */
  requestId?: string;
  route?: string;
  method?: string;
  sourceIp?: string;
  status?: number | undefined;
  ms?: number;
  /** The operator's id. */
  operator?: string;
  role?: string;

  /** The connection's name. */
  connection?: string | undefined;
  /** The destination's name. */
  destination?: string | undefined;
  /** The version of the record of the connection or of the destination. */
  version?: number | undefined;
  /** The event's id. */
  event?: string | undefined;
  /** The id of another event that has the same delivery id but different bytes. */
  conflictsWith?: string | undefined;
  /** The id of the token that proved the delivery, not its value. */
  tokenId?: string | undefined;
  /** The names of endpoints' secrets, which are no secrets themselves. */
  secrets?: readonly string[];
  /** Bytes of the body. */
  size?: number;

  /** The id of a replay job. */
  run?: string;
  kind?: string;
  state?: string;
  /** The key of a dead letter in its bucket. */
  object?: string;

  /** The verdict on a certificate chain, and the URL of the public file. */
  verdict?: string;
  url?: string;
  issuer?: string;
} & { [K in Count]?: number };

/** Numbers of records, events, secrets or requests, by result. */
type Count =
  | 'abandoned'
  | 'deleted'
  | 'done'
  | 'failed'
  | 'foreign'
  | 'held'
  | 'ignored'
  | 'kept'
  | 'lost'
  | 'published'
  | 'records'
  | 'refused'
  | 'skipped';

export type LogLevel = 'info' | 'warn' | 'error';

/** Functions take their logger as an argument of this type, so that a test can read the lines. */
export type Log = (line: LogLine, level?: LogLevel) => void;

/** Writes a line with the name of the function, because functions of the same audience share a log. */
export const log: Log = (line, level = 'info') => console[level]({ function: process.env.FUNCTION_NAME, ...line });
