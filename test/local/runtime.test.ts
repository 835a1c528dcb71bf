import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, jest, test } from '@jest/globals';
import type { AwsCall } from '../../local/aws/local-aws.ts';
import { synthesize } from '../../local/cloudformation/synthesis.ts';
import { type Runtime, startRuntime } from '../../local/runtime.ts';
import type { RuntimeOptions } from '../../local/runtime-options.ts';
import { StartError } from '../../local/start/start-error.ts';
import { readiness } from '../e2e/given-process.ts';
import { every, testInFull } from '../support/full-counts.ts';
import { waitUntil } from '../support/wait-until.ts';
import { echo, type Fixture, givenAssembly, givenRuntime, temporaryFolder } from './assembly-fixture.ts';
import { send } from './http-client.ts';

/** Stores the body in a table and reads it back, with the permissions of its role. */
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
    const calls: AwsCall[] = [];
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

  test('denies calls that the policies of a role do not allow', async () => {
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

  test('lets running requests finish when it closes, and can be closed twice', async () => {
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

  test('keeps the lock of its folder until its services have ended', async () => {
    const dataDir = temporaryFolder();
    const runtime = await givenRuntime({}, { dataDir });
    // The services wait for a client that has sent half of a request.
    const { port, hostname } = new URL(runtime.aws.url);
    const client = connect(Number(port), hostname, () => client.write('POST / HTTP/1.1\r\n'));
    client.on('error', () => undefined);
    await once(client, 'ready');
    const closing = runtime.close();
    const isLocked = [];
    for (let look = 0; look < 5; look += 1) {
      await wait(20);
      isLocked.push(existsSync(join(dataDir, 'lock')));
    }
    client.destroy();
    await closing;
    expect([isLocked, existsSync(join(dataDir, 'lock'))]).toEqual([Array(5).fill(true), false]);
  });

  test('refuses a busy port, and leaves nothing behind', async () => {
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
  test('is private to its user', async () => {
    const dataDir = join(temporaryFolder(), 'deep', 'data');
    const runtime = await givenRuntime({}, { dataDir });
    await runtime.close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  test('is hidden from git by its own .gitignore, and an existing .gitignore is kept', async () => {
    const repository = temporaryFolder();
    const git = (...args: string[]) => spawnSync('git', ['-C', repository, ...args], { encoding: 'utf8' }).stdout;
    git('init', '--quiet');
    writeFileSync(join(repository, 'code'), '');
    const dataDir = join(repository, 'elsewhere', 'data');
    await (await givenRuntime({}, { dataDir })).close();
    expect(git('status', '--porcelain', '--untracked-files=all')).toBe('?? code\n');
    writeFileSync(join(dataDir, '.gitignore'), '*\n!forward.json\n');
    await (await givenRuntime({}, { dataDir })).close();
    expect(readFileSync(join(dataDir, '.gitignore'), 'utf8')).toBe('*\n!forward.json\n');
  });

  test('is made private if it was open to others', async () => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o755);
    const runtime = await givenRuntime({}, { dataDir });
    await runtime.close();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  });

  describe('that was copied while a runtime used it', () => {
    const refusal = (copy: string, port: string): string =>
      `The data folder ${copy} was copied while process ${process.pid} (port ${port}) used it, or after that process was killed: ` +
      'recent writes may be missing or incomplete in the copy. Stop that runtime and copy the folder again ' +
      `(docs/backup-and-restore.md), or remove ${join(copy, 'lock')} to start with the copy as it is`;

    test('is refused as a copy until its lock is removed, even if the original has stopped', async () => {
      const [dataDir, copy] = [temporaryFolder(), temporaryFolder()];
      const original = await givenRuntime({}, { dataDir });
      const line = refusal(copy, new URL(original.url).port);
      cpSync(dataDir, copy, { recursive: true });
      await expect(givenRuntime({}, { dataDir: copy })).rejects.toThrow(new StartError(line));
      await original.close();
      await expect(givenRuntime({}, { dataDir: copy })).rejects.toThrow(new StartError(line));
      rmSync(join(copy, 'lock'));
      const runtime = await givenRuntime({}, { dataDir: copy });
      await expect(givenRuntime({}, { dataDir: copy })).rejects.toThrow(`The data folder ${copy} is in use by process`);
      await runtime.close();
    });

    test('is refused as a copy even at the path of the original', async () => {
      const dataDir = join(temporaryFolder(), 'data');
      const original = await givenRuntime({}, { dataDir });
      cpSync(dataDir, `${dataDir}-copy`, { recursive: true });
      await original.close();
      renameSync(dataDir, `${dataDir}-old`);
      renameSync(`${dataDir}-copy`, dataDir);
      const line = refusal(dataDir, new URL(original.url).port);
      await expect(givenRuntime({}, { dataDir })).rejects.toThrow(new StartError(line));
    });

    test('can still be used, because only the copy is refused', async () => {
      const [dataDir, copy] = [temporaryFolder(), temporaryFolder()];
      const original = await givenRuntime({}, { dataDir });
      cpSync(dataDir, copy, { recursive: true });
      await original.close();
      const runtime = await givenRuntime({}, { dataDir });
      await runtime.close();
    });
  });

  test('can be copied and used after its runtime has stopped', async () => {
    const [dataDir, copy] = [temporaryFolder(), temporaryFolder()];
    await (await givenRuntime({}, { dataDir })).close();
    cpSync(dataDir, copy, { recursive: true });
    await (await givenRuntime({}, { dataDir: copy })).close();
  });

  describe('if it contains files but no Hooklatch data', () => {
    const holding = (...names: string[]): string => {
      const folder = temporaryFolder();
      chmodSync(folder, 0o755);
      for (const name of names) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), '');
      }
      return folder;
    };

    test.each([
      [['notes.txt'], 'notes.txt'],
      [['.hidden'], '.hidden'],
      [['empty\nline'], 'empty\\nline'],
      [['.git/HEAD', 'secrets/key', 'dynamodb/table.json', 'lock'], '.git'],
      [['.DS_Store', 'projects/a'], 'projects'],
    ])('is refused before anything is written: %j', async (names, named) => {
      const dataDir = holding(...names);
      const before = readdirSync(dataDir, { recursive: true });
      await expect(givenRuntime({}, { dataDir })).rejects.toThrow(
        new StartError(
          `The data folder ${dataDir} can't be used: it contains "${named}" and no Hooklatch data. ` +
            'Choose an empty or a new folder with --data',
        ),
      );
      expect([readdirSync(dataDir, { recursive: true }), statSync(dataDir).mode & 0o777]).toEqual([before, 0o755]);
    });

    test.each([[[]], [['.DS_Store']], [['.gitkeep', 'Thumbs.db']]])(
      'is accepted if its only files are %j',
      async (names) => {
        await (await givenRuntime({}, { dataDir: holding(...names) })).close();
      },
    );

    test('is accepted if a failed start left the files', async () => {
      await (await givenRuntime({}, { dataDir: holding('assembly/cdk.out', 'lock.123') })).close();
    });
  });

  test('is still accepted if somebody adds a file to it', async () => {
    const dataDir = temporaryFolder();
    await (await givenRuntime({}, { dataDir })).close();
    writeFileSync(join(dataDir, 'notes.txt'), '');
    await (await givenRuntime({}, { dataDir })).close();
  });

  describe('if there is another data folder', () => {
    const aDataFolder = async (dataDir: string): Promise<string> => {
      await (await givenRuntime({}, { dataDir })).close();
      return dataDir;
    };

    test.each([
      ['inside it', 'inner'],
      ['deep inside it', 'deep/inner'],
    ])('is refused %s, before anything is created', async (_, path) => {
      const outer = realpathSync(await aDataFolder(temporaryFolder()));
      const before = readdirSync(outer);
      const dataDir = join(outer, path);
      const line = `The data folder ${dataDir} can't be used: it is inside the data folder ${outer}. Choose another folder with --data`;
      await expect(givenRuntime({}, { dataDir })).rejects.toThrow(new StartError(line));
      expect(readdirSync(outer)).toEqual(before);
    });

    test('is refused if the other was copied into it, because either could be meant', async () => {
      const dataDir = await aDataFolder(join(temporaryFolder(), 'data'));
      const backup = await aDataFolder(join(temporaryFolder(), 'backup'));
      cpSync(backup, join(dataDir, 'backup'), { recursive: true });
      const line =
        `The data folder ${dataDir} contains another data folder, "backup": a copy lands there if the folder exists already. ` +
        `To start with the copy, put it in the place of ${dataDir}. To start with ${dataDir} as it is, move the copy elsewhere`;
      await expect(givenRuntime({}, { dataDir })).rejects.toThrow(new StartError(line));
      renameSync(join(dataDir, 'backup'), `${dataDir}-backup`);
      await aDataFolder(dataDir);
    });

    test('is accepted next to it', async () => {
      const folder = temporaryFolder();
      for (const name of ['one', 'two']) await aDataFolder(join(folder, name));
    });
  });

  test('stays locked when it is moved', async () => {
    const dataDir = join(temporaryFolder(), 'data');
    const runtime = await givenRuntime({}, { dataDir });
    renameSync(dataDir, `${dataDir}-moved`);
    await expect(givenRuntime({}, { dataDir: `${dataDir}-moved` })).rejects.toThrow('is in use by process');
    renameSync(`${dataDir}-moved`, dataDir);
    await runtime.close();
  });

  test('is used by one runtime at a time', async () => {
    const dataDir = temporaryFolder();
    const runtime = await givenRuntime({}, { dataDir });
    const { port } = new URL(runtime.url);
    await expect(givenRuntime({}, { dataDir })).rejects.toThrow(
      `The data folder ${dataDir} is in use by process ${process.pid} (port ${port})`,
    );
    await runtime.close();
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  // Only Linux shows a zombie process without another program.
  const onLinux = process.platform === 'linux' ? test : test.failing;
  onLinux('takes over the lock of a killed process that is still a zombie', async () => {
    // exec replaces the shell by a program that does not wait for the shell's child. The child then ends and becomes a
    // zombie.
    const parent = spawn('sh', ['-c', 'sleep 0.5 & echo $!; exec sleep 60'], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      const pid = Number(
        await new Promise<string>((resolve) => parent.stdout.once('data', (text) => resolve(`${text}`))),
      );
      const state = () => readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0];
      await waitUntil('the process is a zombie', () => state() === 'Z', 10);
      const dataDir = temporaryFolder();
      writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid, port: 3000 }));
      await givenRuntime({}, { dataDir });
      expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    } finally {
      parent.kill();
    }
  });

  test('does not take over the lock of a process of another user', async () => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'lock'), JSON.stringify({ pid: process.ppid, port: 3000 }));
    const kill = jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('not permitted'), { code: 'EPERM' });
    });
    await expect(givenRuntime({}, { dataDir })).rejects.toThrow(`is in use by process ${process.ppid} (port 3000)`);
    kill.mockRestore();
  });

  test("takes over the lock of a killed process if a machine restart changed the folder's device number", async () => {
    const dataDir = temporaryFolder();
    const folder = `0:${statSync(dataDir, { bigint: true }).ino}`;
    const lock = { pid: process.pid, port: 3000, startedAt: '1', folder, path: realpathSync(dataDir) };
    writeFileSync(join(dataDir, 'lock'), JSON.stringify(lock));
    const runtime = await givenRuntime({}, { dataDir });
    await runtime.close();
  });

  test.each([
    ['of a process that has ended', JSON.stringify({ pid: spawnSync(process.execPath, ['-v']).pid, port: 3000 })],
    ['of a process id that another program has now', JSON.stringify({ pid: process.pid, port: 3000, startedAt: '1' })],
    ['that is not JSON', '???'],
    ['without a valid process id', '{"pid":0}'],
  ])('takes over a lock %s', async (_, lock) => {
    const dataDir = temporaryFolder();
    writeFileSync(join(dataDir, 'lock'), lock);
    const runtime = await givenRuntime({}, { dataDir });
    expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
    await runtime.close();
  });
});

describe('synthesizing', () => {
  /** An app that counts its runs and writes its context into a file. `code` runs first. */
  function givenApp(code = ''): string {
    const project = temporaryFolder();
    for (const folder of ['infra', 'functions', 'shared/deep']) mkdirSync(join(project, folder), { recursive: true });
    const app = `
      import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
      ${code}
      const { CDK_OUTDIR, CDK_CONTEXT_JSON } = process.env as Record<string, string>;
      appendFileSync('runs', 'x');
      mkdirSync(CDK_OUTDIR + '/asset.1');
      writeFileSync(CDK_OUTDIR + '/asset.1/index.js', 'code');
      writeFileSync(CDK_OUTDIR + '/context', CDK_CONTEXT_JSON);`;
    writeFileSync(join(project, 'infra', 'app.ts'), app);
    writeFileSync(join(project, 'shared/deep/noun.ts'), 'first');
    writeFileSync(join(project, 'cdk.json'), '{"app":"node infra/app.ts","context":{"stage":"test"}}');
    return project;
  }
  const ownContext = '{"stage":"test","hooklatch:withoutStageFile":true,"allowPrivate":["127.0.0.0/8","::1/128"]}';
  const runsOf = (project: string): number => readFileSync(join(project, 'runs'), 'utf8').length;
  const cacheOf = (project: string): string => join(project, 'node_modules', '.cache', 'hooklatch');
  const filesIn = (folder: string) => readdirSync(folder, { recursive: true }).sort();
  const whole = ['asset.1', 'asset.1/index.js', 'context'];

  test('runs the app with its context, into an empty folder', async () => {
    const project = givenApp();
    const outDir = join(project, 'out');
    mkdirSync(outDir);
    writeFileSync(join(outDir, 'stale'), '');
    await synthesize(project, outDir);
    expect(readFileSync(join(outDir, 'context'), 'utf8')).toBe(ownContext);
    expect(filesIn(outDir)).toEqual(whole);
  });

  test.each([
    ['a text', '10.0.0.0/8,fd00::/8'],
    ['a list', ['10.0.0.0/8', 'fd00::/8']],
  ])('allows the addresses of this machine besides those of the context, as %s', async (_, allowPrivate) => {
    const project = givenApp();
    const context = { stage: 'test', allowPrivate };
    writeFileSync(join(project, 'cdk.json'), JSON.stringify({ app: 'node infra/app.ts', context }));
    await synthesize(project, join(project, 'out'));
    expect(JSON.parse(readFileSync(join(project, 'out', 'context'), 'utf8'))).toEqual({
      stage: 'test',
      'hooklatch:withoutStageFile': true,
      allowPrivate: ['10.0.0.0/8', 'fd00::/8', '127.0.0.0/8', '::1/128'],
    });
  });

  test('shows the output of a failed app, and runs the app again the next time', async () => {
    const project = givenApp("appendFileSync('runs', 'x'); console.error('the stage is unknown'); process.exit(4);");
    for (const _ of [1, 2]) {
      await expect(synthesize(project, join(project, 'out'))).rejects.toThrow(
        'The CDK app could not be synthesized (4):\nthe stage is unknown',
      );
    }
    expect(runsOf(project)).toBe(2);
  });

  test('uses the last synthesis if only the output folder has changed, not the app', async () => {
    const project = givenApp();
    const outDir = join(project, 'out');
    const stages: string[] = [];
    const onStage = (line: string) => void stages.push(line);
    await synthesize(project, outDir, { onStage });
    rmSync(join(outDir, 'context'));
    writeFileSync(join(outDir, 'stale'), '');
    await synthesize(project, outDir, { onStage });
    await synthesize(project, join(project, 'other'), { onStage });
    expect([filesIn(outDir), filesIn(join(project, 'other'))]).toEqual([whole, whole]);
    expect(runsOf(project)).toBe(1);
    expect(stages).toEqual([
      'Synthesizing the app …',
      'The app has not changed: using its last synthesis',
      'The app has not changed: using its last synthesis',
    ]);
  });

  const reasons: [string, (project: string) => void][] = [
    ['a file is changed', (project) => writeFileSync(join(project, 'shared/deep/noun.ts'), 'other')],
    ['a file is deleted', (project) => rmSync(join(project, 'shared/deep/noun.ts'))],
    ['a file is renamed', (project) => renameSync(join(project, 'shared/deep'), join(project, 'shared/low'))],
    ['a file is added', (project) => writeFileSync(join(project, 'functions/new.ts'), '')],
    ['the context differs', (project) => writeFileSync(join(project, 'cdk.json'), '{"context":{"stage":"prod"}}')],
    ['a dependency differs', (project) => writeFileSync(join(project, 'package-lock.json'), '{}')],
    ['other packages are installed', (project) => writeFileSync(join(project, 'node_modules/.package-lock.json'), '')],
    ['the kept synthesis is damaged', (project) => damage(cacheOf(project), (file) => writeFileSync(file, 'cod'))],
    ['the kept synthesis is incomplete', (project) => damage(cacheOf(project), (file) => rmSync(file))],
    ['no synthesis was kept', (project) => rmSync(cacheOf(project), { recursive: true })],
  ];

  test.each(every(5, reasons))('runs the app again if %s', async (_, change) => {
    const project = givenApp();
    const outDir = join(project, 'out');
    await synthesize(project, outDir);
    change(project);
    await synthesize(project, outDir);
    expect(runsOf(project)).toBe(2);
    expect(readFileSync(join(outDir, 'asset.1/index.js'), 'utf8')).toBe('code');
  });

  function damage(cache: string, change: (file: string) => void): void {
    for (const name of readdirSync(cache)) change(join(cache, name, 'asset.1/index.js'));
  }

  test('keeps nothing of a run that was killed', async () => {
    const project = givenApp(`
      import { existsSync } from 'node:fs';
      const isFirst = !existsSync('runs');
      if (isFirst) {
        appendFileSync('runs', 'x');
        writeFileSync(process.env.CDK_OUTDIR + '/context', 'half');
        process.kill(process.pid, 'SIGKILL');
      }`);
    const outDir = join(project, 'out');
    await expect(synthesize(project, outDir)).rejects.toThrow('could not be synthesized (SIGKILL)');
    expect(existsSync(outDir)).toBe(false);
    await synthesize(project, outDir);
    expect(filesIn(outDir)).toEqual(whole);
    expect(runsOf(project)).toBe(2);
  });

  testInFull('keeps only the last six syntheses, in private folders', async () => {
    const project = givenApp();
    for (let version = 0; version < 8; version += 1) {
      writeFileSync(join(project, 'shared/deep/noun.ts'), `version ${version}`);
      await synthesize(project, join(project, 'out'));
    }
    const kept = readdirSync(cacheOf(project));
    const folders = [cacheOf(project), join(project, 'out'), join(project, 'out/asset.1')];
    expect(kept.length).toBe(6);
    expect(folders.map((folder) => statSync(folder).mode & 0o777)).toEqual([0o700, 0o700, 0o700]);
  });

  test('an assembly without the console is not kept', async () => {
    const project = givenApp();
    const outDir = join(project, 'out');
    const leavingOut = { leaveOutUnbuiltConsole: true };
    expect(await synthesize(project, outDir, leavingOut)).toBe(false);
    expect(readFileSync(join(outDir, 'context'), 'utf8')).toContain('"hooklatch:leaveOutUnbuiltConsole":true');
    expect(await synthesize(project, outDir)).toBe(true);
    expect(readFileSync(join(outDir, 'context'), 'utf8')).toBe(ownContext);
    expect(runsOf(project)).toBe(2);
    expect(await synthesize(project, outDir, leavingOut)).toBe(true);
    expect(runsOf(project)).toBe(2);
  });

  testInFull('an assembly with the console is kept, also if the console could be left out', async () => {
    const project = givenApp(`
      mkdirSync(process.env.CDK_OUTDIR + '/asset.2/sites/console', { recursive: true });
      writeFileSync(process.env.CDK_OUTDIR + '/asset.2/sites/console/index.html', '');`);
    for (const _ of [1, 2])
      expect(await synthesize(project, join(project, 'out'), { leaveOutUnbuiltConsole: true })).toBe(true);
    expect(runsOf(project)).toBe(1);
  });

  testInFull('works if no synthesis can be kept', async () => {
    const project = givenApp();
    mkdirSync(join(project, 'node_modules', '.cache'), { recursive: true });
    writeFileSync(cacheOf(project), 'a file');
    for (const _ of [1, 2]) await synthesize(project, join(project, 'out'));
    expect(filesIn(join(project, 'out'))).toEqual(whole);
    expect(runsOf(project)).toBe(2);
  });
});

describe('an assembly with other code', () => {
  const saying = (text: string) =>
    `exports.handler = async () => ({ statusCode: 200, body: '${text} ' + Math.random() });`;
  const routes = ['Kept', 'Changed'].map((to) => ({ key: `GET /${to}`, to }));
  const functions = { Kept: saying('kept'), Changed: saying('first') };

  test('replaces the code of the functions that differ in it', async () => {
    const constant = `const start = Math.random(); exports.handler = async () => ({ statusCode: 200, body: String(start) });`;
    const runtime = await givenRuntime({ functions: { ...functions, Kept: constant }, routes });
    const textOf = async (path: string) => (await send(runtime.url, { path })).text;
    const kept = await textOf('/Kept');
    expect(await textOf('/Changed')).toMatch(/^first /);
    const properties = { Code: { S3Bucket: 'assets', S3Key: 'Other.zip' } };
    const other = givenAssembly({
      functions: { Kept: constant, Changed: saying('unused'), Other: saying('second') },
      functionProperties: { Changed: properties },
      routes,
    });
    await runtime.replaceCode(other);
    expect(await textOf('/Changed')).toMatch(/^second /);
    expect(await textOf('/Kept')).toBe(kept);
  });

  test('can be answered for, until it is there', async () => {
    const answer = { status: 503, headers: [['x-a', 'b'] as [string, string]], body: Buffer.from('not yet') };
    const answerFirst = ({ rawPath }: { rawPath: string }) => (rawPath === '/Changed' ? answer : undefined);
    const runtime = await givenRuntime({ functions, routes }, { answerFirst });
    const { status, headers, text } = await send(runtime.url, { path: '/Changed' });
    expect([status, headers['x-a'], text]).toEqual([503, 'b', 'not yet']);
    expect((await send(runtime.url, { path: '/Kept' })).status).toBe(200);
  });
});

// Each case is a process of its own, so `npm test` has some of the flags and of the folders.
describe('npm start', () => {
  const main = fileURLToPath(new URL('../../local/main.ts', import.meta.url));
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', timeout: 60_000 });

  test('prints the URL, the token and an example, then the logs, and stops cleanly', async () => {
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
    expect(out).toContain(`\n  export HOOKLATCH_URL=${url} HOOKLATCH_TOKEN=${token}\n`);
    expect(out).toContain('\n  npm run --silent hooklatch -- connections list\n');
    expect((await send(url, { path: '/a' })).status).toBe(200);
    child.kill('SIGTERM');
    expect([await ended, err]).toEqual([0, '']);
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '')).toMatchObject({ message: { note: 'loaded' } });
  });

  const wrong: [string[], string][] = [
    [['--port', 'x'], '--port must be a number from 0 to 65535, not x\n'],
    [['--port', '70000'], '--port must be a number from 0 to 65535, not 70000\n'],
    [['--nonsense'], "Unknown option '--nonsense' (--help shows the options)\n"],
    [
      ['4000'],
      "Unexpected argument '4000'. Options go after --: npm start -- --port 4000 (--help shows the options)\n",
    ],
    [
      ['--port', '0', '--assembly', '/nowhere', '--data', temporaryFolder()],
      "/nowhere/manifest.json can't be read: is this the folder of a synthesized cloud assembly?\n",
    ],
    [
      ['--port', '0', '--assembly', givenAssembly({}), '--data', temporaryFolder(), '--without', 'Machine'],
      '--without Machine: the stack has no such resource or construct. It has: Api, Stage\n',
    ],
  ];

  test.each(every(4, wrong))('refuses %j in one line', (args, message) => {
    const { status, stderr, stdout } = run(...args);
    expect([status, stderr, stdout]).toEqual([1, message, '']);
  });

  describe('reports in one line, before it synthesizes', () => {
    const start = (...args: string[]) => {
      const { status, stdout, stderr } = run('--port', '0', ...args);
      return { status, stdout, stderr };
    };
    const oneLine = (stderr: string) => ({ status: 1, stdout: '', stderr: `${stderr}\n` });

    testInFull('a busy port', async () => {
      const other = createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as AddressInfo;
      const dataDir = join(temporaryFolder(), 'new');
      const said = start('--port', String(port), '--data', dataDir);
      other.close();
      expect(existsSync(dataDir)).toBe(false);
      expect(said).toEqual(
        oneLine(`Port ${port} is taken by another program. Choose another: npm start -- --port 4000`),
      );
    });

    testInFull('a file in the place of the data folder', () => {
      const file = join(temporaryFolder(), 'data');
      writeFileSync(file, '');
      const line = `The data folder ${file} can't be used: it is a file. Choose another folder with --data`;
      expect(start('--data', file)).toEqual(oneLine(line));
    });

    // Nobody can create a folder there, not even root.
    testInFull("a data folder that can't be created", () => {
      const { status, stdout, stderr } = start('--data', '/proc/hooklatch');
      expect([status, stdout]).toEqual([1, '']);
      expect(stderr).toMatch(
        /^The data folder \/proc\/hooklatch can't be used: .+\. Choose another folder with --data\n$/,
      );
    });

    // A full disk fails at the same point: the folder exists, but nothing can be written to it.
    testInFull("a data folder in which the lock can't be written", () => {
      const dataDir = temporaryFolder();
      mkdirSync(join(dataDir, 'lock'));
      const reason = "its lock can't be written (ERR_FS_EISDIR)";
      const line = `The data folder ${dataDir} can't be used: ${reason}. Choose another folder with --data`;
      expect(start('--data', dataDir)).toEqual(oneLine(line));
    });

    test('a data folder that another process uses', async () => {
      const dataDir = temporaryFolder();
      const runtime = await givenRuntime({}, { dataDir });
      const said = start('--data', dataDir);
      await runtime.close();
      const holder = `process ${process.pid} (port ${new URL(runtime.url).port})`;
      const advice = 'stop that process, or choose another folder with --data';
      expect(said).toEqual(oneLine(`The data folder ${dataDir} is in use by ${holder}: ${advice}`));
    });

    testInFull('a data folder that was copied while a process used it', async () => {
      const [dataDir, copy] = [temporaryFolder(), temporaryFolder()];
      const runtime = await givenRuntime({}, { dataDir });
      cpSync(dataDir, copy, { recursive: true });
      const said = [start('--data', copy)];
      await runtime.close();
      said.push(start('--data', copy));
      const { port } = new URL(runtime.url);
      const line = oneLine(
        `The data folder ${copy} was copied while process ${process.pid} (port ${port}) used it, or after that process was killed: ` +
          'recent writes may be missing or incomplete in the copy. Stop that runtime and copy the folder again ' +
          `(docs/backup-and-restore.md), or remove ${join(copy, 'lock')} to start with the copy as it is`,
      );
      expect(said).toEqual([line, line]);
    });

    testInFull('a folder with other files', () => {
      const dataDir = temporaryFolder();
      writeFileSync(join(dataDir, 'notes.txt'), '');
      const said = start('--data', dataDir);
      const what = 'it contains "notes.txt" and no Hooklatch data. Choose an empty or a new folder with --data';
      expect(said).toEqual(oneLine(`The data folder ${dataDir} can't be used: ${what}`));
      expect(readdirSync(dataDir)).toEqual(['notes.txt']);
    });

    testInFull.each(['dynamodb', 'secrets'])('a file in the place of %s in the data folder', (name) => {
      const dataDir = temporaryFolder();
      writeFileSync(join(dataDir, name), '');
      const { status, stderr } = start('--data', dataDir, '--assembly', givenAssembly(fixture));
      expect(status).toBe(1);
      expect(stderr.split('\n')).toEqual([expect.stringContaining(join(dataDir, name)), '']);
    });
  });

  testInFull('synthesizes only if needed, says so, and leaves a private data folder', async () => {
    const dataDir = temporaryFolder();
    chmodSync(dataDir, 0o755);
    for (const sign of ['Synthesizing the app …|using its last synthesis', 'using its last synthesis']) {
      const child = spawn(process.execPath, [main, '--port', '0', '--data', dataDir]);
      const closed = new Promise((resolve) => child.once('close', resolve));
      const written: string[] = [];
      await readiness(child, written);
      child.kill('SIGINT');
      expect(await closed).toBe(0);
      const out = written.join('');
      const stages = new RegExp(
        `^ +[\\d.]+ s {2}.*(${sign})\\n +[\\d.]+ s {2}Starting tables, .*\\n\\nHooklatch is ready`,
      );
      expect(out).toMatch(stages);
    }
    const names = ['.', ...(readdirSync(dataDir, { recursive: true }) as string[])];
    expect(names).toEqual(expect.arrayContaining(['bus.ndjson', 'dynamodb', 'secrets']));
    // The functions' code and the files of web pages keep the mode that they need in a zip. Their folder is private.
    const own = names.filter((name) => !/^assembly\/asset\.[^/]+\/(index\.js|sites\/.*\.\w+)$/.test(name));
    expect(own.map((name) => statSync(join(dataDir, name)).mode & 0o077)).toEqual(own.map(() => 0));
  });

  test('explains its flags with --help', () => {
    const { status, stdout } = run('--help');
    expect(status).toBe(0);
    for (const flag of ['--port', '--host', '--data', '--assembly']) expect(stdout).toContain(flag);
  });

  testInFull('warns if other machines can reach it', () => {
    const { stderr } = run('--host', '0.0.0.0', '--assembly', '/nowhere', '--data', temporaryFolder());
    expect(stderr).toMatch(/^Warning: --host 0\.0\.0\.0 lets other machines reach this one\.\n/);
  });
});
