/**
 * Pauses and resumes a destination. A pause binds each attempt that begins after the answer, because an attempt begins with a
 * consistent read of its destination.
 */
import { type Destination, isPaused, pausedMsAt } from '../../deliveries/destination/destination.ts';
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
