/**
 * Reads a destination's health, and tells it what came of attempts. That must never fail an attempt: what was sent is recorded in any
 * case, and the next attempts say the same about the destination.
 */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import { type DestinationHealth, type Finding, freshHealth, healthAfter, isIll, opened } from './destination-health.ts';
import type { EnsureTimer } from './lane-timer.ts';
import type { DispatchPorts } from './ports.ts';

export type HealthPorts = Pick<DispatchPorts, 'deliveries' | 'clock' | 'newId' | 'log'> & { ensureTimer: EnsureTimer };

export interface HealthLog {
  read(to: Target): Promise<DestinationHealth | undefined>;
  /** Never rejects. */
  tell(to: Target, finding: Finding): Promise<void>;
}

/** The most destinations that an instance remembers. */
const maxRemembered = 10_000;

/** Whether two states say the same about a destination. A success of a well one changes only its time. */
const saysTheSame = (one: DestinationHealth, other: DestinationHealth): boolean =>
  JSON.stringify({ ...one, lastSuccessAt: 0 }) === JSON.stringify({ ...other, lastSuccessAt: 0 });

const before = (health: DestinationHealth | undefined, { generation }: Finding): DestinationHealth =>
  health ?? freshHealth(generation);

/** What this instance read, or wrote, last. */
function rememberedHealth() {
  const known = new Map<string, DestinationHealth | undefined>();
  return {
    remember(to: Target, health: DestinationHealth | undefined): void {
      if (known.size >= maxRemembered) known.clear();
      known.set(to.id, health);
    },

    /** Whether a finding changes what this instance knows. A success that does not is remembered here alone. */
    isNews(to: Target, finding: Finding): boolean {
      if (!known.has(to.id)) return true;
      const last = before(known.get(to.id), finding);
      const after = healthAfter(last, finding);
      if (!saysTheSame(last, after)) return true;
      known.set(to.id, after);
      return false;
    },
  };
}

/**
 * Creates the health log of one instance. Most attempts go well and change nothing: the instance compares them with what it
 * read last, and writes nothing. While a write is under way, further findings about the destination wait for the next one, so
 * that a batch does not compete with itself.
 */
export function healthLog({ deliveries, clock, newId, log, ensureTimer }: HealthPorts): HealthLog {
  const { remember, isNews } = rememberedHealth();
  const writing = new Map<string, { findings: Finding[]; done: Promise<void> }>();

  async function write(to: Target, findings: readonly Finding[]): Promise<void> {
    const { value } = await revise(deliveries.health, to.id, (health) => {
      const after = findings.reduce((state, finding) => healthAfter(state, finding), health);
      return after && !(health && saysTheSame(health, after)) ? after : unchanged;
    });
    remember(to, value);
    if (!value || !isIll(value)) return;
    await ensureTimer(to);
    const { value: now } = await revise(deliveries.health, to.id, (health) =>
      health?.generation === value.generation && isIll(health) ? opened(health, newId(), clock.now()) : unchanged,
    );
    remember(to, now);
  }

  async function writeAll(to: Target, { findings }: { findings: Finding[] }): Promise<void> {
    while (findings.length > 0)
      await write(to, findings.splice(0)).catch((error) =>
        log({ warning: 'health_not_noted', fault: (error as Error).name, destination: to.name }, 'warn'),
      );
    writing.delete(to.id);
  }

  return {
    async read(to) {
      const health = (await deliveries.health.read(to.id))?.value;
      remember(to, health);
      return health;
    },

    async tell(to, finding) {
      const underWay = writing.get(to.id);
      if (!underWay && !isNews(to, finding)) return;
      if (underWay) {
        underWay.findings.push(finding);
        return underWay.done;
      }
      const entry = { findings: [finding], done: Promise.resolve() };
      writing.set(to.id, entry);
      entry.done = writeAll(to, entry);
      return entry.done;
    },
  };
}
