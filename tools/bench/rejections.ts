/** A flood of bad requests: how many writes it causes, and whether an instance needs more and more memory. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsCall } from '../../local/aws/local-aws.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import { originCheck } from '../../shared/endpoints/credential/request-origin.ts';
import { digestReader } from '../../shared/endpoints/credential/secret-store.ts';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import { rejectionCounter } from '../../shared/events/arrival/rejection-table.ts';
import { variables } from '../../shared/ground/aws/environment.ts';
import type { Figure } from './budget.ts';
import { connection, knockWith } from './webhook.ts';

const requests = 100_000;
const seconds = 60;

/** Bytes in use after a garbage collection. */
function heapUsed(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

/** The authorizer of one instance on a real table, with a clock that the bench sets. */
async function anInstance({ runtime }: Sandbox, client: DynamoDBClient, now: () => Date) {
  // On import, the module makes its live handler from the environment.
  for (const name of [...variables, 'AWS_REGION']) process.env[name] ??= 'bench';
  const { authorize } = await import('../../functions/authorize.ts');
  const [, journal = ''] = Object.entries(runtime.tables).find(([id]) => id.startsWith('Journal')) ?? [];
  const value = { SecretString: JSON.stringify({ token: generateToken('hle') }) };
  return authorize({
    originOf: originCheck([]),
    readConnection: async () => connection,
    readDigest: digestReader({ send: async () => value } as unknown as SecretsManagerClient),
    countRejection: rejectionCounter(client, journal, (line) => console.warn(line)),
    now,
    log: () => {},
  });
}

/**
 * Sends a hundred thousand requests with a wrong token to one instance, within a minute.
 * @param calls where the sandbox adds each call
 */
export async function refusals(sandbox: Sandbox, calls: AwsCall[]): Promise<Figure[]> {
  const { url: endpoint, region, administrator: credentials } = sandbox.runtime.aws;
  const client = new DynamoDBClient({ endpoint, region, credentials });
  const began = Date.UTC(2026, 0, 1, 12);
  let now = new Date(began);
  const refuse = await anInstance(sandbox, client, () => now);
  const knock = knockWith(generateToken('hle'));
  for (let n = 0; n < 1_000; n += 1) await refuse(knock);
  calls.length = 0;
  const before = heapUsed();
  for (let n = 0; n < requests; n += 1) {
    now = new Date(began + 60_000 + Math.floor((n * seconds * 1000) / requests));
    const { isAuthorized } = await refuse(knock);
    if (isAuthorized) throw new Error('a wrong token was let in');
  }
  const grown = (heapUsed() - before) / 1e6;
  client.destroy();
  // Only the writes of this authorizer count. Meanwhile, other principals of the sandbox still write their counts of
  // the events from earlier benches.
  const writes = calls.filter(
    ({ operation, principal }) => operation === 'UpdateItem' && principal === 'administrator',
  ).length;
  const what = `${requests.toLocaleString('en')} bad requests in a minute at one instance`;
  return [
    // The budget is one write a second, and one more for the last rejections of the minute before.
    { what: `writes of ${what}`, value: writes, shown: String(writes), budget: { most: 61, shown: '61' } },
    {
      what: `heap that is still in use after these requests`,
      value: grown,
      shown: `${grown.toFixed(1)} MB`,
      budget: { most: 8, shown: '8 MB' },
    },
  ];
}
