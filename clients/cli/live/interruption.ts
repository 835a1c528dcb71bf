/** How Ctrl-C ends a command that runs until then. */
import { UnreachableError } from '../../../shared/operators/api/api-error.ts';
import { Interrupted } from '../command-error.ts';
import type { Terminal } from '../terminal.ts';

export interface Interruption {
  /** Aborts at the first Ctrl-C: the command finishes what it does, and ends. */
  stopped: AbortSignal;
  /** Aborts at the second Ctrl-C: the command ends at once. */
  abandoned: AbortSignal;
}

/** From now on, Ctrl-C does not end the process. This is never taken back: a Ctrl-C while the command ends must not end it either. */
export function interruptionOf({ onInterrupt }: Pick<Terminal, 'onInterrupt'>): Interruption {
  const [stop, abandon] = [new AbortController(), new AbortController()];
  onInterrupt(() => (stop.signal.aborted ? abandon : stop).abort());
  return { stopped: stop.signal, abandoned: abandon.signal };
}

/** Runs until Ctrl-C. A request that Ctrl-C ended is not an error. */
export async function untilInterrupted(
  terminal: Pick<Terminal, 'onInterrupt'>,
  run: (interruption: Interruption) => Promise<void>,
): Promise<void> {
  const interruption = interruptionOf(terminal);
  try {
    await run(interruption);
  } catch (error) {
    const isOfInterrupt = error instanceof Interrupted || error instanceof UnreachableError;
    if (!isOfInterrupt || !interruption.stopped.aborted) throw error;
  }
}
