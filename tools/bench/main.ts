/** `npm run bench`: measures the figures that have a budget, and fails if one is missed. */
import type { AwsCall } from '../../local/aws/local-aws.ts';
import { Interrupted, inSandbox } from '../../local/start/sandbox.ts';
import { type Figure, isWithin, tableOf } from './budget.ts';
import { sizes, starts } from './bundle.ts';
import { consoleFigures } from './console.ts';
import { cpu } from './cpu.ts';
import { deliveries } from './delivery.ts';
import { eventBody } from './event-body.ts';
import { listenDelays } from './listen.ts';
import { patternCosts } from './patterns.ts';
import { refusals } from './rejections.ts';
import { transforms } from './transform.ts';
import { waitDelay } from './wait.ts';
import { webhookUse } from './webhook-use.ts';

async function measure(): Promise<Figure[]> {
  // Comes first: later, other work in this process would be counted too.
  const own = [...(await cpu()), ...(await transforms())];
  const calls: AwsCall[] = [];
  const lines: string[] = [];
  const watched = { onCall: (call: AwsCall) => calls.push(call), onLog: (_: string, line: string) => lines.push(line) };
  return inSandbox(watched, async (sandbox) => [
    ...sizes(sandbox.assembly),
    ...starts(sandbox),
    ...own,
    ...patternCosts(),
    ...(await webhookUse(sandbox, lines)),
    ...(await deliveries(sandbox, calls)),
    ...(await refusals(sandbox, calls)),
    ...(await listenDelays(sandbox)),
    await waitDelay(sandbox),
    ...(await consoleFigures(sandbox)),
    ...(await eventBody(sandbox)),
  ]);
}

try {
  const figures = await measure();
  console.log(tableOf(figures));
  if (!figures.every(isWithin)) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof Interrupted)) throw error;
  process.exitCode = 130;
}
process.exit();
