/** Operators: who may manage connections, by an operator token with a role. */
import * as z from 'zod/mini';
import { type Role, roles } from './endpoint.ts';
import { time } from './time.ts';
import { digestOf, isSameDigest, isWellFormed } from './token.ts';

/** An operator of the roster. 256 random bits need no salt, so the token is kept as its SHA-256 alone. */
export const operatorSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  digest: z.string(),
  createdAt: time,
  expiresAt: z.optional(time),
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

/** The token of an Authorization header. */
const bearerOf = (authorization: string | undefined): string | undefined =>
  /^bearer +([\x21-\x7e]+) *$/i.exec(authorization ?? '')?.[1];

const bootstrap: Identity = { id: 'bootstrap', name: 'bootstrap', role: 'connection_admin' satisfies Role };

/** The bootstrap token is closed for good by the first admin who does not expire. */
const isBootstrapOpen = ({ operators }: Roster): boolean =>
  !operators.some(({ role, expiresAt }) => role === 'connection_admin' && expiresAt === undefined);

/** Who presents this Authorization header, or undefined. @throws only for a fault of ours */
export async function identify(authorization: string | undefined, deps: IdentityDeps): Promise<Identity | undefined> {
  const token = bearerOf(authorization);
  if (token === undefined) return undefined;
  const isOperators = isWellFormed('hlo', token);
  if (!isOperators && !bootstrapForm.test(token)) return undefined;
  const roster = await deps.readRoster();
  if (isOperators) return amongOperators(roster, token, deps.now());
  if (!isBootstrapOpen(roster)) return undefined;
  return isSameDigest(digestOf(await deps.readBootstrap()), digestOf(token)) ? bootstrap : undefined;
}

function amongOperators({ operators }: Roster, token: string, now: Date): Identity | undefined {
  const digest = digestOf(token);
  const isMatch = operators.map((operator) => isSameDigest(Buffer.from(operator.digest, 'hex'), digest));
  const found = operators[isMatch.indexOf(true)];
  if (!found || (found.expiresAt !== undefined && Date.parse(found.expiresAt) <= now.getTime())) return undefined;
  return { id: found.id, name: found.name, role: found.role };
}
