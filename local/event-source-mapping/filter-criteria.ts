import { matcherOf } from '../eventbridge/pattern-matcher.ts';
import { StartError } from '../start/start-error.ts';

/**
 * Compiles a mapping's filter criteria. A record passes if it matches one of the filters, or if there are none.
 * @throws StartError that names the function if a pattern is malformed or unknown
 */
export function compileFilterCriteria(
  functionName: string,
  filters: readonly { Pattern: string }[],
): (record: unknown) => boolean {
  if (filters.length === 0) return () => true;
  const tests = filters.map(({ Pattern }) => {
    try {
      return matcherOf(JSON.parse(Pattern));
    } catch (error) {
      throw new StartError(
        `A filter of ${functionName}'s event source mapping can't be used: ${(error as Error).message}`,
      );
    }
  });
  return (record) => tests.some((matches) => matches(record));
}
