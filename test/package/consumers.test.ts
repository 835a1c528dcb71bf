/** docs/consumers.md and docs/handling-webhooks.md, followed word for word in an empty folder. The packages that it installs are linked, so it needs no registry. */
import { createHmac } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import dynalite from 'dynalite';
import type { StoredEvent } from '../../shared/events/event/event.ts';
import { aLine, aNotification, aQueueMessage, aTopicEvent, linesOf } from '../clients/consumer/given-message.ts';
import { blocksOf, commandsOf, readPage } from '../docs/given-pages.ts';
import { shellCommands } from '../docs/shell-commands.ts';
import { aStoredEvent } from '../shared/events/event/given-event.ts';
import { deliver } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { anEmptyFolder, installedBy, type LinkedApp, type Local, runningLocally } from './given-app.ts';

const pages = ['docs/consumers.md', 'docs/handling-webhooks.md'];
const text = pages.map(readPage).join('\n');
/** The files that the page shows: name → text. */
const files = Object.fromEntries(
  [...text.matchAll(/^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$/gms)].map(([, name = '', content = '']) => [name, content]),
);
/** The other blocks of code, each by a part that no other one has. */
const parts = {
  'consumers.ts': 'addConsumers',
  'middy.js': '@middy/core',
  'once.js': 'hooklatch/consumer/once',
  'table.ts': 'aws-dynamodb',
  'verify.js': 'verify(webhook',
  'types.ts': 'hooklatch/consumer/github',
};
const code = pages
  .flatMap((page) => [...blocksOf(page, 'js'), ...blocksOf(page, 'ts')])
  .filter((block) => !Object.values(files).includes(block));
const blocks = Object.fromEntries(
  Object.entries(parts).map(([name, part]) => [name, code.find((block) => block.includes(part)) ?? '']),
) as Record<keyof typeof parts, string>;

/** All that the page installs, in blocks of commands and in the comments of its code. */
const inComments = [...code.join('\n').matchAll(/\/\/ (npm install .*)$/gm)].flatMap(([, line = '']) =>
  shellCommands(line),
);
const commands = pages.flatMap(commandsOf);
const bundling = commands.find(({ words }) => words.includes('esbuild') && words[0] === 'npx');

let app: LinkedApp;
beforeAll(() => {
  app = anEmptyFolder();
});
afterAll(() => app.remove());

const run = ([program = '', ...args]: readonly string[], env: Record<string, string> = {}): string =>
  app.run(program, args, { CDK_DISABLE_CLI_TELEMETRY: 'true', ...env });
const synth = (file = 'app.ts') => run(['npx', 'cdk', 'synth', '--quiet', '--app', `node ${file}`]);
/** Bundles a handler of the page by the page's command. @returns the size of the bundle in bytes */
function bundle(file: string, ...more: string[]): number {
  run([...(bundling?.words ?? []).map((word) => (word === 'handler.js' ? file : word)), ...more]);
  return statSync(join(app.folder, 'dist/index.mjs')).size;
}

/** What the compiler says about files of the page, as a module of a strict app. */
function typeErrors(...names: string[]): string {
  const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true };
  const types = { typeRoots: [join(process.cwd(), 'node_modules/@types')], types: ['node'] };
  app.write('tsconfig.json', JSON.stringify({ compilerOptions: { ...compilerOptions, ...types }, files: names }));
  try {
    return run([join(process.cwd(), 'node_modules/.bin/tsc'), '--project', '.']);
  } catch (error) {
    return (error as Error).message;
  }
}

/** Calls a handler of the page with each of these events. @returns its answers or errors, and what it logged */
async function called(module: string, events: readonly unknown[], { env = {}, name = 'handler' } = {}) {
  app.write('events.json', JSON.stringify(events));
  app.write(
    'call.js',
    `import { readFileSync, writeFileSync } from 'node:fs';
    import { format } from 'node:util';
    import { ${name} as handler } from './${module}';
    const context = { getRemainingTimeInMillis: () => 30_000 };
    const [answers, logged] = [[], []];
    console.log = (...values) => { logged.push(format(...values)); };
    for (const event of JSON.parse(readFileSync('events.json', 'utf8')))
      answers.push(await handler(event, context).then((answer) => answer ?? null, ({ message }) => message));
    writeFileSync('called.json', JSON.stringify({ answers, logged }));`,
  );
  // This process may be the one that answers the handler.
  expect(await app.start('node', ['call.js'], env)).toBe(0);
  return JSON.parse(readFileSync(join(app.folder, 'called.json'), 'utf8')) as { answers: unknown[]; logged: string[] };
}

const id = `evt_${'0'.repeat(26)}`;
const none = { batchItemFailures: [] };

test('the pages show each file, each block and each command that is followed here', () => {
  expect(Object.keys(files)).toEqual(['package.json', 'handler.js', 'try.js', 'cdk.json', 'app.ts']);
  expect(Object.values(parts).map((part) => code.filter((block) => block.includes(part)).length)).toEqual([
    ...[1, 1, 1, 1, 1, 1],
  ]);
  expect(code).toHaveLength(Object.keys(parts).length);
  expect(commands.map(({ words }) => words.slice(0, 3).join(' '))).toEqual([
    ...['npm ci', 'mkdir ../shop', 'npm pack --pack-destination', 'cd ../shop'],
    ...['npm install ./hooklatch-0.1.0.tgz', 'node try.js'],
    ...[
      'npm install aws-cdk-lib',
      'npm install --save-dev',
      'npx esbuild handler.js',
      'npx cdk synth',
      'npx hooklatch local',
    ],
    ...['export HOOKLATCH_URL=http://127.0.0.1:3000 HOOKLATCH_TOKEN=…', 'npx hooklatch token'],
    ...['export DELIVERY_URL=…', 'curl -w \\n'],
    ...['npm install @aws-lambda-powertools/idempotency'],
  ]);
});

describe('the first function', () => {
  beforeAll(() => {
    for (const name of ['package.json', 'handler.js', 'try.js']) app.write(name, files[name] ?? '');
    const [install] = commands.filter(({ words }) => words.includes('./hooklatch-0.1.0.tgz'));
    app.install(install ? installedBy(install) : []);
  });

  test('prints what the page says, with the package alone', () => {
    expect(run(['node', 'try.js'])).toBe('orders order.paid evt_1 { order: 1 }\n'.repeat(2));
  });

  test('takes an event of the bus, a notification, a batch, and a notification in a batch', async () => {
    const line = aLine('{"order":7}');
    const batch = { Records: [aQueueMessage(line, 'm1'), aQueueMessage(aNotification(line), 'm2')] };
    const { answers, logged } = await called('handler.js', [JSON.parse(line), aTopicEvent(line), batch]);
    expect(answers).toEqual([null, null, none]);
    expect(logged).toEqual(Array(4).fill(`orders webhook ${id} { order: 7 }`));
  });

  test('names the message that fails, and throws if all fail or if it is no webhook', async () => {
    const [good, bad] = [aLine('{"order":7}'), aLine('no JSON')];
    const { answers } = await called('handler.js', [
      { Records: [aQueueMessage(good, 'm1'), aQueueMessage(bad, 'm2'), aQueueMessage(good, 'm3')] },
      { Records: [aQueueMessage(bad, 'm1')] },
      { source: 'aws.s3', detail: {} },
    ]);
    expect(answers).toEqual([
      { batchItemFailures: [{ itemIdentifier: 'm2' }] },
      'No message of the batch was handled.',
      'It is an event of "aws.s3", and not of Hooklatch.',
    ]);
  });

  test('has types without any other package', () => {
    app.write('handler.ts', files['handler.js'] ?? '');
    expect(typeErrors('handler.ts')).toBe('');
  });
});

describe('with the other packages of the page', () => {
  beforeAll(() => {
    app.install([...commands, ...inComments].flatMap(installedBy));
    for (const [name, content] of Object.entries({ ...files, ...blocks })) app.write(name, content);
    app.write('app-with-table.ts', `${files['app.ts']}${blocks['table.ts']}`);
    const log =
      "new Function(stack, 'Log', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset('dist') })";
    const adding = `import { addConsumers } from './consumers.ts';\naddConsumers(gateway, orders, ${log}, ship);\n`;
    app.write('app-with-consumers.ts', `${files['app.ts']}${adding}`);
  });

  test('the code in TypeScript is accepted, and a mistake in it is not', () => {
    app.write('wrong.ts', blocks['types.ts'].replace("webhook, 'push'", "webhook, 'pushed'"));
    app.write('wrong-app.ts', blocks['consumers.ts'].replace('target: log', 'target: gateway'));
    const errors = typeErrors('app-with-table.ts', 'types.ts', 'consumers.ts', 'wrong.ts', 'wrong-app.ts');
    expect(errors).toMatch(/^wrong\.ts.*"pushed"/m);
    expect(errors).toMatch(/^wrong-app\.ts.*WebhookGateway/m);
    expect(new Set(errors.match(/^[\w./-]+(?=\()/gm))).toEqual(new Set(['wrong-app.ts', 'wrong.ts']));
  });

  test('a handler is as large as the page says, and verify adds what it says', () => {
    const [, handler = '', verify = ''] =
      /about (\d+) KB, bundled and minified.*`verify` adds about (\d+) KB/s.exec(text) ?? [];
    const size = bundle('handler.js', '--minify');
    expect(Math.abs(size / 1000 - Number(handler))).toBeLessThan(3);
    expect(Math.abs((bundle('verify.js', '--minify') - size) / 1000 - Number(verify))).toBeLessThan(3);
  });

  test('middy wraps the invocation and each webhook, and gives a handler of one event the webhook', async () => {
    const line = aLine('{"order":7}');
    const batch = { Records: [aQueueMessage(line, 'm1'), aQueueMessage(line, 'm2')] };
    const event = JSON.parse(line);
    expect(await called('middy.js', [event, batch])).toEqual({ answers: [null, none], logged: [id, id, id] });
    expect(await called('middy.js', [event], { name: 'ofOneEvent' })).toEqual({ answers: [null], logged: [id] });
  });

  describe('once', () => {
    const server = dynalite({ createTableMs: 0 });
    let env: Record<string, string>;
    beforeAll(async () => {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const credentials = { accessKeyId: 'fake', secretAccessKey: 'fake' };
      env = {
        ...{ AWS_ENDPOINT_URL_DYNAMODB: endpoint, AWS_REGION: 'eu-central-1', HANDLED_TABLE: 'handled' },
        ...{ AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey },
      };
      const client = new DynamoDBClient({ endpoint, region: 'eu-central-1', credentials });
      await client.send(
        new CreateTableCommand({
          TableName: 'handled',
          BillingMode: 'PAY_PER_REQUEST',
          KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
          AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        }),
      );
      client.destroy();
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    test('handles a webhook once, and once more for each replay', async () => {
      const event = aStoredEvent({ body: Buffer.from('{}') });
      const lines = [undefined, undefined, 1, 1, 2, undefined].map(
        (replay) => linesOf({ event, ...(replay && { replay }) })[0] ?? '',
      );
      const batches = lines.map((line) => ({ Records: [aQueueMessage(line)] }));
      // Another process is another instance of the function.
      const first = await called('once.js', batches, { env });
      const second = await called('once.js', batches, { env });
      expect([first.answers, second.answers]).toEqual([Array(6).fill(none), Array(6).fill(none)]);
      expect([first.logged, second.logged]).toEqual([[id, id, id], []]);
    });
  });

  test("verify accepts the sender's signature of months ago, and refuses another one", async () => {
    const body = '{"ref":"refs/heads/main"}';
    const signedWith = (secret: string, more: Partial<StoredEvent> = {}) => {
      const signature = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
      const headers = {
        'content-type': 'application/json',
        'x-github-event': 'push',
        'x-hub-signature-256': signature,
      };
      const [line = ''] = linesOf({
        event: aStoredEvent({ headers, body: Buffer.from(body) }, { provider: 'github', ...more }),
      });
      return JSON.parse(line);
    };
    const events = [
      signedWith('the-right-one'),
      signedWith('another'),
      signedWith('the-right-one', { provider: 'twilio' }),
    ];
    const { answers } = await called('verify.js', events, { env: { SENDER_SECRET: 'the-right-one' } });
    expect(answers).toEqual([null, 'signature_mismatch', 'not_verifiable']);
  });

  test('the types of GitHub and Stripe are those of the payloads', async () => {
    const given = (provider: string, type: string, body: object) =>
      JSON.parse(aLine(JSON.stringify(body), { provider, type }));
    app.write(
      'typed.js',
      "import { webhookFrom } from 'hooklatch/consumer';\nimport { handle } from './types.ts';\nexport const handler = async (event) => handle(webhookFrom(event));",
    );
    const { logged } = await called('typed.js', [
      given('github', 'push', { ref: 'refs/heads/main' }),
      given('github', 'ping', {}),
      given('stripe', 'invoice.paid', { type: 'invoice.paid' }),
      given('generic', 'webhook', {}),
    ]);
    expect(logged).toEqual(['refs/heads/main', 'invoice.paid']);
  });

  type Resource = { Type: string; Properties?: Record<string, unknown> };
  const resources = (): Resource[] =>
    Object.values(JSON.parse(readFileSync(join(app.folder, 'cdk.out/Shop.template.json'), 'utf8')).Resources);
  const rulesOn = (source: string) =>
    resources().filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Events::Rule' && JSON.stringify(Properties?.['EventPattern'] ?? '').includes(source),
    );

  test('each consumer in CDK has a rule, dead letters for 14 days, and an alarm', () => {
    bundle('handler.js');
    synth('app-with-consumers.ts');
    const arn = (id: string) => ({ Arn: { 'Fn::GetAtt': [expect.stringMatching(id), 'Arn'] } });
    const target = (id: string) => [
      {
        ...arn(id),
        DeadLetterConfig: arn('DeadLetters'),
        RetryPolicy: { MaximumEventAgeInSeconds: 24 * 3600, MaximumRetryAttempts: 185 },
      },
    ];
    expect(rulesOn('hooklatch.orders')).toMatchObject([
      { Properties: { EventPattern: { source: ['hooklatch.orders'] }, Targets: target('^ToShip') } },
      { Properties: { EventPattern: { source: ['hooklatch.orders'] }, Targets: target('^Log') } },
    ]);
    expect(rulesOn('hooklatch.stripe')).toMatchObject([
      {
        Properties: {
          EventPattern: {
            source: ['hooklatch.stripe'],
            detail: { data: { livemode: [true] }, type: [{ wildcard: 'invoice.*' }] },
          },
          Targets: target('^Paid'),
        },
      },
    ]);
    const made = (type: string, path: RegExp, text: string) =>
      resources()
        .map((each) => JSON.stringify(each))
        .filter((each) => each.includes(`"${type}"`) && path.test(each) && each.includes(text));
    const deadLetters = '"MessageRetentionPeriod":1209600,"SqsManagedSseEnabled":true';
    expect(made('AWS::SQS::Queue', /OnWebhook/, deadLetters)).toHaveLength(3);
    expect(made('AWS::CloudWatch::Alarm', /OnWebhook/, 'did not reach Shop/')).toHaveLength(3);
    const partly = '"FunctionResponseTypes":["ReportBatchItemFailures"]';
    expect(made('AWS::Lambda::EventSourceMapping', /Shop\/Handler/, partly)).toHaveLength(2);
  });

  /** Runs the app of the page on this machine for a while. */
  async function running(use: (local: Local, url: string) => Promise<void>): Promise<void> {
    const local = await runningLocally(app, ['--port', '0']);
    try {
      const env = { HOOKLATCH_URL: local.url, HOOKLATCH_TOKEN: local.admin };
      const revealed = run(['npx', 'hooklatch', 'token', 'reveal', 'orders'], env);
      await use(local, /^in query +(\S+)$/m.exec(revealed)?.[1] ?? '');
    } finally {
      await local.stop();
    }
  }
  const json = { 'content-type': 'application/json' };

  test('the function gets a webhook by its queue on this machine, and reads a large body', async () => {
    bundle('handler.js');
    synth();
    await running(async (local, url) => {
      const large = JSON.stringify({ order: 2, blank: ' '.repeat(300_000) });
      const [small, bucket] = [
        await deliver(url, { headers: json, body: '{"order": 1}' }),
        await deliver(url, { headers: json, body: large }),
      ];
      const lines = [`orders webhook ${small.json()['id']} { order: 1 }`, `orders webhook ${bucket.json()['id']} {`];
      await waitUntil('the function logs both', () => lines.every((line) => local.output().includes(line)));
    });
  });

  test('with the table, the handler that handles once runs on this machine', async () => {
    bundle('once.js');
    synth('app-with-table.ts');
    await running(async (local, url) => {
      const answer = await deliver(url, { headers: json, body: '{"order": 1}' });
      const logged = `"message":"${answer.json()['id']}"`;
      await waitUntil('the function logs the webhook', () => local.output().includes(logged));
      run(['npx', 'hooklatch', 'events', 'replay', 'orders', String(answer.json()['id'])], {
        HOOKLATCH_URL: local.url,
        HOOKLATCH_TOKEN: local.admin,
      });
      await waitUntil('it logs the replay', () => local.output().split(logged).length === 3);
    });
  });
});
