/** What the API shows of operators: never a token, and never its digest. */
import * as z from 'zod/mini';
import { roles, vias } from '../../ground/base/actor.ts';
import { timeSchema } from '../../ground/base/time.ts';
import { isExpiredOperator, type Operator, operatorSchema } from './roster.ts';

/** An operator in the list. */
export const operatorViewSchema = z.extend(
  z.pick(operatorSchema, { id: true, name: true, role: true, createdAt: true, createdBy: true, expiresAt: true }),
  {
    /** Whether the token no longer works because its time is over. */
    expired: z.boolean(),
    /** The last request with this token, correct to the minute. Null if there was none in the past year. */
    lastUsedAt: z.nullable(timeSchema),
  },
);
export type OperatorView = z.infer<typeof operatorViewSchema>;

/** @param lastUsedAt the last request with the operator's token, if there was one */
export function operatorViewOf(operator: Operator, lastUsedAt: string | undefined, now: Date): OperatorView {
  const { digest: _, ...shown } = operator;
  return { ...shown, expired: isExpiredOperator(operator, now), lastUsedAt: lastUsedAt ?? null };
}

/**
 * What an operator may do that concerns no single connection. `allowedActions` of a connection has the rest. To change a destination is also
 * to pause, test and delete it, and to see its secret.
 */
export const deploymentActions = [
  'createConnection',
  'createDestination',
  'changeDestination',
  'listOperators',
  'createOperator',
  'revokeOperator',
] as const;

/** The answer to the question who one is. */
export const ownViewSchema = z.object({
  id: z.string(),
  name: z.string(),
  role: z.enum(roles),
  expiresAt: z.optional(timeSchema),
  /** By which program the request says to come. The history then has it, and bodies with tokens are withheld. */
  via: z.optional(z.enum(vias)),
  allowedActions: z.array(z.enum(deploymentActions)),
  /** The latest expiry that this operator may give to a new one. Absent if there is no limit, and without `createOperator`. */
  latestOperatorExpiry: z.optional(timeSchema),
});

export type OwnView = z.infer<typeof ownViewSchema>;
