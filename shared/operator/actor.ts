/** Who acts: an operator, a stack, or one of the functions by itself. */
import type { Identity } from './operator.ts';

/** Who asks for a change. The id goes into the history. */
export type Actor = Pick<Identity, 'id' | 'role' | 'expiresAt'>;

/** The author and the time of a change. */
export interface Author {
  /** The id of the actor. */
  by: string;
  now: Date;
}
