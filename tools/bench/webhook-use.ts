/** Counts what a webhook of 1 KB uses: write units and bytes of logs. `npm run cost` and the console price what is counted here. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { readCloudAssembly } from '../../local/cloudformation/cloud-assembly.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { itemBytes, writeUnits } from '../../shared/ground/aws/item-size.ts';
import { dollarsOf, usualPrices } from '../../shared/ground/statistics/price-table.ts';
import { smallBody, webhookCost, webhookLogBytes } from '../../shared/ground/statistics/traffic-cost.ts';
import type { Figure } from './budget.ts';
import { bodyOf } from './cpu.ts';
import { openEndpoint } from './delivery.ts';
import { headersOf } from './webhook.ts';

/** The events of one batch of the relay. */
const batch = 10;

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

const aMillion = { accepted: 1_000_000, duplicates: 0, refused: 0, delivered: 0, failed: 0 };

/** @param lines the lines that the functions logged */
export async function webhookUse(sandbox: Sandbox, lines: readonly string[]): Promise<Figure[]> {
  const id = await deliver(sandbox);
  await sandbox.runtime.settled();
  const bytesOf = (words: string) => Buffer.byteLength(lines.find((each) => each.includes(words)) ?? '');
  const units = await unitsOf(sandbox, id);
  const logBytes = Math.round(accessLogBytes(sandbox.assembly) + bytesOf(id) + bytesOf('"relayed"') / batch);
  const million = webhookCost(aMillion, { ...smallBody, writes: units });
  const value = million.reduce((sum, line) => sum + dollarsOf(line, usualPrices), 0);
  const most = (count: number) => ({ most: count, shown: String(count) });
  return [
    { what: 'write units of a webhook of 1 KB', value: units, shown: String(units), budget: most(smallBody.writes) },
    {
      what: 'bytes of logs of a webhook',
      ...{ value: logBytes, shown: String(logBytes), budget: most(webhookLogBytes) },
    },
    {
      what: 'list price of a million webhooks of 1 KB',
      ...{ value, shown: `$${value.toFixed(2)}`, budget: { most: 4.25, shown: '$4.25' } },
    },
  ];
}
