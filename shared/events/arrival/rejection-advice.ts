/** The advice for an operator about a rejection, if the advice depends on the sender. */

import { rejected } from '../base/advice.ts';
import type { Advice } from '../base/advice-schema.ts';
import type { Connection } from '../endpoint/connection.ts';
import { secretMakerOf, settingsOf } from '../endpoint/settings-in-force.ts';
import { secretAdvice } from '../provider/secret-guide.ts';
import type { RejectionReason } from './rejection.ts';

/** Why a webhook was rejected, and what to do. If the sender makes the secret, the advice says how to get it. */
export function rejectionAdvice(reason: RejectionReason, connection: Connection): Advice {
  const { provider, endpoint } = connection;
  const maker = secretMakerOf({ provider, settings: endpoint?.settings ?? {} });
  if (reason !== 'secret_missing' || maker === 'operator') return rejected(reason);
  const field = settingsOf(connection).auth.kind === 'both' ? 'signingSecret' : 'value';
  return rejected(reason, secretAdvice(provider, maker, { field }));
}
