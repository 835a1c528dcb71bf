import type { LocalAws } from '../aws/local-aws.ts';
import type { LambdaFunction } from '../lambda/lambda-function.ts';
import type { Wait } from './abortable-wait.ts';

/** A target of a rule. */
export interface RuleTarget {
  /**
   * Resolves when the target has taken the event, or when the event was given up and a line about it was logged. Rejects
   * if the target's store fails.
   */
  deliver(line: string): Promise<void>;
  /**
   * Whether the target keeps events on the disk. The sender of an event waits for such a target, so that no end of the process
   * loses what the sender thinks is delivered.
   */
  isStored: boolean;
}

export interface RuleTargetOptions {
  /** By ARN. */
  functions: ReadonlyMap<string, LambdaFunction>;
  queue: LocalAws['queue'];
  /** Receives the lines of log groups, and the runtime's own lines under `local-bus`. */
  onLog: (name: string, line: string) => void;
  /** Milliseconds to wait before each retry of a failed call. Default: one second, then two. */
  retryDelays?: readonly number[] | undefined;
  wait: Wait;
  now: () => Date;
  /** Aborts the waits for the next retry. */
  signal: AbortSignal;
}
