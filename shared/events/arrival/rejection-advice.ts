/** The advice for an operator about a rejection, if the advice depends on the sender. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import { secretMakerOf, settingsOf } from '../../endpoints/endpoint/settings-in-force.ts';
import { secretAdvice } from '../../endpoints/provider/secret-guide.ts';
import { rejected } from '../../ground/base/advice.ts';
import type { Advice } from '../../ground/base/advice-schema.ts';
import type { RejectionReason } from './rejection.ts';

/** Why a webhook was rejected, and what to do. If the sender makes the secret, the advice says how to get it. */
export function rejectionAdvice(reason: RejectionReason, connection: Connection): Advice {
  const { provider, endpoint } = connection;
  const maker = secretMakerOf({ provider, settings: endpoint?.settings ?? {} });
  if (reason !== 'secret_missing' || maker === 'operator') return rejected(reason);
  const field = settingsOf(connection).auth.kind === 'both' ? 'signingSecret' : 'value';
  return rejected(reason, secretAdvice(provider, maker, { field }));
}
