/**
 * Reads a destination's health, and tells it what came of attempts. That must never fail an attempt: what was sent is recorded in any
 * case, and the next attempts say the same about the destination.
 */
import { revise, unchanged } from '../../ground/aws/revised-item.ts';
import type { Target } from './delivery-job.ts';
import {
  type DestinationHealth,
  escalated,
  type Finding,
  freshHealth,
  healthAfter,
  isToEscalate,
  tellAt,
} from './destination-health.ts';
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
      // What was not begun for a fault of ours is begun now.
      if (!saysTheSame(last, after) || isToEscalate(after)) return true;
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

  /** Writes what the findings say. What has to be told then is written after its timer: an incident may outlive the timer of its lane. */
  async function writeFindings(to: Target, findings: readonly Finding[]): Promise<DestinationHealth | undefined> {
    let hasTimer = false;
    let needsTimer = false;
    const decide = (health: DestinationHealth | undefined) => {
      const after = findings.reduce((state, finding) => healthAfter(state, finding), health);
      if (!after || (health && saysTheSame(health, after))) return unchanged;
      needsTimer = after.notices.length > (health?.notices.length ?? 0);
      return needsTimer && !hasTimer ? unchanged : after;
    };
    const { value, written } = await revise(deliveries.health, to.id, decide);
    if (written || !needsTimer) return value;
    await ensureTimer(to, clock.now());
    hasTimer = true;
    return (await revise(deliveries.health, to.id, decide)).value;
  }

  async function write(to: Target, findings: readonly Finding[]): Promise<void> {
    const value = await writeFindings(to, findings);
    remember(to, value);
    if (!value || !isToEscalate(value)) return;
    const incident = newId();
    await ensureTimer(to, tellAt(escalated(value, incident, clock.now())) ?? clock.now());
    const { value: now } = await revise(deliveries.health, to.id, (health) =>
      health?.generation === value.generation && isToEscalate(health)
        ? escalated(health, incident, clock.now())
        : unchanged,
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
