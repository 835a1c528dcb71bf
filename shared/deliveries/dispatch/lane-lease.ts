/**
 * The lease of a destination's lane: who has it is the one worker. A worker that is done gives it back. One that was left behind has ended
 * in the middle, and perhaps it was a delivery that ended it: then the next worker makes one attempt at a time, and notes which.
 */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import { type DeliveryRow, jobOf } from './delivery-row.ts';
import type { DispatchPorts, Lease } from './ports.ts';
import { finish } from './record-result.ts';

const leaseMs = 90_000;
/** Who comes so shortly before the last worker of a chain ends waits for it, in milliseconds, and looks again so often. */
const endsSoonMs = 5_000;
const lookAgainMs = 1_000;
/** A delivery fails when so many workers have ended in its attempt. Before the first of them, one ended without a note. */
const tooManyCrashes = 4;

type LeasePorts = Pick<DispatchPorts, 'deliveries' | 'clock' | 'log'>;

/** A worker's hold on a lane. */
export interface HeldLease {
  to: Target;
  owner: string;
  /** When it ends, as this worker knows it, in epoch milliseconds. 0 if it is lost. */
  until: number;
  /** Whether the worker before ended in the middle. */
  isCareful: boolean;
}

const nameOf = ({ id }: Target): string => `lane#${id}`;

/** Notes that a worker has ended in the attempt of a delivery. */
async function countCrash({ attempt, ...key }: NonNullable<Lease['trying']>, ports: LeasePorts): Promise<void> {
  const { value, written } = await revise(ports.deliveries.rows, key, (row) =>
    row?.status === 'parked' && row.attempt === attempt ? { ...row, crashes: (row.crashes ?? 0) + 1 } : unchanged,
  );
  if (!written || !value || (value.crashes ?? 0) < tooManyCrashes) return;
  await finish(jobOf(value), { status: 'failed', reason: 'internal' }, undefined, ports);
}

/**
 * Takes the lane, unless another worker has it. If that one ends soon and can't hand on, waits for it.
 * @param ends when this worker ends without handing on
 * @param waitUntil how long it waits at most
 */
export async function takeLane(
  to: Target,
  { owner, ends }: Pick<Lease, 'owner' | 'ends'>,
  waitUntil: number,
  ports: LeasePorts,
): Promise<HeldLease | undefined> {
  const { deliveries, clock } = ports;
  const until = clock.now() + leaseMs;
  let left: Lease | undefined;
  const { value, written } = await revise(deliveries.leases, nameOf(to), (lease) => {
    if (lease && lease.until > clock.now()) return unchanged;
    left = lease;
    return { owner, until, ...(ends !== undefined && { ends }) };
  });
  if (!written) {
    const endsSoon = value?.ends !== undefined && clock.now() > value.ends - endsSoonMs;
    if (!endsSoon || clock.now() > waitUntil) return undefined;
    await clock.sleep(lookAgainMs);
    return takeLane(to, { owner, ends }, waitUntil, ports);
  }
  if (left) ports.log({ warning: 'lane_left_behind', destination: to.name }, 'warn');
  if (left?.trying) await countCrash(left.trying, ports);
  return { to, owner, until, isCareful: left !== undefined };
}

/** Renews a lease, if nobody took the lane meanwhile. */
export async function renew(held: HeldLease, { deliveries, clock }: LeasePorts): Promise<void> {
  const until = clock.now() + leaseMs;
  const { written } = await revise(deliveries.leases, nameOf(held.to), (lease) =>
    lease?.owner === held.owner ? { ...lease, until } : unchanged,
  );
  held.until = written ? until : 0;
}

/** Notes which attempt comes next, so that its crash is known for one. */
export async function noteTrying(held: HeldLease, row: DeliveryRow, { deliveries }: LeasePorts): Promise<void> {
  const { event, receivedAt, rule, replay, attempt } = row;
  const { written } = await revise(deliveries.leases, nameOf(held.to), (lease) =>
    lease?.owner === held.owner ? { ...lease, trying: { event, receivedAt, rule, replay, attempt } } : unchanged,
  );
  if (!written) held.until = 0;
}

export const giveBack = async ({ to, owner }: HeldLease, { deliveries }: LeasePorts): Promise<void> => {
  await revise(deliveries.leases, nameOf(to), (lease) => (lease?.owner === owner ? undefined : unchanged));
};
