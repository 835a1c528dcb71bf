/** What a change of a destination's record means for its deliveries. */
import { type Destination, isFinished } from '../destination/destination.ts';
import type { DestinationChange } from '../destination/destination-change.ts';

/** `begun`: what waits is attempted at once. `deleted`: what waits is cancelled. */
export type DestinationEffect =
  | { kind: 'begun'; destination: Destination }
  | { kind: 'deleted'; destination: Destination };

/** Undefined if the deliveries go on as before. */
export function effectOf({ before, after }: DestinationChange): DestinationEffect | undefined {
  if (!isFinished(before)) return undefined;
  if (!isFinished(after) || after.id !== before.id) return { kind: 'deleted', destination: before };
  return after.generation > before.generation ? { kind: 'begun', destination: after } : undefined;
}
