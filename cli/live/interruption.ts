/** How Ctrl-C ends a command that runs until then. */
import { UnreachableError } from '../../shared/api/api-error.ts';
import { Interrupted } from '../command-error.ts';
import type { Terminal } from '../terminal.ts';

export interface Interruption {
  /** Aborts at the first Ctrl-C: the command finishes what it does, and ends. */
  stopped: AbortSignal;
  /** Aborts at the second Ctrl-C: the command ends at once. */
  abandoned: AbortSignal;
}

/** Runs until Ctrl-C. A request that Ctrl-C ended is not an error. */
export async function untilInterrupted(
  { onInterrupt }: Pick<Terminal, 'onInterrupt'>,
  run: (interruption: Interruption) => Promise<void>,
): Promise<void> {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  // Never taken back: a Ctrl-C that comes while the command ends must not kill it.
  onInterrupt(() => (stop.signal.aborted ? abandon : stop).abort());
  try {
    await run({ stopped: stop.signal, abandoned: abandon.signal });
  } catch (error) {
    const isOfInterrupt = error instanceof Interrupted || error instanceof UnreachableError;
    if (!isOfInterrupt || !stop.signal.aborted) throw error;
  }
}
