import { isCustomResource } from '../custom-resources/custom-resource.ts';
import { StartError } from '../start/start-error.ts';

/**
 * What a user can do about resources that only AWS runs.
 * @param names what can be left out
 */
export function wayOut(names: readonly string[]): string {
  const start = names.length > 0 ? `start with ${names.map((name) => `--without ${name}`).join(' ')}, ` : '';
  return `Change this, ${start}or move it to another stack of your app: the local runtime runs one stack.`;
}

/**
 * The error about a resource that the local runtime can't run.
 * @param reason without a full stop
 */
export const cannotRun = (id: string, type: string, reason: string, cause?: unknown): StartError =>
  new StartError(
    `The local runtime can't run ${id} (${type}): ${reason}. ${wayOut(isCustomResource(type) ? [] : [id])}`,
    {
      cause,
    },
  );
