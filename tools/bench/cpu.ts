/** The CPU time of our own code for an accepted webhook: all that the functions do, except for the SDK's calls. */
import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { originCheck } from '../../shared/endpoints/credential/request-origin.ts';
import { digestReader } from '../../shared/endpoints/credential/secret-store.ts';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import type { Connection } from '../../shared/endpoints/endpoint/connection.ts';
import { stateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import { randomEventId } from '../../shared/events/event/event-id.ts';
import { defaultShards, eventTable } from '../../shared/events/event/event-table.ts';
import {
  compressedPayload,
  type PayloadContent,
  packPayload,
  unpackPayload,
} from '../../shared/events/event/payload-compression.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import { type Figure, median } from './budget.ts';
import { connection, deliveryWith, knockWith, signedConnection } from './webhook.ts';

const warmUp = 3;
const rounds = 15;
const webhooks = 1_500;

/** Makes a client that answers every call at once, with this answer. */
const answering = <Client>(answer: object): Client => ({ send: async () => answer }) as Client;

/** The first `size` bytes of a large payload from GitHub. */
export function bodyOf(size: number): string {
  const examples = createRequire(import.meta.url)('@octokit/webhooks-examples') as {
    name: string;
    examples: object[];
  }[];
  const push = examples.find((each) => each.name === 'push')?.examples[0];
  return JSON.stringify(push).slice(0, size);
}

const signatureOf = (body: string, secret: string): Record<string, string> => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
});

/** Prepares the two calls that API Gateway makes for an accepted webhook: one of authorize and one of ingest. */
async function accepting(
  size: number,
  connection: Connection,
): Promise<{ authorize(): Promise<unknown>; ingest(): Promise<unknown>; compress(): Promise<unknown> }> {
  // On import, the modules make their live handlers from the environment.
  for (const name of [...variables, 'AWS_REGION']) process.env[name] ??= '1';
  const { authorize } = await import('../../functions/authorize.ts');
  const { ingest } = await import('../../functions/ingest.ts');
  const token = generateToken('hle');
  const item = { record: { S: JSON.stringify(connection) } };
  const surroundings = {
    now: () => new Date(),
    log: (line: object) => void JSON.stringify(line),
    countRejection: async () => {},
    countDuplicate: async () => {},
  };
  const judge = authorize({
    originOf: originCheck([]),
    ...surroundings,
    readConnection: stateTable(answering<DynamoDBClient>({ Item: item }), 'state').readConnection,
    readDigest: digestReader(answering<SecretsManagerClient>({ SecretString: JSON.stringify({ token }) })),
  });
  let stored: Uint8Array = new Uint8Array();
  const table = {
    async send({ input }: PutItemCommand) {
      stored = input.Item?.['payload']?.B ?? stored;
      return {};
    },
  };
  const { append } = eventTable(table as unknown as DynamoDBClient, 'events', defaultShards);
  const keep = ingest({
    ...surroundings,
    append,
    putBody: async () => {},
    countHandshake: async () => {},
    deliverSecret: async () => undefined,
    confirm: async () => undefined,
    readSigningSecret: async () => token,
    certificate: async () => 'certificate_refused',
    publicUrl: 'https://hooks.example.com',
    newId: () => randomEventId(),
  });
  const body = bodyOf(size);
  const signature = connection === signedConnection ? signatureOf(body, token) : {};
  const knock = knockWith(token, signature);
  const { context } = await judge(knock);
  const delivery = deliveryWith(token, body, JSON.parse(JSON.stringify(context)), signature);
  const { statusCode } = await keep(delivery);
  if (statusCode !== 202) throw new Error(`the webhook was answered ${statusCode}`);
  const isCompressed = stored[0] !== 0;
  const payload = packPayload(unpackPayload(stored) as PayloadContent);
  const compress = async () => (isCompressed ? compressedPayload(payload) : undefined);
  return { authorize: () => judge(knock), ingest: () => keep(delivery), compress };
}

/** The CPU time of a call, in µs. */
async function cpuOf(call: () => Promise<unknown>): Promise<number> {
  const began = process.cpuUsage();
  for (let n = 0; n < webhooks; n += 1) await call();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / webhooks;
}

/**
 * Measures the CPU time of each function for a webhook of this size. Takes the median of several rounds. The rounds
 * that warm up the process are not counted.
 */
async function measured(size: number, of = connection): Promise<{ value: number; shown: string }> {
  const { authorize, ingest, compress } = await accepting(size, of);
  const times: { authorize: number; ingest: number; compress: number }[] = [];
  for (let round = -warmUp; round < rounds; round += 1) {
    const taken = {
      authorize: await cpuOf(authorize),
      ingest: await cpuOf(ingest),
      compress: await cpuOf(compress),
    };
    if (round >= 0) times.push(taken);
  }
  const [judged, all, compressing] = (['authorize', 'ingest', 'compress'] as const).map((what) =>
    median(times.map((each) => each[what])),
  ) as [number, number, number];
  const kept = all - compressing;
  const value = judged + kept;
  const parts = `authorize ${judged.toFixed(1)}, ingest ${kept.toFixed(1)}; compression ${compressing.toFixed(1)}`;
  return { value, shown: `${value.toFixed(1)} µs (${parts})` };
}

/**
 * The CPU time of our own code for an accepted webhook, in a warm process. Compression is not counted: a webhook is compressed
 * only if that saves a write unit, which costs more than the CPU time.
 */
export async function cpu(): Promise<Figure[]> {
  return [
    { what: 'own CPU of a webhook of 1 KB', ...(await measured(1024)), budget: { most: 50, shown: '50 µs' } },
    { what: 'own CPU of a signed webhook of 1 KB', ...(await measured(1024, signedConnection)) },
    { what: 'own CPU of a webhook of 4 KB', ...(await measured(4096)) },
  ];
}
