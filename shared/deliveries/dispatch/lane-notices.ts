/** What a lane tells operators: that its destination fails or has recovered, and how much was given up. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import { type DestinationHealth, tellAt, toldIncident } from './destination-health.ts';
import type { DispatchPorts } from './ports.ts';

type NoticePorts = Pick<DispatchPorts, 'deliveries' | 'publishNotices' | 'clock' | 'log'>;

/**
 * Puts an incident that has lasted long enough among what is to be told, before it is told: its end is told only if its beginning is, and
 * may come meanwhile.
 */
async function withDueIncident(to: Target, health: DestinationHealth, { deliveries, clock }: NoticePorts) {
  const isDue = (some: DestinationHealth): boolean => (tellAt(some) ?? Number.POSITIVE_INFINITY) <= clock.now();
  if (!isDue(health)) return health;
  const { value } = await revise(deliveries.health, to.id, (now) =>
    now && isDue(now) ? toldIncident(now) : unchanged,
  );
  return value;
}

/** Publishes what is to be told, and only then clears it: a crash in between tells it twice. A failure stops no attempt. */
export async function tellNotices(
  to: Target,
  stored: DestinationHealth | undefined,
  ports: NoticePorts,
): Promise<void> {
  if (!stored) return;
  try {
    const health = await withDueIncident(to, stored, ports);
    if (!health || (health.notices.length === 0 && health.givenUp === 0)) return;
    const { notices, givenUp, givenUpSample: sample } = health;
    const counted = givenUp > 0 ? { count: givenUp, ...(sample !== undefined && { sample }) } : undefined;
    const told = new Set(notices.map((notice) => JSON.stringify(notice)));
    await ports.publishNotices(to, notices, counted);
    // The alarms read these lines.
    for (const { type } of notices) ports.log({ outcome: type, destination: to.name }, 'warn');
    if (givenUp > 0) ports.log({ outcome: 'delivery.given_up', destination: to.name, records: givenUp }, 'warn');
    await revise(ports.deliveries.health, to.id, (now) =>
      now
        ? {
            ...now,
            notices: now.notices.filter((notice) => !told.has(JSON.stringify(notice))),
            givenUp: Math.max(0, now.givenUp - givenUp),
          }
        : unchanged,
    );
  } catch (error) {
    ports.log({ warning: 'notices_not_told', fault: (error as Error).name, destination: to.name }, 'warn');
  }
}
