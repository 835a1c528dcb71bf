/** Sends a request with a destination's proof. For OAuth 2, that is a token, which is asked for before. */
import type { OutboundResult } from '../../ground/outbound/outbound-request.ts';
import type { DestinationAuth, RequestProof } from './destination-auth.ts';
import { type AccessToken, type GetToken, type NoToken, tokenLimitMs } from './oauth-token.ts';

/** A proof that is ready to be sent, or why there is none. */
export type ReadyProof = { proof: RequestProof; token?: AccessToken } | { noToken: string };

const withToken = (found: AccessToken | NoToken): ReadyProof =>
  'fault' in found ? { noToken: found.fault } : { proof: { kind: 'bearer', token: found.token }, token: found };

/** The proof of the first request. Asking for a token takes `tokenLimitMs` at most. */
export async function readyProof(auth: DestinationAuth, valueId: string, getToken: GetToken): Promise<ReadyProof> {
  return auth.kind === 'oauth2' ? withToken(await getToken(valueId, auth)) : { proof: auth };
}

/** So much time must be left for another token and the request with it, in milliseconds. With less, the first answer stands. */
const renewalMs = tokenLimitMs + 5_000;

/** What became of a request: of the one for a token, or of itself. `secrets` are the tokens that were sent. */
export type AuthorizedResult = { noToken: string } | { result: OutboundResult; secrets: string[] };

/**
 * Sends a request. A receiver that refuses an access token gets another one once, unless the token is fresh.
 * @param left the milliseconds that are left for all that comes
 */
export async function sendAuthorized(
  ready: Exclude<ReadyProof, { noToken: string }>,
  { auth, valueId, getToken, left }: { auth: DestinationAuth; valueId: string; getToken: GetToken; left(): number },
  send: (proof: RequestProof) => Promise<OutboundResult>,
): Promise<AuthorizedResult> {
  const { proof, token } = ready;
  const result = await send(proof);
  if (token === undefined || auth.kind !== 'oauth2') return { result, secrets: [] };
  const secrets = [token.token];
  if (result.outcome !== 'answered' || result.status !== 401 || left() < renewalMs) return { result, secrets };
  const next = withToken(await getToken(valueId, auth, token));
  if ('noToken' in next) return next;
  if (next.token === undefined || next.token.token === token.token) return { result, secrets };
  return { result: await send(next.proof), secrets: [...secrets, next.token.token] };
}
