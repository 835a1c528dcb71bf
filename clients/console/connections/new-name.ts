/** What is wrong with the name of a new connection or destination, and a name like it that works. */

import { maxConnectionName, newConnectionNameForm } from '../../../shared/endpoints/endpoint/connection-name.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { text } from '../text.ts';

/** The nearest name that is allowed. Undefined if there is none, such as for digits alone. */
export function allowedNameLike(typed: string): string | undefined {
  const name = typed
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+/, '')
    .slice(0, maxConnectionName)
    .replace(/-+$/, '');
  return newConnectionNameForm.test(name) ? name : undefined;
}

/** Undefined if the name is allowed. */
export function nameError(typed: string): string | undefined {
  if (newConnectionNameForm.test(typed)) return undefined;
  if (typed.trim() === '') return text.create.nameMissing;
  const allowed = allowedNameLike(typed);
  return allowed === undefined ? text.create.nameWrong : text.create.nameInstead(allowed);
}

/** What is wrong with a name that only the API knows to be taken. Undefined if the error is about something else. */
export function nameTaken(error: unknown): string | undefined {
  const taken: Readonly<Record<string, string>> = text.create.nameTaken;
  return error instanceof ApiError && Object.hasOwn(taken, error.code) ? taken[error.code] : undefined;
}

/** Whether a connection has the name already. Its setup can be gone on with. */
export const isConnectionTaken = (error: unknown): boolean =>
  error instanceof ApiError && error.code === 'connection_exists';
