/** Operators: who may manage connections, by an operator token with a role. */
import * as z from 'zod/mini';
import { timeSchema } from '../base/time.ts';
import { isSameDigest, isWellFormed, tokenDigest } from '../credential/token.ts';
import { type Role, roles } from './lifecycle.ts';

/** An operator of the roster. 256 random bits need no salt, so the token is kept as its SHA-256 alone. */
export const operatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  digest: z.string(),
  createdAt: timeSchema,
  expiresAt: z.optional(timeSchema),
});

/** All operators, in one item. */
export const rosterSchema = z.object({ version: z.int(), operators: z.array(operatorSchema) });
export type Roster = z.infer<typeof rosterSchema>;

/** Who is behind a request. */
export const identitySchema = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) });
export type Identity = z.infer<typeof identitySchema>;

/** The form of the bootstrap token: CloudFormation makes it of letters and digits, and can make no checksum. */
export const bootstrapForm = /^[0-9A-Za-z]{64}$/;

/** What identifying needs from outside. */
export interface IdentityDeps {
  readRoster(): Promise<Roster>;
  readBootstrap(): Promise<string>;
  now(): Date;
}

const bootstrap: Identity = { id: 'bootstrap', name: 'bootstrap', role: 'connection_admin' satisfies Role };

/** The bootstrap token is closed for good by the first admin who does not expire. */
const isBootstrapOpen = ({ operators }: Roster): boolean =>
  !operators.some(({ role, expiresAt }) => role === 'connection_admin' && expiresAt === undefined);

/** The token of an Authorization header, if it has the form of one. Reads nothing, so a flood without tokens costs nothing. */
export function operatorTokenIn(authorization: string | undefined): string | undefined {
  const token = /^bearer +([0-9A-Za-z_]+) *$/i.exec(authorization ?? '')?.[1];
  return token && (isWellFormed('hlo', token) || bootstrapForm.test(token)) ? token : undefined;
}

/**
 * Milliseconds for which an instance keeps the bootstrap token's digest. It is only half of a yes: each yes also reads
 * the roster anew, so a bootstrap token that was closed is refused at once. What lags behind is a secret that was
 * changed by hand.
 */
const bootstrapCacheMs = 10_000;

/**
 * Milliseconds for which an instance refuses further unknown tokens by the roster that it read for the last one. Without
 * this a flood of made-up tokens would use up the reads that one item can serve, 3,000 a second. A yes never relies on
 * it. An operator who was entered in that time, while others try unknown tokens, is refused until it is over.
 */
const rejectionCacheMs = 100;

/** Who presents this token, or undefined. Throws only for a fault of ours. */
export type Identify = (token: string) => Promise<Identity | undefined>;

/** Identifies operators for one instance. */
export function identifier({ readRoster, readBootstrap, now }: IdentityDeps): Identify {
  let secret: { digest: Buffer; until: number } | undefined;
  let refusal: { roster: Roster; until: number } | undefined;
  const isKept = (kept: { until: number } | undefined): boolean => kept !== undefined && now().getTime() < kept.until;
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

  return async (token) => {
    if (refusal && isKept(refusal) && !(await find(token, refusal.roster))) return undefined;
    const roster = await readRoster();
    const identity = await find(token, roster);
    if (!identity) refusal = { roster, until: until(rejectionCacheMs) };
    return identity;
  };
}

function operatorByToken({ operators }: Roster, token: string, now: Date): Identity | undefined {
  const digest = tokenDigest(token);
  const isMatch = operators.map((operator) => isSameDigest(Buffer.from(operator.digest, 'hex'), digest));
  const found = operators[isMatch.indexOf(true)];
  if (!found || (found.expiresAt !== undefined && Date.parse(found.expiresAt) <= now.getTime())) return undefined;
  return { id: found.id, name: found.name, role: found.role };
}
