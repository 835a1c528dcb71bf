/** Why a button is disabled. The API says only which verbs are allowed now; this says it in words. */

import type { Status, Verb } from '../../../shared/endpoints/endpoint/lifecycle.ts';
import type { Role } from '../../../shared/ground/base/actor.ts';
import type { ConnectionAnswer } from './connection-record.ts';

const ofStatus: Record<Status, Partial<Record<Verb, string>>> = {
  unconfigured: {},
  configured: {
    test: 'Only an active endpoint can be tested. Activate it first.',
    activate: 'The endpoint has no token yet. Generate one first.',
    deconfigure: 'Remove the token first.',
  },
  active: {
    activate: 'The endpoint is active already.',
    deconfigure: 'Deactivate the endpoint first.',
  },
  inactive: {
    test: 'Only an active endpoint can be tested. Activate it first.',
    activate: 'The endpoint has no token. Generate one first.',
    deactivate: 'The endpoint is inactive already.',
    deconfigure: 'Remove the token first.',
  },
};

const ofVerb: Partial<Record<Verb, string>> = {
  deactivate: 'The endpoint is not active.',
  generateToken: 'The endpoint has a token. Rotate it to get another one.',
  revealToken: 'There is no token.',
  rotateToken: 'There is no token. Generate one first.',
  endGrace: 'No previous token is accepted.',
  removeToken: 'There is no token.',
  hold: 'The endpoint is held already.',
  release: 'The endpoint is not held.',
  openHandshake: 'Only an active endpoint takes a handshake. Activate it first.',
  confirmHandshake: 'The sender has delivered no secret.',
  closeHandshake: 'No handshake is open.',
  delete: 'Deconfigure the endpoint first.',
};

/** Why the endpoint can't be taken away now. The console removes its token on the way, so that is no reason. */
export function whyNotDeconfigure(record: ConnectionAnswer, role: Role): string | undefined {
  const isOneStepAway = record.allowedActions.includes('removeToken') && !record.allowedActions.includes('deactivate');
  return isOneStepAway ? undefined : whyDisabled(record, role, 'deconfigure');
}

/** The reason why `verb` is not possible now. Undefined if it is possible. */
export function whyDisabled({ status, allowedActions }: ConnectionAnswer, role: Role, verb: Verb): string | undefined {
  if (allowedActions.includes(verb)) return undefined;
  if (role !== 'connection_admin') return 'Only a connection admin can do this.';
  if (status === 'unconfigured') return 'There is no endpoint. Configure one first.';
  return ofStatus[status][verb] ?? ofVerb[verb] ?? 'This is not possible now.';
}
