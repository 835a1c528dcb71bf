/**
 * Access tokens by OAuth 2 client credentials (RFC 6749, 4.4), for destinations that ask for one. An instance keeps a token until shortly
 * before its end, and asks for one once, however many requests need it.
 */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import type { OutboundRequest, OutboundResult, SendOutbound } from '../../ground/outbound/outbound-request.ts';
import { asForm, authHeaders, type OAuthClient } from './destination-auth.ts';

/** A token, and when the instance got it, in milliseconds of the clock. */
export interface AccessToken {
  token: string;
  obtainedAt: number;
}

/** Why there is no token. It contains nothing of the answer, which may have a secret. */
export interface NoToken {
  fault: string;
}

export interface TokenPorts {
  send: SendOutbound;
  /** Milliseconds since some fixed moment. */
  clock(): number;
}

interface Kept extends AccessToken {
  until: number;
}

/** The time limit of a request for a token, in milliseconds. Whoever waits for a request that is under way waits no longer either. */
export const tokenLimitMs = 10_000;
/** A token ends so early before its end, in milliseconds: it has to arrive before. */
const earlyMs = 30_000;
/** How long a token is kept that does not say when it ends, in milliseconds. */
const usualMs = 300_000;
/** The longest answer that is read, in bytes. */
const maxAnswerBytes = 65_536;
/** The longest token, in characters. Few servers take headers as long as that, and `strike-out.ts` counts on it. */
const maxToken = 6_144;
/** The most tokens that an instance keeps. */
const maxKept = 1_000;
/** A token that is younger than this, in milliseconds, is not replaced because a receiver refuses it. */
const freshMs = 60_000;

/** The request for a token. */
function tokenRequest({ tokenUrl, clientId, clientSecret, scope, clientAuthentication }: OAuthClient): OutboundRequest {
  const inBody = clientAuthentication === 'body';
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(inBody && { client_id: clientId, client_secret: clientSecret }),
  });
  const proof = { kind: 'basic', username: asForm(clientId), password: asForm(clientSecret) } as const;
  return {
    url: tokenUrl,
    method: 'POST',
    headers: {
      'user-agent': 'Hooklatch',
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...(!inBody && authHeaders(proof)),
    },
    body: Buffer.from(form.toString()),
  };
}

const answerSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** What can be sent in a header. */
    access_token: z.string().check(z.regex(/^[\x21-\x7e]+$/), z.maxLength(maxToken)),
    expires_in: z.optional(z.union([z.number(), z.string()])),
  }),
);

/** How long a token lives, in milliseconds. Some issuers write the number as a text. */
function lifetimeOf(expiresIn: number | string | undefined): number {
  const seconds = Number(expiresIn);
  return seconds > 0 ? seconds * 1000 - earlyMs : usualMs;
}

function tokenIn(result: OutboundResult, obtainedAt: number): Kept | NoToken {
  if (result.outcome !== 'answered') return { fault: result.reason };
  if (result.status !== 200) return { fault: `the answer was ${result.status}` };
  try {
    const { access_token: token, expires_in } = answerSchema.parse(JSON.parse(result.body.toString('utf8')));
    return { token, obtainedAt, until: obtainedAt + lifetimeOf(expires_in) };
  } catch {
    return { fault: `the answer has no access_token of at most ${maxToken} characters` };
  }
}

/** Gets tokens for one instance. `refused` is a token that a receiver has just refused with a 401. */
export type GetToken = (valueId: string, client: OAuthClient, refused?: AccessToken) => Promise<AccessToken | NoToken>;

/**
 * Creates the tokens of an instance. They are kept by the version of the destination's value, so that a change of the credentials asks
 * anew. Whoever needs a token while it is asked for gets what comes of that. A failure is not kept.
 */
export function accessTokens({ send, clock }: TokenPorts): GetToken {
  const kept = new Map<string, Kept>();
  const asking = new Map<string, Promise<AccessToken | NoToken>>();

  async function ask(valueId: string, client: OAuthClient): Promise<AccessToken | NoToken> {
    const limits = { timeoutMs: tokenLimitMs, maxBodyBytes: maxAnswerBytes };
    const found = tokenIn(await send(tokenRequest(client), limits), clock());
    if (kept.size >= maxKept) kept.clear();
    if ('token' in found) kept.set(valueId, found);
    return found;
  }

  return (valueId, client, refused) => {
    if (refused && clock() - refused.obtainedAt < freshMs) return Promise.resolve(refused);
    const known = kept.get(valueId);
    if (known && clock() < known.until && known.token !== refused?.token) return Promise.resolve(known);
    const underWay = asking.get(valueId) ?? ask(valueId, client).finally(() => asking.delete(valueId));
    asking.set(valueId, underWay);
    return underWay;
  };
}
