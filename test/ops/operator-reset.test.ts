import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { tokenDigest } from '../../shared/credential/token.ts';

interface DynamoDbCall {
  action: string;
  input: { TableName: string; Item?: { record: { S: string } } };
}

let calls: DynamoDbCall[] = [];
/** The roster in the table, as JSON. */
let stored: string | undefined;
/** How many of the next writes another operator wins. */
let lostWrites = 0;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function dynamodb(action: string, input: DynamoDbCall['input']): [status: number, answer: object] {
  calls.push({ action, input });
  if (action === 'GetItem') return [200, stored === undefined ? {} : { Item: { record: { S: stored } } }];
  if (lostWrites-- > 0) return [400, { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException' }];
  stored = input.Item?.record.S;
  return [200, {}];
}

const identity = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
  <Arn>arn:aws:sts::111111111111:assumed-role/oncall/ada</Arn></GetCallerIdentityResult></GetCallerIdentityResponse>`;

/** Stands in for Lambda, STS and DynamoDB. */
const aws = createServer(async (request, response) => {
  const body = await bodyOf(request);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const [status, answer] = dynamodb(target.split('.')[1] ?? '', JSON.parse(body));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(answer));
  } else if (request.url?.includes('/functions')) {
    const Environment = { Variables: { STATE_TABLE: 'state-of-prod' } };
    response.end(JSON.stringify({ Functions: [{ FunctionName: 'hooklatch-prod-operators', Environment }] }));
  } else response.writeHead(200, { 'content-type': 'text/xml' }).end(identity);
});
beforeAll(() => new Promise<void>((resolve) => aws.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise((resolve) => aws.close(resolve)));
beforeEach(() => {
  calls = [];
  stored = undefined;
  lostWrites = 0;
});

async function reset(...flags: string[]) {
  const env = {
    PATH: process.env['PATH'],
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: `http://127.0.0.1:${(aws.address() as AddressInfo).port}`,
  };
  const command = spawn(process.execPath, ['ops/operator-reset.ts', ...flags], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const written: string[] = [];
  for (const stream of [command.stdout, command.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => written.push(text));
  const exitCode = await new Promise<number | null>((resolve) => command.once('close', resolve));
  const text = written.join('');
  return { exitCode, text, token: /^hlo_\w{49}/.exec(text)?.[0] ?? '' };
}

const ada = {
  id: 'op_ada',
  name: 'ada',
  role: 'connection_admin',
  digest: 'd1',
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'bootstrap',
};

test('a reset adds an admin without an expiry, in the name of the caller, and prints its token', async () => {
  const { exitCode, text, token } = await reset('--stage', 'prod');
  expect(exitCode).toBe(0);
  expect(calls.map(({ action, input }) => [action, input.TableName])).toEqual([
    ['GetItem', 'state-of-prod'],
    ['PutItem', 'state-of-prod'],
  ]);
  const by = 'iam:arn:aws:sts::111111111111:assumed-role/oncall/ada';
  expect(JSON.parse(stored ?? '')).toEqual({
    version: 1,
    operators: [
      {
        id: expect.stringMatching(/^op_[0-9a-f-]{36}$/),
        name: 'reset',
        role: 'connection_admin',
        digest: tokenDigest(token).toString('hex'),
        createdAt: expect.any(String),
        createdBy: by,
      },
    ],
    entry: expect.objectContaining({ verb: 'resetOperators', by, revoked: [] }),
  });
  expect(stored).not.toContain(token);
  const said = 'This is the token of the new admin reset. It is shown only once. 0 operators were revoked.';
  expect(text).toBe(`${token}\n\n${said}\n`);
});

test.each([
  ['keeps the other operators', [], ['ada', 'grace']],
  ['revokes all other operators on request', ['--revoke-all'], ['grace']],
])('a reset %s', async (_, flags, names) => {
  stored = JSON.stringify({ version: 4, operators: [ada], bootstrapClosedAt: '2026-02-01T00:00:00.000Z' });
  expect((await reset('--stage', 'prod', '--name', 'grace', ...flags)).exitCode).toBe(0);
  const { version, operators, bootstrapClosedAt } = JSON.parse(stored);
  expect(operators.map(({ name }: { name: string }) => name)).toEqual(names);
  expect([version, bootstrapClosedAt]).toEqual([5, '2026-02-01T00:00:00.000Z']);
});

test('a reset that revokes all others closes an open bootstrap token in the same write', async () => {
  stored = JSON.stringify({ version: 4, operators: [ada] });
  const { text } = await reset('--stage', 'prod', '--revoke-all');
  expect(calls.filter(({ action }) => action === 'PutItem')).toHaveLength(1);
  const { operators, bootstrapClosedAt, entry } = JSON.parse(stored);
  expect(operators.map(({ name }: { name: string }) => name)).toEqual(['reset']);
  expect(bootstrapClosedAt).toBe(entry.at);
  expect(entry).toMatchObject({ verb: 'resetOperators', revoked: ['op_ada'], bootstrapClosed: true });
  expect(text).toContain('1 operators were revoked. The bootstrap token is closed.');
  expect(text).toContain('does not stop an admin of an OpenID Connect issuer');
});

test('a reset starts again if another operator changes the list first', async () => {
  lostWrites = 1;
  expect((await reset('--stage', 'prod')).exitCode).toBe(0);
  // A refused write is followed by a read, in case the write was the command's own.
  expect(calls.map(({ action }) => action)).toEqual(['GetItem', 'PutItem', 'GetItem', 'GetItem', 'PutItem']);
});

test('a reset explains an unknown stage, and writes nothing', async () => {
  const { exitCode, text } = await reset('--stage', 'test');
  expect([exitCode, text]).toEqual([
    1,
    'No function of the stack hooklatch-test is in this account and region; check --stage, --region and your credentials (--help shows the options)\n',
  ]);
  expect(calls).toEqual([]);
});
