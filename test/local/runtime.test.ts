import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Call } from '../../local/aws/aws.ts';
import { type Runtime, type RuntimeOptions, startRuntime } from '../../local/runtime.ts';
import { synthesize } from '../../local/template/synthesis.ts';
import { echo, type Fixture, givenAssembly, givenRuntime, temporaryFolder } from './assembly-fixture.ts';
import { send } from './http-client.ts';

/** Puts the body into a table and reads it back, by the rights that its role has. */
const storing = `
  const { DynamoDBClient, PutItemCommand, GetItemCommand } = require('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  const { TABLE } = process.env;
  exports.handler = async ({ rawPath, body }) => {
    const Key = { pk: { S: rawPath } };
    if (body) await client.send(new PutItemCommand({ TableName: TABLE, Item: { ...Key, body: { S: body } } }));
    const { Item } = await client.send(new GetItemCommand({ TableName: TABLE, Key, ConsistentRead: true }));
    return { stored: Item?.body.S ?? null };
  };`;

const allow = (Action: string) => ({ Effect: 'Allow', Action, Resource: { 'Fn::GetAtt': ['Data', 'Arn'] } });

const fixture: Fixture = {
  functions: { Storing: storing },
  functionProperties: { Storing: { Environment: { Variables: { TABLE: { Ref: 'Data' } } } } },
  routes: [{ key: 'ANY /{name}', to: 'Storing' }],
  resources: {
    Data: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      },
    },
    Bootstrap: {
      Type: 'AWS::SecretsManager::Secret',
      Properties: {
        Name: 'fixture/operator/bootstrap',
        GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true },
      },
    },
    Policy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'storing',
        PolicyDocument: { Version: '2012-10-17', Statement: [allow('dynamodb:PutItem'), allow('dynamodb:GetItem')] },
        Roles: [{ Ref: 'StoringRole' }],
      },
    },
  },
};

const post = (runtime: Runtime, body: string) =>
  send(runtime.url, { method: 'POST', path: '/a', headers: { 'content-type': 'text/plain' }, body });

describe('the runtime', () => {
  test("runs the template's functions with its tables, and keeps what they stored", async () => {
    const options = { assembly: givenAssembly(fixture), dataDir: temporaryFolder() };
    const calls: Call[] = [];
    const first = await startRuntime({ ...options, onCall: (call) => calls.push(call) });
    expect((await post(first, 'kept')).json()).toEqual({ stored: 'kept' });
    await first.close();

    const second = await startRuntime(options);
    const read = (await send(second.url, { path: '/a' })).json();
    await second.close();

    expect(read).toEqual({ stored: 'kept' });
    expect([first.tables, second.secrets]).toEqual([{ Data: 'Fixture-Data' }, first.secrets]);
    expect(calls).toMatchObject([
      { service: 'dynamodb', operation: 'PutItem', principal: 'Fixture-Storing', table: 'Fixture-Data', status: 200 },
      { service: 'dynamodb', operation: 'GetItem', principal: 'Fixture-Storing', consistentRead: true, status: 200 },
    ]);
  });

  test('denies what the policies of a role do not allow', async () => {
    const logs: string[] = [];
    const withoutPut: RuntimeOptions['transformTemplate'] = (template) => {
      const document = template.Resources['Policy']?.Properties?.['PolicyDocument'] as { Statement: unknown[] };
      document.Statement.shift();
      return template;
    };
    const options = { transformTemplate: withoutPut, onLog: (_: string, line: string) => logs.push(line) };
    const runtime = await givenRuntime(fixture, options);
    const response = await post(runtime, 'refused');
    await runtime.close();
    expect([response.status, response.text]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(logs.join('\n')).toContain(
      'is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:000000000000:table/Fixture-Data',
    );
  });

  test('lets requests finish when it is closed, and can be closed twice', async () => {
    const slow =
      'exports.handler = async () => { console.log("begun"); await new Promise((r) => setTimeout(r, 300)); return 1; };';
    const begun = Promise.withResolvers<unknown>();
    const given = { functions: { Slow: slow }, routes: [{ key: 'GET /', to: 'Slow' }] };
    const runtime = await givenRuntime(given, { onLog: begun.resolve });
    const answer = send(runtime.url);
    await begun.promise;
    await Promise.all([runtime.close(), runtime.close()]);
    expect((await answer).status).toBe(200);
    await expect(send(runtime.url)).rejects.toThrow(/ECONNREFUSED/);
  });

  test('refuses a port that is taken, and leaves nothing behind', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const options = { assembly: givenAssembly(fixture), dataDir: temporaryFolder() };
    await expect(startRuntime({ ...options, port })).rejects.toThrow(`Port ${port} is taken`);
    other.close();
    const runtime = await startRuntime(options);
    await runtime.close();
  });
});

describe('the data folder', () => {
  test("is the user's own", async () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    const runtime = await givenRuntime({}, { dataDir });
    await runtime.close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  test('serves one runtime at a time', async () => {
    const dataDir = temporaryFolder();
    const runtime = await givenRuntime({}, { dataDir });
    const { port } = new URL(runtime.url);
    await expect(givenRuntime({}, { dataDir })).rejects.toThrow(
      `The data folder ${dataDir} is in use by process ${process.pid} (port ${port})`,
    );
    await runtime.close();
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  // Only Linux tells a zombie from a process that runs without asking another program.
  const onLinux = process.platform === 'linux' ? test : test.failing;
  onLinux('takes over the lock of a killed process that its parent never asked about', async () => {
    // exec leaves the shell's child to a program that does not wait for it; the child ends after that.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(
        await new Promise<string>((resolve) => parent.stdout.once('data', (text) => resolve(`${text}`))),
      );
      const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
      while (state() !== 'Z') await new Promise((resolve) => setTimeout(resolve, 10));
      const dataDir = temporaryFolder();
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid, port: 3000 }));
      await givenRuntime({}, { dataDir });
      expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    } finally {
      parent.kill();
    }
  });

  test.each([
    ['of a process that is gone', JSON.stringify({ pid: spawnSync(process.execPath, ['-v']).pid, port: 3000 })],
    ['of a pid that was given to another program', JSON.stringify({ pid: process.pid, port: 3000, startedAt: '1' })],
    ['that is no lock', '???'],
    ['of no process', '{"pid":0}'],
  ])('takes over a lock %s', async (_, lock) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'lock'), lock);
    const runtime = await givenRuntime({}, { dataDir });
    expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await runtime.close();
  });
});

describe('synthesizing', () => {
  function givenApp(code: string): string {
    const project = temporaryFolder();
    mkdirSync(join(project, 'infra'));
    writeFileSync(join(project, 'infra', 'app.ts'), code);
    writeFileSync(join(project, 'cdk.json'), '{"app":"node infra/app.ts","context":{"stage":"test"}}');
    return project;
  }

  test('runs the app with its context into an empty folder', async () => {
    const project = givenApp(`
      import { mkdirSync, writeFileSync } from 'node:fs';
      const { CDK_OUTDIR, CDK_CONTEXT_JSON } = process.env as Record<string, string>;
      mkdirSync(CDK_OUTDIR);
      writeFileSync(CDK_OUTDIR + '/context', CDK_CONTEXT_JSON);`);
    const outDir = join(project, 'out');
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'stale'), '');
    await synthesize(project, outDir);
    expect(readFileSync(join(outDir, 'context'), 'utf8')).toBe('{"stage":"test"}');
    expect(existsSync(join(outDir, 'stale'))).toBe(false);
  });

  test('shows what the app wrote when it fails', async () => {
    const project = givenApp("console.error('the stage is unknown'); process.exit(4);");
    await expect(synthesize(project, join(project, 'out'))).rejects.toThrow(
      'The CDK app could not be synthesized (4):\nthe stage is unknown',
    );
  });
});

describe('npm start', () => {
  const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
  const run = (...args: string[]) => spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });

  test('prints how to go on, then logs, and stops cleanly', async () => {
    const data = temporaryFolder();
    const echoing = { ...fixture, functions: { Storing: `console.log({ note: 'loaded' }); ${echo}` } };
    const child = spawn(process.execPath, [main, '--port', '0', '--data', data, '--assembly', givenAssembly(echoing)]);
    let out = '';
    let err = '';
    const ready = new Promise<void>((resolve) => {
      child.stdout.setEncoding('utf8').on('data', (text) => {
        out += text;
        if (out.includes('Ctrl+C')) resolve();
      });
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      err += text;
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    await ready;
    const [, url = ''] = /ready at (\S+)/.exec(out) ?? [];
    const [, token = ''] = /Operator token +([0-9A-Za-z]{48})\n/.exec(out) ?? [];
    expect(out).toContain(data);
    expect(out).toContain(`curl -H 'Authorization: Bearer ${token}' ${url}/v1/connections`);
    expect((await send(url, { path: '/a' })).status).toBe(200);
    child.kill('SIGTERM');
    expect([await ended, err]).toEqual([0, '']);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ message: { note: 'loaded' } });
  });

  test.each([
    [['--port', 'x'], '--port must be a number from 0 to 65535, not x\n'],
    [['--port', '70000'], '--port must be a number from 0 to 65535, not 70000\n'],
    [['--nonsense'], "Unknown option '--nonsense' (--help shows the options)\n"],
    [
      ['--assembly', '/nowhere', '--data', temporaryFolder()],
      "/nowhere/manifest.json can't be read: is this the folder of a synthesized cloud assembly?\n",
    ],
  ])('refuses %j in one line', (args, message) => {
    const { status, stderr, stdout } = run(...args);
    expect([status, stderr, stdout]).toEqual([1, message, '']);
  });

  test('explains itself', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const flag of ['--port', '--host', '--data', '--assembly']) expect(stdout).toContain(flag);
  });

  test('warns when other machines can reach it', () => {
    const { stderr } = run('--host', '0.0.0.0', '--assembly', '/nowhere', '--data', temporaryFolder());
    expect(stderr).toMatch(/^Warning: --host 0\.0\.0\.0 lets other machines reach this one\.\n/);
  });
});
