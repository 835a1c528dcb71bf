/** docs/own-app.md, followed word for word in an empty folder. The packages that it installs are linked, so it needs no registry. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { blocksOf, commandsOf, readPage } from '../docs/given-pages.ts';
import { send } from '../local/http-client.ts';
import { apiRequest, deliver } from '../support/given.ts';
import { waitUntil } from '../support/wait-until.ts';
import { anEmptyFolder, installedBy, type LinkedApp, type Local, runningLocally } from './given-app.ts';

const page = 'docs/own-app.md';
/** The files that the page shows: name → text. */
const files = Object.fromEntries(
  [...readPage(page).matchAll(/^`([\w./-]+)`:\n\n```\w+\n(.*?)^```$/gms)].map(([, name = '', text = '']) => [
    name,
    text,
  ]),
);
/** What the page adds to `app.ts` later: a queue, and then a resource that can't run on this machine. */
const [queue = ''] = blocksOf(page, 'ts').filter((text) => text.includes('aws-sqs'));
const [machine = ''] = blocksOf(page, 'ts').filter((text) => text.includes('aws-stepfunctions'));
const synth = 'npx cdk synth --quiet';

const installed = commandsOf(page).flatMap(installedBy);

let app: LinkedApp;
beforeAll(() => {
  app = anEmptyFolder();
  app.install(installed);
});
afterAll(() => app.remove());

/** Runs a command of the page. */
const run = (command: string): string => {
  const [program = '', ...args] = command.split(' ');
  return app.run(program, args, { CDK_DISABLE_CLI_TELEMETRY: 'true' });
};
/** The error of a command that must fail. */
const errorOf = (command: string): string => {
  try {
    return `no error: ${run(command)}`;
  } catch (error) {
    return (error as Error).message;
  }
};
const templateOf = (stack: string) =>
  JSON.parse(readFileSync(join(app.folder, 'cdk.out', `${stack}.template.json`), 'utf8')).Resources as Record<
    string,
    { Type: string; Properties: Record<string, unknown> }
  >;
const resourcesOf = (stack: string, type: string) =>
  Object.values(templateOf(stack)).filter(({ Type }) => Type === type);

/** Replaces a part of the page's app, which must be there. */
function changedApp(part: string, by: string, text = files['app.ts'] ?? ''): string {
  expect(text).toContain(part);
  return text.replace(part, by);
}

test('the page shows the files of an app, and the commands in their order', () => {
  expect(Object.keys(files)).toEqual(['package.json', 'cdk.json', 'app.ts', 'consumer/index.mjs', 'shipper/index.mjs']);
  expect(commandsOf(page).map(({ words }) => words.slice(0, 3).join(' '))).toEqual([
    ...['npm ci', 'mkdir ../hooks', 'npm pack --pack-destination', 'cd ../hooks'],
    ...['npm install ./hooklatch-0.1.0.tgz', 'npm install --save-dev'],
    ...['npx cdk synth', 'npx hooklatch local'],
    ...['export HOOKLATCH_URL=http://127.0.0.1:3000 HOOKLATCH_TOKEN=…', 'npx hooklatch token'],
    ...['export DELIVERY_URL=…', 'curl -w \\n'],
    ...['npx cdk synth', 'npx hooklatch local'],
    'npx hooklatch local',
    ...['npx cdk synth', 'npx hooklatch local'],
    ...['npx cdk synth', 'npx hooklatch deploy-check', 'npx cdk deploy'],
    ...['npx hooklatch doctor', 'npx hooklatch operators', 'npx hooklatch redrive'],
  ]);
});

test('it installs the package of this version, its peers, and the command of the CDK', () => {
  const { version, peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  // The other peers are for code that handles webhooks.
  const peers = Object.keys(peerDependencies).filter((each) => ['aws-cdk-lib', 'constructs'].includes(each));
  expect(installed).toEqual([`./hooklatch-${version}.tgz`, ...peers, 'aws-cdk']);
});

describe('with these files', () => {
  beforeAll(() => {
    for (const [name, text] of Object.entries(files)) app.write(name, text);
  });

  test('the app is synthesized: the rule matches the webhooks of the connection, and calls the function', () => {
    run(synth);
    const [rule, ...others] = resourcesOf('Hooks', 'AWS::Events::Rule').filter(
      ({ Properties }) => 'EventPattern' in Properties,
    );
    expect(others).toEqual([]);
    expect(rule?.Properties).toMatchObject({
      EventPattern: { source: ['hooklatch.orders'], 'detail-type': ['webhook'] },
      Targets: [{ Arn: { 'Fn::GetAtt': [expect.stringMatching(/^Consumer/), 'Arn'] } }],
    });
    expect(resourcesOf('Hooks', 'Custom::HooklatchConnection')).toMatchObject([{ Properties: { Name: 'orders' } }]);
  });

  test('the compiler accepts the app, and not a sender that does not exist', () => {
    const compile = `${join(process.cwd(), 'node_modules/.bin/tsc')} --project .`;
    const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true };
    const types = { typeRoots: [join(process.cwd(), 'node_modules/@types')], types: ['node'] };
    app.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...types }, files: ['app.ts'] }),
    );
    app.write('app.ts', `${files['app.ts']}${queue}${machine}`);
    expect(run(compile)).toBe('');
    app.write('app.ts', changedApp("name: 'orders',", "name: 'orders', provider: 'githb',"));
    expect(errorOf(compile)).toMatch(/app\.ts.*"githb"/);
    expect(errorOf(synth)).toContain(
      'Hooks/Orders: provider is an unknown provider id; did you mean "github"? ProviderId lists them, or use generic',
    );
    app.write('app.ts', files['app.ts'] ?? '');
  });

  /** Runs the app on this machine for a while. */
  async function running(options: string[], use: (local: Local) => Promise<void>): Promise<void> {
    const local = await runningLocally(app, [...options, '--port', '0']);
    try {
      await use(local);
    } finally {
      await local.stop();
    }
  }

  /** The URL that `token reveal` prints beside `in query`. */
  function urlInQuery({ url, admin }: Local): string {
    const revealed = app.run('npx', ['hooklatch', 'token', 'reveal', 'orders'], {
      HOOKLATCH_URL: url,
      HOOKLATCH_TOKEN: admin,
    });
    return /^in query +(\S+)$/m.exec(revealed)?.[1] ?? '';
  }

  test('it runs on this machine, and a webhook reaches the function', async () => {
    run(synth);
    await running([], async (local) => {
      const url = urlInQuery(local);
      expect(url.startsWith(`${local.outputs['OrdersUrl']}?`)).toBe(true);
      const answer = await deliver(url, { headers: { 'content-type': 'application/json' }, body: '{"order": 1}' });
      expect(answer.status).toBe(202);
      const logged = `webhook ${answer.json()['id']} { order: 1 }`;
      await waitUntil('the function logs the webhook', () => local.output().includes(logged));
    });
  });

  test('a webhook reaches the queue of the page, and the function behind it', async () => {
    app.write('app.ts', `${files['app.ts']}${queue}`);
    run(synth);
    await running([], async (local) => {
      const json = { 'content-type': 'application/json' };
      const answer = await deliver(urlInQuery(local), { headers: json, body: '{"order": 1}' });
      const logged = `ship ${answer.json()['id']} { order: 1 }`;
      await waitUntil('the function logs the message', () => local.output().includes(logged));
    });
  });

  test('what can not run stops the start, which names it and the way out: the app runs without it', async () => {
    const inStack = changedApp("new Stack(app, 'Shipping')", 'stack', machine).replace("'OrderReceived'", "'Shipped'");
    app.write('app.ts', `${files['app.ts']}${inStack}`);
    run(synth);
    expect(errorOf('npx hooklatch local --port 0')).toMatch(
      /can't run these resources of the template:\n {2}Machine\w+ \(AWS::StepFunctions::StateMachine\)\nChange this, start with --without Machine, or move it to another stack of your app/,
    );
    const [withoutIt] = commandsOf(page).filter(({ words }) => words.includes('--without'));
    await running(withoutIt?.words.slice(3) ?? [], async (local) => {
      expect(local.output()).toMatch(
        /Left out: Machine\w+ \(AWS::IAM::Role\), .*Machine\w+ \(AWS::StepFunctions::StateMachine\).*\. With them goes what needs them: Shipped\w+ \(AWS::Events::Rule\)\.\n/,
      );
      expect(urlInQuery(local)).toContain('/orders/');
    });
  });

  test('in a stack of its own it gets the same webhooks, and the other stack runs on this machine', async () => {
    app.write('app.ts', `${files['app.ts']}${machine}`);
    run(synth);
    expect(resourcesOf('Shipping', 'AWS::Events::Rule')).toMatchObject([
      { Properties: { EventPattern: { source: ['hooklatch.orders'], 'detail-type': ['webhook'] } } },
    ]);
    await running(['--stack', 'Hooks'], async ({ url, admin }) => {
      const { status } = await send(url, apiRequest('GET', '/v1/connections/orders', undefined, { token: admin }));
      expect(status).toBe(200);
    });
  });
});
