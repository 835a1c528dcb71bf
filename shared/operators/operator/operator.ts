/** Operators manage connections. Operators authenticate with an operator token that has a role. */
import * as z from 'zod/mini';
import { isSameDigest, isWellFormed, tokenDigest } from '../../endpoints/credential/token.ts';
import { roles } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { isBootstrapOpen, isExpiredOperator, isPermanentAdmin, type Roster } from './roster.ts';

/** The operator who sent a request. */
export const identitySchema = /* @__PURE__ */ schema(() =>
  z.object({ id: z.string(), name: z.string(), role: z.enum(roles), expiresAt: z.optional(timeSchema) }),
);
export type Identity = z.infer<typeof identitySchema>;

/** The form of the bootstrap token. CloudFormation generates letters and digits, and can't add a checksum. */
export const bootstrapForm = /^[0-9A-Za-z]{64}$/;

/** The dependencies that identify operators. */
export interface IdentityDeps {
  readRoster(): Promise<Roster>;
  readBootstrap(): Promise<string>;
  /** Closes the bootstrap token durably, if it is still open. `by` is the id of the admin whose token was used. */
  closeBootstrap(by: string, requestId: string): Promise<void>;
  now(): Date;
}

const bootstrap: Identity = { id: 'bootstrap', name: 'bootstrap', role: 'connection_admin' };

/**
 * The token in an Authorization header, if it is well formed. Reads nothing from outside, so a flood of requests
 * without tokens is cheap.
 */
export function operatorTokenIn(authorization: string | undefined): string | undefined {
  const token = /^bearer +([0-9A-Za-z_]+) *$/i.exec(authorization ?? '')?.[1];
  return token && (isWellFormed('hlo', token) || bootstrapForm.test(token)) ? token : undefined;
}

/** The longest token of an OpenID Connect issuer, in characters. API Gateway takes 10,240 bytes of headers. */
const maxJwtLength = 8_192;

/** The JWT in an Authorization header, if it has the form of one. Reads nothing from outside. */
export function bearerJwtIn(authorization: string | undefined): string | undefined {
  const token = /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i.exec(authorization ?? '')?.[1];
  return token && token.length <= maxJwtLength ? token : undefined;
}

/**
 * The time for which a function instance caches the bootstrap token's digest. Each accepted request also reads the
 * roster, so a closed bootstrap token is refused at once. Only a secret that was changed by hand takes effect with this
 * delay.
 */
const bootstrapCacheMs = 10_000;

/**
 * The time for which a function instance caches the roster to refuse further unknown tokens. Without the cache, a flood
 * of invented tokens would use up the reads of the roster's item, 3,000 a second. The cached roster can only refuse a
 * token, never accept it. If an operator is added while others try unknown tokens, the new operator is refused until
 * the cache expires.
 */
const rejectionCacheMs = 100;

/** The operator with this token, or undefined. Throws only on internal errors. */
export type Identify = (token: string, requestId: string) => Promise<Identity | undefined>;

/**
 * Creates the identification for one function instance. It closes the bootstrap token before it answers the first request of an
 * admin that never expires. If it can't close it, it throws, and the operator tries again.
 */
export function identifier({ readRoster, readBootstrap, closeBootstrap, now }: IdentityDeps): Identify {
  let secret: { digest: Buffer; until: number } | undefined;
  let rejected: { roster: Roster; until: number } | undefined;
  const isKept = (kept: { until: number }): boolean => now().getTime() < kept.until;
  const until = (milliseconds: number): number => now().getTime() + milliseconds;

  async function readDigest(): Promise<Buffer> {
    if (secret && isKept(secret)) return secret.digest;
    secret = { digest: tokenDigest(await readBootstrap()), until: until(bootstrapCacheMs) };
    return secret.digest;
  }

  async function find(token: string, roster: Roster): Promise<Identity | undefined> {
    if (!bootstrapForm.test(token)) return operatorByToken(roster, token, now());
    if (!isBootstrapOpen(roster)) return undefined;
    return isSameDigest(await readDigest(), tokenDigest(token)) ? bootstrap : undefined;
  }

  return async (token, requestId) => {
    if (rejected && isKept(rejected) && !(await find(token, rejected.roster))) return undefined;
    const roster = await readRoster();
    const identity = await find(token, roster);
    if (!identity) rejected = { roster, until: until(rejectionCacheMs) };
    else if (isBootstrapOpen(roster) && identity !== bootstrap && isPermanentAdmin(identity))
      await closeBootstrap(identity.id, requestId);
    return identity;
  };
}

function operatorByToken({ operators }: Roster, token: string, now: Date): Identity | undefined {
  const digest = tokenDigest(token);
  const isMatch = operators.map((operator) => isSameDigest(Buffer.from(operator.digest, 'hex'), digest));
  const found = operators[isMatch.indexOf(true)];
  if (!found || isExpiredOperator(found, now)) return undefined;
  const { id, name, role, expiresAt } = found;
  return { id, name, role, ...(expiresAt && { expiresAt }) };
}
