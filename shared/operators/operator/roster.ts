/**
 * The roster: the operators, and whether the bootstrap token still works. It is one record of the State table.
 *
 * Two rules keep a deployment reachable. There is always a token that works and never expires: the bootstrap token, or
 * later an admin's token without an expiry. And the bootstrap token is closed only when such an admin's token was used,
 * because an answer with a new token can be lost. A reset that revokes all others closes it at once: it may be stolen,
 * and the reset can be repeated.
 */
import * as z from 'zod/mini';
import { type Author, roles } from '../../ground/base/actor.ts';
import { schema } from '../../ground/base/schema.ts';
import { timeSchema } from '../../ground/base/time.ts';

/** An operator in the roster. The token is stored as SHA-256; 256 random bits need no salt. */
export const operatorSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    name: z.string(),
    role: z.enum(roles),
    digest: z.string(),
    createdAt: timeSchema,
    createdBy: z.string(),
    expiresAt: z.optional(timeSchema),
  }),
);
export type Operator = z.infer<typeof operatorSchema>;

/** A change of the roster: who made it, when, and which operator it concerns. */
export const rosterEntrySchema = /* @__PURE__ */ schema(() =>
  z.object({
    verb: z.enum(['createOperator', 'revokeOperator', 'closeBootstrap', 'resetOperators']),
    by: z.string(),
    at: timeSchema,
    operator: z.optional(z.pick(operatorSchema, { id: true, name: true, role: true, expiresAt: true })),
    /** Only on `resetOperators`: the ids of the operators that it revoked. */
    revoked: z.optional(z.array(z.string())),
    /** Only on `resetOperators`: it closed the bootstrap token too. */
    bootstrapClosed: z.optional(z.literal(true)),
  }),
);
export type RosterEntry = z.infer<typeof rosterEntrySchema>;

export const rosterSchema = /* @__PURE__ */ schema(() =>
  z.object({
    version: z.int(),
    operators: z.array(operatorSchema),
    /** The time of the first request with the token of an admin that never expires, or of a reset that revoked all others. */
    bootstrapClosedAt: z.optional(timeSchema),
    /** The change that made this version. It is copied to the history of operators. */
    entry: z.optional(rosterEntrySchema),
  }),
);
export type Roster = z.infer<typeof rosterSchema>;

/** The roster of a new deployment. */
export const emptyRoster: Roster = { version: 0, operators: [] };

/** The most operators. The roster is one item that each request of an operator reads. */
export const maxOperators = 100;

/** Why a change of the roster is refused. The `code` of the answer. */
export type RosterConflict =
  | 'operator_exists'
  | 'too_many_operators'
  | 'operator_not_found'
  | 'last_admin'
  | 'operator_revoked'
  | 'superseded';

export type RosterOutcome = { kind: 'changed'; roster: Roster } | { kind: 'refused'; code: RosterConflict };

export const isBootstrapOpen = ({ bootstrapClosedAt }: Roster): boolean => bootstrapClosedAt === undefined;

/** Whether an operator is an admin whose token never expires. One of these always stays in the roster. */
export const isPermanentAdmin = ({ role, expiresAt }: Pick<Operator, 'role' | 'expiresAt'>): boolean =>
  role === 'connection_admin' && expiresAt === undefined;

export const isExpiredOperator = ({ expiresAt }: Pick<Operator, 'expiresAt'>, now: Date): boolean =>
  expiresAt !== undefined && Date.parse(expiresAt) <= now.getTime();

type NewEntry = Omit<RosterEntry, 'by' | 'at'>;

function nextRoster(roster: Roster, change: Partial<Roster>, entry: NewEntry, { by, now }: Author): Roster {
  return { ...roster, ...change, version: roster.version + 1, entry: { ...entry, by, at: now.toISOString() } };
}

/** The fields of an operator that the history shows. */
const shown = ({ id, name, role, expiresAt }: Operator) => ({ id, name, role, ...(expiresAt && { expiresAt }) });

/** Adds an operator. The names of operators are unique, so that a person can tell them apart. */
export function withOperator(roster: Roster, operator: Operator, author: Author): RosterOutcome {
  const { operators } = roster;
  if (operators.some(({ name }) => name === operator.name)) return { kind: 'refused', code: 'operator_exists' };
  if (operators.length >= maxOperators) return { kind: 'refused', code: 'too_many_operators' };
  const entry: NewEntry = { verb: 'createOperator', operator: shown(operator) };
  return { kind: 'changed', roster: nextRoster(roster, { operators: [...operators, operator] }, entry, author) };
}

/** Revokes an operator. The last admin without an expiry stays, because nobody else could make the next one. */
export function withoutOperator(roster: Roster, id: string, author: Author): RosterOutcome {
  const found = roster.operators.find((each) => each.id === id);
  if (!found) return { kind: 'refused', code: 'operator_not_found' };
  const operators = roster.operators.filter((each) => each !== found);
  if (isPermanentAdmin(found) && !operators.some(isPermanentAdmin)) return { kind: 'refused', code: 'last_admin' };
  const entry: NewEntry = { verb: 'revokeOperator', operator: shown(found) };
  return { kind: 'changed', roster: nextRoster(roster, { operators }, entry, author) };
}

/** Closes the bootstrap token for good. */
export const withBootstrapClosed = (roster: Roster, author: Author): Roster =>
  nextRoster(roster, { bootstrapClosedAt: author.now.toISOString() }, { verb: 'closeBootstrap' }, author);

/**
 * Adds an admin for people who lost every admin's token. An operator of the same name is replaced.
 * @param revokeAll revokes all other operators and closes the bootstrap token too. Otherwise a thief with one of these tokens
 * could revoke the new admin.
 */
export function withResetAdmin(roster: Roster, admin: Operator, revokeAll: boolean, author: Author): Roster {
  const kept = revokeAll ? [] : roster.operators.filter(({ name }) => name !== admin.name);
  const revoked = roster.operators.filter((each) => !kept.includes(each)).map(({ id }) => id);
  const closes = revokeAll && isBootstrapOpen(roster);
  const entry: NewEntry = {
    verb: 'resetOperators',
    operator: shown(admin),
    revoked,
    ...(closes && { bootstrapClosed: true as const }),
  };
  const closed = closes ? { bootstrapClosedAt: author.now.toISOString() } : {};
  return nextRoster(roster, { operators: [...kept, admin], ...closed }, entry, author);
}
