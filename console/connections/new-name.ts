/** What is wrong with the name of a new connection, and a name like it that works. */
import { maxConnectionName, newConnectionNameForm } from '../../shared/endpoint/connection-name.ts';
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
