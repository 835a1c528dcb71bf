/**
 * Pauses and resumes a destination, and lets all that waits for it be attempted. A pause binds each attempt that begins after the answer, because an attempt begins with a
 * consistent read of its destination.
 */
import { type Destination, isPaused, pausedMsAt } from '../../deliveries/destination/destination.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';
import type { Named } from './update-connection.ts';
import { type DestinationPorts, updateDestination } from './update-destination.ts';

/** Deliveries wait, and no time counts against them. A destination that is paused stays as it is. */
export const pauseDestination: Operation<Named, DestinationPorts, Destination> = ({ name }, context, ports) =>
  updateDestination(name, context, ports, (destination) => {
    if (isPaused(destination)) return 'same';
    const at = context.now.toISOString();
    return { change: { status: 'paused', pausedSince: at }, entry: { verb: 'pause', by: context.actor.id, at } };
  });

/** What waits is tried at once, whatever is known of earlier failures. A destination that is not paused stays as it is. */
export const resumeDestination: Operation<Named, DestinationPorts, Destination> = ({ name }, context, ports) =>
  updateDestination(name, context, ports, (destination) => {
    if (!isPaused(destination)) return 'same';
    return {
      change: {
        status: 'active',
        pausedSince: undefined,
        pausedMs: pausedMsAt(destination, context.now),
        generation: destination.generation + 1,
      },
      entry: { verb: 'resume', by: context.actor.id, at: context.now.toISOString() },
    };
  });

export const destinationPaused = (): Refusal =>
  new Refusal('destination_paused', 'This destination is paused. Resume it: then what waits is attempted at once.');

/**
 * What waits is attempted at once, also what waits for hours, as after a resumption.
 * @throws a refusal if the destination is paused
 */
export const attemptWaiting: Operation<Named, DestinationPorts, Destination> = ({ name }, context, ports) =>
  updateDestination(name, context, ports, (destination) => {
    if (isPaused(destination)) throw destinationPaused();
    return {
      change: { generation: destination.generation + 1 },
      entry: { verb: 'attempt', by: context.actor.id, at: context.now.toISOString() },
    };
  });
