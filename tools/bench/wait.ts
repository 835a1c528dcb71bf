/** How long `events wait` takes to find an event, from the moment at which the sender has its answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { hooklatchClient } from '../../shared/operators/api/client.ts';
import { waitForEvents } from '../../shared/operators/wait/wait-for-events.ts';
import { type Figure, median } from './budget.ts';
import { deliver, openEndpoint } from './delivery.ts';

const budgetMs = 2_000;
const waits = 21;

/** Measures the waiting for one event after another, each sent at another moment between two looks. */
export async function waitDelay(sandbox: Sandbox): Promise<Figure> {
  const url = await openEndpoint(sandbox, 'awaited');
  const client = hooklatchClient({ url: sandbox.runtime.url, token: sandbox.operatorToken });
  const ports = { now: () => performance.now(), wait: (ms: number) => sleep(ms) };
  const request = { connection: 'awaited', count: 1, since: 0, timeoutMs: 30_000 };
  const took: number[] = [];
  for (let n = 0; n < waits; n += 1) {
    const found = waitForEvents(client, request, ports).then(({ events: [event] }) => ({
      event,
      at: performance.now(),
    }));
    await sleep(200 + ((n * 370) % 1_000));
    const id = await deliver(url);
    const answeredAt = performance.now();
    const { event, at } = await found;
    if (event?.id !== id) throw new Error(`events wait found ${event?.id} and not ${id}`);
    took.push(at - answeredAt);
  }
  const value = median(took);
  return {
    what: "median time from the sender's answer to the hit of events wait",
    value,
    shown: `${value.toFixed(0)} ms`,
    budget: { most: budgetMs, shown: `${budgetMs} ms` },
  };
}
