/**
 * The turn of one evaluation at a time, which all functions that attempt deliveries share. An account that allows ten executions has none
 * to spare for an evaluation of each.
 */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { longestCallMs, type TakeTurn } from '../transform/transform-function.ts';
import type { Deliveries, DispatchPorts } from './ports.ts';

const name = 'transform';
/** Longer than a call, in milliseconds. Who ends in the middle holds the turn so long. */
const leaseMs = longestCallMs + 5_000;
/** The longest wait until a turn that is taken is looked at again, in milliseconds. */
const lookAgainMs = 200;

export interface TurnPorts extends Pick<Deliveries, 'leases'>, Pick<DispatchPorts, 'clock' | 'newId'> {}

export const transformTurn =
  ({ leases, clock, newId }: TurnPorts): TakeTurn =>
  async (withinMs) => {
    const owner = newId();
    const until = clock.now() + withinMs;
    for (;;) {
      const { written } = await revise(leases, name, (lease) =>
        lease && lease.until > clock.now() ? unchanged : { owner, until: clock.now() + leaseMs },
      );
      // What can't be given back now ends by itself.
      if (written)
        return () =>
          revise(leases, name, (lease) => (lease?.owner === owner ? undefined : unchanged)).then(
            () => undefined,
            () => undefined,
          );
      if (clock.now() >= until) return undefined;
      await clock.sleep(lookAgainMs * (1 - clock.random() / 2));
    }
  };
