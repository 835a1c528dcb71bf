/**
 * The list price of a million webhooks of 1 KB that are stored and reach the bus, in us-east-1, without storage and tracing.
 * Calls, write units and bytes of logs are counted here. What only AWS can measure is assumed.
 */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { itemBytes, writeUnits } from '../../shared/ground/aws/item-size.ts';
import type { Figure } from './budget.ts';
import { bodyOf } from './cpu.ts';
import { openEndpoint } from './delivery.ts';
import { headersOf } from './webhook.ts';

/** Dollars for a million: requests to an HTTP API, calls of Lambda, units of on-demand tables, events of up to 64 KB on a bus. */
const prices = { request: 1, call: 0.2, readUnit: 0.125, writeUnit: 0.625, event: 1 };
/** Dollars for a million GB-seconds of Lambda on arm64, and for a GB of logs. */
const [gbSecond, gbOfLogs] = [13.3334, 0.5];

/** Assumed: the milliseconds of a warm authorize and ingest together. */
const milliseconds = 14;
/**
 * Assumed: the events in one batch of relay, and in one of count-events, which waits for two seconds: those of a hundred webhooks a second
 * in the four parts of a table's stream.
 */
const [batch, countBatch] = [10, 50];
/** Assumed: GB-seconds of relay and of count-events for a batch. */
const [batchGbSeconds, countGbSeconds] = [0.02, 0.01];
/** Write units of the counts of one webhook. `test/functions/count-cost.test.ts` counts them. */
const countUnits = 0.082;

/** What one webhook uses. */
interface Asked {
  writeUnits: number;
  logBytes: number;
}

/** The price of a million webhooks, in dollars. */
export function priceOf({ writeUnits, logBytes }: Asked): number {
  const { request, call, readUnit, writeUnit, event } = prices;
  // Two functions of 512 MB answer the sender. Two others read the stream.
  const compute = gbSecond * (0.5 * (milliseconds / 1000) + batchGbSeconds / batch + countGbSeconds / countBatch);
  const calls = call * (2 + 1 / batch + 1 / countBatch);
  return (
    request + calls + compute + readUnit + writeUnit * (writeUnits + countUnits) + event + gbOfLogs * (logBytes / 1000)
  );
}

/** The values that API Gateway writes into the access log for an accepted webhook. All other variables become `-`. */
const logged: Record<string, string> = {
  '$context.requestId': 'JKJaXmPLvHcESHA=',
  '$context.requestTime': '01/Jan/2026:12:00:00 +0000',
  '$context.identity.sourceIp': '140.82.115.88',
  '$context.routeKey': 'ANY /hooks/{connection}/{endpointId}',
  '$context.status': '202',
  '$context.responseLatency': '14',
  '$context.responseLength': '75',
};

/** The size of a webhook's line in the access log, in bytes. */
function accessLogBytes(assembly: string): number {
  const { Resources } = readCloudAssembly(assembly).template;
  const stage = Object.values(Resources).find(({ Type }) => Type === 'AWS::ApiGatewayV2::Stage');
  const { Format = '' } = (stage?.Properties?.['AccessLogSettings'] ?? {}) as { Format?: string };
  return Format.replace(/\$context[\w.]+/g, (name) => logged[name] ?? '-').length;
}

/** The write units of an event and of its row in the index, which has everything except the payload. */
async function unitsOf({ runtime }: Sandbox, id: string): Promise<number> {
  const { url: endpoint, region, administrator: credentials } = runtime.aws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const [, TableName] = Object.entries(runtime.tables).find(([name]) => name.startsWith('Events')) ?? [];
  const { Item = {} } = await client.send(new GetItemCommand({ TableName, Key: { id: { S: id } } }));
  client.destroy();
  const { payload: _, ...row } = Item;
  return writeUnits(itemBytes(Item as never)) + writeUnits(itemBytes(row as never));
}

/** Delivers a webhook of 1 KB with GitHub's headers. Returns the event's id. */
async function deliver(sandbox: Sandbox): Promise<string> {
  const { host: _, 'content-length': __, authorization: ___, ...headers } = headersOf('');
  const signature = { 'x-hub-signature-256': `sha256=${'d57c68ca6f92289e6987922ff2693893'.repeat(2)}` };
  const url = await openEndpoint(sandbox, 'price');
  const answer = await fetch(url, { method: 'POST', headers: { ...headers, ...signature }, body: bodyOf(1_024) });
  return ((await answer.json()) as { id: string }).id;
}

/** @param lines the lines that the functions logged */
export async function price(sandbox: Sandbox, lines: readonly string[]): Promise<Figure[]> {
  const id = await deliver(sandbox);
  await sandbox.runtime.settled();
  const bytesOf = (words: string) => Buffer.byteLength(lines.find((each) => each.includes(words)) ?? '');
  const units = await unitsOf(sandbox, id);
  const logBytes = accessLogBytes(sandbox.assembly) + bytesOf(id) + bytesOf('"relayed"') / batch;
  const value = priceOf({ writeUnits: units, logBytes });
  return [
    { what: 'write units of a webhook of 1 KB', value: units, shown: String(units), budget: { most: 2, shown: '2' } },
    {
      what: 'list price of a million webhooks of 1 KB',
      value,
      shown: `$${value.toFixed(2)}`,
      budget: { most: 4.25, shown: '$4.25' },
    },
  ];
}
