/** The CPU time of an evaluation of JSONata in a context of its own. */
import { contextProgram } from '../../infra/bundle/esbuild-bundle.ts';
import { evaluateExpression } from '../../shared/deliveries/transform/jsonata-expression.ts';
import { transformHandler } from '../../shared/deliveries/transform/transform-handler.ts';
import { type Figure, median } from './budget.ts';

const warmUp = 2;
const rounds = 15;
const evaluations = 50;

const expression = '{ "text": "Order " & data.id & ": " & $sum(data.items.(price * count)) & " EUR", "at": $now() }';
const items = [
  { sku: 'lamp', price: 20, count: 2 },
  { sku: 'desk', price: 90, count: 1 },
];
const input = { type: 'order.paid', headers: { 'x-shop': 'north' }, data: { id: 7, items, note: 'x'.repeat(700) } };

/** The CPU time of a call, in µs. */
async function cpuOf(call: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  for (let n = 0; n < evaluations; n += 1) await call();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / evaluations;
}

/** Compares the evaluation of a typical expression with that in this process's own context and module, round by round. */
export async function transforms(): Promise<Figure[]> {
  const handler = transformHandler(contextProgram());
  const request = { expression, input, at: '2026-03-04T05:06:07.008Z' };
  const apart: number[] = [];
  const shared: number[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const taken = [
      await cpuOf(() => handler(request)),
      await cpuOf(() => evaluateExpression(expression, input)),
    ] as const;
    if (round < 0) continue;
    apart.push(taken[0]);
    shared.push(taken[1]);
  }
  const [own, kept] = [median(apart), median(shared)];
  const value = own / kept;
  const shown = `${value.toFixed(1)}× (${(own / 1000).toFixed(2)} ms / ${(kept / 1000).toFixed(2)} ms)`;
  const what = 'CPU of a transform in a context of its own, compared to one in a shared context';
  return [{ what, value, shown, budget: { most: 15, shown: '15×' } }];
}
