/** Adds an operator, with a new token. */

import { tokenDigest } from '../../endpoints/credential/token.ts';
import type { Role } from '../../ground/base/actor.ts';
import { faultAt, Refusal } from '../../ground/base/refusal.ts';
import { type Adder, isEarlyEnough, isOfIssuer, latestExpiryBy } from '../operator/operator-expiry.ts';
import { type Operator, withOperator } from '../operator/roster.ts';
import { changeRoster, type RosterPorts } from './change-roster.ts';
import type { Operation } from './operation.ts';

export interface AddOperatorPorts extends RosterPorts {
  newId(): string;
  newToken(): string;
  /** For how many days an admin of an OpenID Connect issuer may add operators; 0 for none. */
  oidcOperatorDays: number;
}

/**
 * Refuses an operator who would stay longer than the one who adds it may give.
 * @throws a refusal if that one may add nobody, or if the expiry is too late
 */
function checkExpiry(by: Adder, { expiresAt }: Operator, oidcOperatorDays: number, now: Date): void {
  const latest = latestExpiryBy(by, oidcOperatorDays, now);
  if (latest === 'none')
    throw new Refusal(
      'oidc_operators_not_allowed',
      'In this deployment, an admin of an OpenID Connect issuer adds no operators. Send the token of an operator with the role connection_admin, or deploy with the setting oidcOperatorDays.',
    );
  if (latest === 'unlimited' || isEarlyEnough(expiresAt, latest)) return;
  const latestExpiry = latest.toISOString();
  const why = isOfIssuer(by) ? `: the setting oidcOperatorDays is ${oidcOperatorDays}` : ', when your own token ends';
  const message = `must be ${latestExpiry} at the latest${why}. Only an admin without an expiry adds operators that stay longer`;
  throw new Refusal('expiry_too_late', `expiresAt ${message}.`, { latestExpiry, ...faultAt('expiresAt', message) });
}

interface NewOperator {
  name: string;
  role: Role;
  expiresAt?: string | undefined;
}

/** Only the result has the token. */
export const addOperator: Operation<NewOperator, AddOperatorPorts, { token: string; operator: Operator }> = async (
  { name, role, expiresAt },
  context,
  ports,
) => {
  const { actor, now } = context;
  if (expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime())
    throw new Refusal(
      'invalid_request',
      'expiresAt must be in the future.',
      faultAt('expiresAt', 'must be in the future'),
    );
  const token = ports.newToken();
  const operator: Operator = {
    id: ports.newId(),
    name,
    role,
    digest: tokenDigest(token).toString('hex'),
    createdAt: now.toISOString(),
    createdBy: actor.id,
    ...(expiresAt && { expiresAt: new Date(expiresAt).toISOString() }),
  };
  await changeRoster(context, ports, (roster, by) => {
    checkExpiry(by, operator, ports.oidcOperatorDays, now);
    return withOperator(roster, operator, { by: actor.id, now });
  });
  return { token, operator };
};
