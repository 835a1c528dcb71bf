/**
 * Sends what is due. Each shard is swept by one function at a time. A message is sent first, and only then its row is moved, so that
 * a crash in between sends it twice and never not at all.
 */
import type { Outgoing } from '../../ground/aws/outgoing-message.ts';
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import { inParallel } from '../../ground/base/parallel.ts';
import { jobOf } from './delivery-row.ts';
import type { DispatchPorts, DueItem } from './ports.ts';
import { sweepAgainMs } from './record-result.ts';

/** How far the sweep looks ahead, in milliseconds: it comes once a minute. */
const aheadMs = 60_000;
/** How long one sweep of a shard may take, in milliseconds, and for how long it has the lease. */
const turnMs = 45_000;
const leaseMs = 55_000;
/** The most writes at a time. */
const atOnce = 16;

export type SweepPorts = Pick<DispatchPorts, 'deliveries' | 'queues' | 'clock' | 'newId'>;

/** Moves `due` on, if the item is still as it was sent. Whoever records the attempt moves it too, and wins. */
const moveOn = async (item: DueItem, { deliveries }: SweepPorts): Promise<void> => {
  if ('timer' in item) {
    const { timer } = item;
    await revise(deliveries.timers, timer.to.id, (now) =>
      now?.due === timer.due ? { ...now, due: timer.due + sweepAgainMs } : unchanged,
    );
    return;
  }
  const { row } = item;
  await revise(deliveries.rows, row, (now) =>
    now?.due === row.due && now?.attempt === row.attempt && now.due !== undefined
      ? { ...now, due: now.due + sweepAgainMs, nextAt: now.nextAt ?? now.due }
      : unchanged,
  );
};

/** Sends the messages of a page. Returns the items whose messages are in a queue. */
async function sendPage(items: readonly DueItem[], { queues, clock }: SweepPorts): Promise<DueItem[]> {
  const now = clock.now();
  const until = (due: number | undefined) => Math.max(0, (due ?? now) - now);
  const sent = async <T>(
    some: readonly { item: DueItem; message: Outgoing<T> }[],
    send: (messages: Outgoing<T>[]) => Promise<Outgoing<T>[]>,
  ) => {
    if (some.length === 0) return [];
    const refused = new Set(await send(some.map(({ message }) => message)));
    return some.filter(({ message }) => !refused.has(message)).map(({ item }) => item);
  };
  const timers = items.flatMap((item) =>
    'timer' in item ? [{ item, message: { body: item.timer.to, delayMs: until(item.timer.due) } }] : [],
  );
  const rows = items.flatMap((item) =>
    'row' in item ? [{ item, message: { body: jobOf(item.row), delayMs: until(item.row.due) } }] : [],
  );
  return (await Promise.all([sent(timers, queues.lane), sent(rows, queues.dispatch)])).flat();
}

/**
 * Sweeps one shard. Does nothing if another function does. It takes the lease only if something is due: most of the time nothing is,
 * and a look alone costs hardly anything.
 */
export async function sweepShard(shard: number, ports: SweepPorts): Promise<{ sent: number; isDone: boolean }> {
  const { deliveries, clock, newId } = ports;
  const began = clock.now();
  let sent = 0;
  if ((await deliveries.listDue(shard, began + aheadMs, undefined)).items.length === 0) return { sent, isDone: true };
  const [name, owner] = [`sweep#${shard}`, newId()];
  const { written } = await revise(deliveries.leases, name, (lease) =>
    !lease || lease.until <= clock.now() ? { owner, until: began + leaseMs } : unchanged,
  );
  if (!written) return { sent, isDone: true };
  let after: string | undefined;
  do {
    const page = await deliveries.listDue(shard, began + aheadMs, after);
    const items = await sendPage(page.items, ports);
    await inParallel(items, atOnce, (item) => moveOn(item, ports));
    sent += items.length;
    after = page.next;
  } while (after !== undefined && clock.now() - began < turnMs);
  await revise(deliveries.leases, name, (lease) => (lease?.owner === owner ? undefined : unchanged));
  return { sent, isDone: after === undefined };
}
