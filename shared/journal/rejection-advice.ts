/** The advice for an operator about a rejection, if the advice depends on the sender. */
import type { Connection } from '../endpoint/connection.ts';
import { secretMakerOf, settingsOf } from '../endpoint/settings-in-force.ts';
import { secretGuide } from '../provider/secret-guide.ts';
import type { RejectionReason } from './rejection.ts';
import { rejectionExplanations } from './rejection-view.ts';

/** The meaning of the reason, and what to do. If the sender makes the secret, the sender's guide says how to get it. */
export function explanationFor(reason: RejectionReason, connection: Connection): string {
  const { provider, endpoint } = connection;
  const maker = secretMakerOf({ provider, settings: endpoint?.settings ?? {} });
  if (reason !== 'secret_missing' || maker === 'operator') return rejectionExplanations[reason];
  const field = settingsOf(connection).auth.kind === 'both' ? 'signingSecret' : 'value';
  return `The endpoint had no live secret, so it refused every request. ${secretGuide(provider, maker, { field })}`;
}
