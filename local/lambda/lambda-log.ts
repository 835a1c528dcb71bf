import { format } from 'node:util';

/** Lambda's application log levels, the least important first. */
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'] as const;
export type LogLevel = (typeof levels)[number];

/** The log level of each `console` method. */
export const consoleLevels = {
  trace: 'TRACE',
  debug: 'DEBUG',
  log: 'INFO',
  info: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
} as const satisfies Record<string, LogLevel>;

/** An error in the form in which Lambda reports and logs it. */
export interface FunctionError {
  errorType: string;
  errorMessage: string;
  stackTrace: string[];
}

/** Converts anything that was thrown. Never throws itself. */
export function functionError(thrown: unknown): FunctionError {
  if (!isError(thrown)) return { errorType: typeof thrown, errorMessage: format(thrown), stackTrace: [] };
  const stackTrace = typeof thrown.stack === 'string' ? thrown.stack.split('\n') : [];
  return { errorType: String(thrown.name), errorMessage: String(thrown.message), stackTrace };
}

/** Whether a function with the log level `threshold` writes lines of `level`. */
export function isLogged(level: LogLevel, threshold: LogLevel): boolean {
  return levels.indexOf(level) >= levels.indexOf(threshold);
}

/**
 * Writes one line of Lambda's JSON log format. A single object becomes the message as it is. Several values are
 * formatted like `console.log` does, and the first error among them is written out.
 */
export function logLine(level: LogLevel, requestId: string | undefined, values: readonly unknown[], now: Date): string {
  const head = { timestamp: now.toISOString(), level, ...(requestId && { requestId }) };
  if (values.length !== 1) {
    const error = values.find(isError);
    return JSON.stringify({ ...head, message: format(...values), ...(error && functionError(error)) });
  }
  try {
    return JSON.stringify({ ...head, message: values[0] }, (_, value) =>
      isError(value) ? { ...functionError(value), ...value } : value,
    );
  } catch {
    return JSON.stringify({ ...head, message: format(values[0]) });
  }
}

/** Errors of another realm are not instances of this realm's Error. */
function isError(value: unknown): value is Error {
  return value instanceof Error || Object.prototype.toString.call(value) === '[object Error]';
}
