/** Exit codes, so that a script knows why a command failed. docs/command-line.md lists them. */
import { CommanderError } from 'commander';
import { ClientSettingError } from '../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
import {
  ConflictError,
  Differs,
  FailedWithAnswer,
  ForbiddenError,
  Interrupted,
  TimedOut,
  UsageError,
} from './command-error.ts';

export const exitCodes = {
  done: 0,
  other: 1,
  usage: 2,
  notFound: 3,
  notAllowed: 4,
  conflict: 5,
  unreachable: 6,
  /** `plan` found a difference. */
  differs: 7,
  timedOut: 8,
  /** As a shell has it for a program that SIGINT ended. */
  interrupted: 130,
} as const;

/** By the status of an error answer. A status that is not here is `other`. */
const byStatus: Readonly<Record<number, number>> = {
  400: exitCodes.usage,
  413: exitCodes.usage,
  422: exitCodes.usage,
  401: exitCodes.notAllowed,
  403: exitCodes.notAllowed,
  404: exitCodes.notFound,
  409: exitCodes.conflict,
  412: exitCodes.conflict,
  429: exitCodes.unreachable,
  502: exitCodes.unreachable,
  503: exitCodes.unreachable,
  504: exitCodes.unreachable,
};

/** The exit code for an error that ended a command. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof FailedWithAnswer) return exitCodeOf(error.cause);
  if (error instanceof ApiError) return byStatus[error.status] ?? exitCodes.other;
  if (error instanceof UnreachableError) return exitCodes.unreachable;
  if (error instanceof ForbiddenError) return exitCodes.notAllowed;
  if (error instanceof ConflictError) return exitCodes.conflict;
  if (error instanceof Differs) return exitCodes.differs;
  if (error instanceof TimedOut) return exitCodes.timedOut;
  if (error instanceof Interrupted) return exitCodes.interrupted;
  // Commander throws with 0 after --help and --version.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
  return error instanceof UsageError || error instanceof ClientSettingError ? exitCodes.usage : exitCodes.other;
}
