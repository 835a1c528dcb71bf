/** An app whose functions handle webhooks, on this machine: what they may read, and what becomes of what they fail on. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { appFlags } from '../../local/cloudformation/synthesis.ts';
import { only } from '../infra/given-template.ts';
import { aRuntime, bearer, deliver, ok, tableOf, type World } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';

let folder: string;
let world: World;
let sqs: SQSClient;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hooklatch-consumers-'));
  const [code, assembly] = [join(folder, 'code'), join(folder, 'cdk.out')];
  await build({
    entryPoints: { index: 'test/e2e/consumer-function.ts' },
    outdir: code,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
  });
  const context = JSON.stringify({ code });
  const env = { ...process.env, CDK_OUTDIR: assembly, CDK_CONTEXT_JSON: context, CDK_VALIDATION: 'false' };
  execFileSync(process.execPath, [...appFlags, 'test/e2e/consumer-app.ts'], { env, stdio: 'pipe' });
  world = await aRuntime({ assembly, invokeRetryDelays: [0, 0] });
  const { url: endpoint, region, administrator: credentials } = world.runtime.aws;
  sqs = new SQSClient({ endpoint, region, credentials });
});
afterAll(async () => {
  sqs?.destroy();
  await world?.end();
  rmSync(folder, { recursive: true, force: true });
});

const large = Buffer.from(JSON.stringify({ text: 'x'.repeat(300_000) }));
const small = Buffer.from('{"text":"x"}');

/** Sends a webhook to a connection of the app. @returns the event's id */
async function sendTo(name: 'orders' | 'returns' | 'visits', body: Buffer): Promise<string> {
  const path = `/v1/connections/${name}`;
  const { endpoint } = await ok(world, 'GET', path);
  const { token } = await ok(world, 'GET', `${path}/endpoint/token`);
  const headers = { ...bearer(String(token)), 'content-type': 'application/json' };
  const answer = await deliver(String((endpoint as { url: string }).url), { headers, body });
  expect(answer.status).toBe(202);
  return String(answer.json()['id']);
}

/** What a function noted of an event. */
async function noted(consumer: string, id: string) {
  const Key = { id: { S: `${consumer} ${id}` } };
  const TableName = tableOf(world.runtime, 'Handled');
  const { Item } = await world.dynamodb.send(new GetItemCommand({ TableName, Key }));
  return Item;
}

/** Waits until a function has noted an event. @returns how many bytes it read */
const notedSize = async (consumer: string, id: string): Promise<number> => {
  await waitUntil(`${consumer} has noted ${id}`, async () => (await noted(consumer, id)) !== undefined);
  return Number((await noted(consumer, id))?.['size']?.N);
};

/** The ids of the events in a queue. */
async function eventsIn(prefix: string): Promise<string[]> {
  const [, QueueUrl] = only(Object.entries(world.runtime.queues).filter(([id]) => id.startsWith(prefix)));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body = '' }) => JSON.parse(Body).detail.id);
}

/** What the local IAM has refused to a function. */
const denials = (consumer: string): string[] =>
  world.logs.flatMap((line) => {
    const { message } = JSON.parse(line.startsWith('{') ? line : '{}') as { message?: unknown };
    const [, refused] = new RegExp(`^User: \\S+/Hooks-${consumer}[0-9A-F]{8} is (.*)$`).exec(String(message)) ?? [];
    return refused === undefined ? [] : [refused];
  });
const denial = (connection: string, id: string) =>
  expect.stringMatching(
    new RegExp(
      `^not authorized to perform: s3:GetObject on resource: arn:aws:s3:::hooks-gatewaybodiesbucket\\w+/keep-30/${world.runtime.outputs[`${connection}Id`]}/${id}/\\w+ because no identity-based policy allows the s3:GetObject action$`,
    ),
  );

/** Lets the visibility timeout pass of what a function has failed on. */
async function passTimeout(): Promise<void> {
  world.clock.ahead += 120_000;
  await world.runtime.settled();
}

test('with grantReadBodies, a function that a rule calls and one behind a queue read large bodies', async () => {
  const id = await sendTo('orders', large);
  expect([await notedSize('Reader', id), await notedSize('ReaderOfQueue', id)]).toEqual([300_011, 300_011]);
  expect([denials('Reader'), denials('ReaderOfQueue')]).toEqual([[], []]);
});

test('a function has the URL of a connection of its stack', async () => {
  const id = await sendTo('orders', small);
  await notedSize('Reader', id);
  const { endpoint } = await ok(world, 'GET', '/v1/connections/orders');
  expect((await noted('Reader', id))?.['url']).toEqual({ S: (endpoint as { url: string }).url });
});

test('the body of another connection is denied: the message comes again alone, and is then a dead letter', async () => {
  const [refused, own, other] = [
    await sendTo('returns', large),
    await sendTo('orders', large),
    await sendTo('returns', small),
  ];
  expect([await notedSize('ReaderOfQueue', own), await notedSize('ReaderOfQueue', other)]).toEqual([300_011, 12]);
  await waitUntil('the first attempt is denied', () => denials('ReaderOfQueue').length === 1);
  await passTimeout();
  expect(denials('ReaderOfQueue')).toEqual([denial('returns', refused), denial('returns', refused)]);
  await passTimeout();
  expect(await eventsIn('ReaderFailed')).toEqual([refused]);
  expect([denials('ReaderOfQueue').length, await noted('ReaderOfQueue', refused)]).toEqual([2, undefined]);
});

test('onWebhook alone permits no body: its function gets small webhooks, and each large one is denied', async () => {
  const [refused, handled] = [await sendTo('visits', large), await sendTo('visits', small)];
  expect(await notedSize('Stranger', handled)).toBe(12);
  // The rule's call is repeated twice, and the message comes again once.
  await waitUntil('the first attempts are denied', () => denials('Stranger').length === 4);
  await passTimeout();
  expect(denials('Stranger')).toEqual(new Array(5).fill(denial('visits', refused)));
  await passTimeout();
  expect(await eventsIn('StrangerFailed')).toEqual([refused]);
  expect(world.logs.join('\n')).toContain('did not process an event (AccessDenied). The event was given up');
  expect(await noted('Stranger', refused)).toBeUndefined();
  // What a function itself fails on is no dead letter of the rule.
  expect(await eventsIn('GatewayOnWebhookStrangerCalledDeadLetters')).toEqual([]);
});
