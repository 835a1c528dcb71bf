/** Measures webhooks through the local runtime: webhooks a second, and calls to the store for each webhook. */
import type { AwsCall } from '../../local/aws/local-aws.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import type { Figure } from './budget.ts';

/** How many webhooks are on their way at once. */
const concurrency = 8;
const measuredSeconds = 3;
/** How many webhooks are sent to count their calls. */
const countedWebhooks = 20;

/** Makes a connection with an active endpoint. Returns the URL with the token in it. */
export async function openEndpoint({ runtime, operatorToken }: Sandbox, name: string): Promise<string> {
  const headers = { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' };
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const init = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${runtime.url}/v1/connections${path}`, { method, headers, ...init });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  await ask('POST', '', { name });
  await ask('PUT', `/${name}/endpoint`, { auth: { kind: 'token', accept: [{ in: 'query', name: 'token' }] } });
  await ask('POST', `/${name}/endpoint/token`, {});
  await ask('POST', `/${name}/endpoint/activate`, {});
  const { deliveryUrls } = (await ask('GET', `/${name}/endpoint/token`)) as { deliveryUrls: { url: string }[] };
  return deliveryUrls[0]?.url ?? '';
}

/** Sends a webhook. Returns the id of its event, which is then stored. */
export async function deliver(url: string): Promise<string> {
  const body = JSON.stringify({ order: 1, text: 'x'.repeat(1000) });
  const answer = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const { id } = (await answer.json()) as { id: string };
  if (answer.status !== 202) throw new Error(`a delivery was answered ${answer.status}`);
  return id;
}

/**
 * Counts the reads and writes of a warm webhook, and accepted webhooks a second.
 * @param calls where the sandbox adds each call
 */
export async function deliveries(sandbox: Sandbox, calls: AwsCall[]): Promise<Figure[]> {
  const url = await openEndpoint(sandbox, 'bench');
  await Promise.all(Array.from({ length: concurrency }, () => deliver(url)));
  calls.length = 0;
  for (let n = 0; n < countedWebhooks; n += 1) await deliver(url);
  const figures = countsOf(calls);
  return [...figures, await rateOf(url)];
}

/**
 * Counts only the calls of the functions that answer a sender. The functions that read the stream make their calls
 * after the answer.
 */
function countsOf(all: readonly AwsCall[]): Figure[] {
  const calls = all.filter(({ principal }) => /-(authorize|ingest)Function/.test(principal));
  const reads = calls.filter(({ operation, consistentRead }) => operation === 'GetItem' && consistentRead).length;
  const writes = calls.filter(({ operation, conditional }) => operation === 'PutItem' && conditional).length;
  const each = (what: string, count: number, most: number): Figure => ({
    what: `${what} of a warm webhook`,
    value: count / countedWebhooks,
    shown: String(count / countedWebhooks),
    budget: { most, shown: String(most) },
  });
  return [
    each('consistent reads', reads, 1),
    each('conditional writes', writes, 1),
    each('other calls', calls.length - reads - writes, 0),
  ];
}

async function rateOf(url: string): Promise<Figure> {
  const began = performance.now();
  let accepted = 0;
  const sender = async () => {
    for (; performance.now() - began < measuredSeconds * 1000; accepted += 1) await deliver(url);
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  const value = accepted / ((performance.now() - began) / 1000);
  return { what: `webhooks a second here, ${concurrency} at a time`, value, shown: value.toFixed(0) };
}
