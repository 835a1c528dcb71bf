import { StartError } from '../start/start-error.ts';

/** What a user can do about a resource that only AWS runs. */
export const wayOut = 'Change this, or move it to another stack of your app: the local runtime runs one stack.';

/**
 * The error about a resource that the local runtime can't run.
 * @param reason without a full stop
 */
export const cannotRun = (id: string, type: string, reason: string, cause?: unknown): StartError =>
  new StartError(`The local runtime can't run ${id} (${type}): ${reason}. ${wayOut}`, { cause });
