/** Parses what an operator or a template says. */
import type * as z from 'zod/mini';
import { pointerOf } from './json-pointer.ts';
import { Refusal } from './refusal.ts';

/**
 * Parses a value.
 * @param what the name of the value in the message, such as `body`
 * @throws a refusal that says which field is wrong, without its value
 */
export function parse<S extends z.ZodMiniType>(schema: S, value: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message, ...issue }) => ({
    path: path.map(String).join('.'),
    // Only the body is a document into which a pointer can lead.
    ...(what === 'body' && path.length > 0 && { pointer: pointerOf(path.map(String)) }),
    message,
    // The facts of a fault whose message names what each client has its own name for.
    ...('params' in issue && issue.params),
  }));
  const [{ path, message }] = errors as [(typeof errors)[number]];
  const subject = path ? `${path} in the ${what}` : `The ${what}`;
  throw new Refusal('invalid_request', `${subject} ${message}${message.endsWith('?') ? '' : '.'}`, { errors });
}
