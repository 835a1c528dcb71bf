/** How every option reads a time. */
import { InvalidArgumentError } from 'commander';

/** A date, which begins in UTC, or a time with its zone. Without a zone, a time would mean another one on another machine. */
const timeForm = /^\d{4}-\d\d-\d\d(T.+(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads a time. Returns it as the API writes it.
 * @throws InvalidArgumentError if it is none, or has no zone
 */
export function parseTime(text: string): string {
  const date = new Date(text);
  if (timeForm.test(text) && !Number.isNaN(date.getTime())) return date.toISOString();
  throw new InvalidArgumentError('It must be a time with its zone, such as 2026-03-01T12:00:00Z.');
}
