/** Who acts: an operator, a stack, or one of the functions by itself. */
import type { Role } from './role.ts';
import type { Via } from './via.ts';

/** Who asks for a change. The id goes into the history. */
export interface Actor {
  id: string;
  role: Role;
  /** When the actor's own token ends. */
  expiresAt?: string | undefined;
  /** By which program, as that program says. */
  via?: Via | undefined;
}

/** The author and the time of a change. */
export interface Author {
  /** The id of the actor. */
  by: string;
  now: Date;
}
