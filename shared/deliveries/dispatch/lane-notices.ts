/** What a lane tells operators: that its destination fails or has recovered, and how much was given up. */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import type { DestinationHealth } from './destination-health.ts';
import type { DispatchPorts } from './ports.ts';

/** Publishes what is to be told, and only then clears it: a crash in between tells it twice. A failure stops no attempt. */
export async function tellNotices(
  to: Target,
  health: DestinationHealth | undefined,
  ports: Pick<DispatchPorts, 'deliveries' | 'publishNotices' | 'log'>,
): Promise<void> {
  if (!health || (health.notices.length === 0 && health.givenUp === 0)) return;
  const { notices, givenUp, givenUpSample: sample } = health;
  const counted = givenUp > 0 ? { count: givenUp, ...(sample !== undefined && { sample }) } : undefined;
  const told = new Set(notices.map((notice) => JSON.stringify(notice)));
  try {
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
