/** The form of everything that an operator can do, whoever asks for it. */

import type { Connection } from '../../endpoints/endpoint/connection.ts';
import type { Actor } from '../../ground/base/actor.ts';

/** Who asks, when, and for which version of the record. A call of the API is such a context. */
export interface OperationContext {
  actor: Actor;
  now: Date;
  /** The record keeps it, so that a write which the SDK repeats is recognized. */
  requestId: string;
  /** The version that the record must have. Undefined if any version will do. */
  ifVersion?: number | undefined;
}

/** An operation. It returns the record after the change, or what its result is. It throws a `Refusal`. */
export type Operation<Input, Ports, Result = Connection> = (
  input: Input,
  context: OperationContext,
  ports: Ports,
) => Promise<Result>;
