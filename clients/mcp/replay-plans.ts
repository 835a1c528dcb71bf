/**
 * Plans of replays. A replay of many is begun only by the id of a plan and the count that it showed, so that nothing is published again that
 * nobody looked at. Plans live in this process, for some minutes, and each is used once.
 */
import { randomBytes } from 'node:crypto';

export interface KeptPlan {
  connection: string;
  from: string;
  to: string;
  type?: string | undefined;
  count: number;
}

const lifeMs = 10 * 60_000;
/** The most plans at a time. The oldest goes first. */
const mostPlans = 100;

export class ReplayPlans {
  readonly #plans = new Map<string, { plan: KeptPlan; until: number }>();
  readonly #now: () => Date;

  constructor(now: () => Date) {
    this.#now = now;
  }

  /** Keeps a plan. */
  add(plan: KeptPlan): { planId: string; expiresAt: string } {
    const [planId, until] = [`plan_${randomBytes(8).toString('hex')}`, this.#now().getTime() + lifeMs];
    this.#plans.set(planId, { plan, until });
    for (const oldest of this.#plans.keys()) {
      if (this.#plans.size <= mostPlans) break;
      this.#plans.delete(oldest);
    }
    return { planId, expiresAt: new Date(until).toISOString() };
  }

  /** Takes a plan, which then is gone. Undefined if there is none, or none any more. */
  take(planId: string): KeptPlan | undefined {
    const kept = this.#plans.get(planId);
    this.#plans.delete(planId);
    return kept && kept.until > this.#now().getTime() ? kept.plan : undefined;
  }
}
