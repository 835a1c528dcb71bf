/** Why the lifecycle refuses a verb, in a sentence that every client can show: it names no route, command or button. */
import type { ConflictCode, Status } from './lifecycle.ts';

export type OtherConflict = Exclude<ConflictCode, 'action_not_allowed'>;

/** The reason by code. Why an action is not allowed depends on the status. */
export const conflictReasons: Record<OtherConflict, string> = {
  token_exists: 'There is a token already.',
  token_required: 'There is no token.',
  rotation_in_progress: 'The grace of the previous token is still running.',
  held: 'The endpoint is held.',
  nothing_delivered: 'There is no delivered secret to confirm.',
  window_closed: 'No handshake window is open, so no secret can be delivered.',
  superseded: 'Another operator changed this connection at the same time.',
};

/** Why an action is not allowed: the cause, and that is the status if there is no closer one. */
export const causes = {
  unconfigured: 'There is no endpoint.',
  configured: 'This is not possible while the endpoint is configured.',
  active: 'This is not possible while the endpoint is active.',
  inactive: 'This is not possible while the endpoint is inactive.',
  delete_needs_no_endpoint: 'A connection can be deleted only while it has no endpoint.',
  edit_needs_no_endpoint: 'A connection can change its provider only while it has no endpoint.',
  test_needs_active: 'Only an active endpoint can be tested.',
  handshake_needs_active: 'Only an active endpoint accepts a secret from its sender.',
  secret_from_elsewhere:
    'This endpoint does not get its secret in a handshake: generate a token, or enter the secret that the sender shows.',
  no_secret_needed: 'This endpoint needs no secret, so a handshake cannot deliver one.',
  no_values: 'There is no endpoint, so there are no values to replace.',
} as const satisfies Partial<Record<string, string>> & Record<Status, string>;
export type Cause = keyof typeof causes;

/** How many events are held, if the problem has their number. */
function heldEvents({ count, complete }: Readonly<Record<string, unknown>>): string {
  if (typeof count !== 'number') return '';
  return ` ${complete === true ? '' : 'At least '}${count} ${count === 1 ? 'event waits' : 'events wait'} for its release.`;
}

const textOf = (texts: Readonly<Record<string, string>>, key: unknown): string | undefined =>
  typeof key === 'string' && Object.hasOwn(texts, key) ? texts[key] : undefined;

/** Why a problem of the API refuses something. Undefined if the problem is no conflict of the lifecycle. */
export function whyConflicting(problem: Readonly<Record<string, unknown>>): string | undefined {
  const { code, cause, endpointStatus } = problem;
  if (code === 'action_not_allowed') return textOf(causes, cause) ?? textOf(causes, endpointStatus);
  const reason = textOf(conflictReasons, code);
  return reason && `${reason}${code === 'held' ? heldEvents(problem) : ''}`;
}
