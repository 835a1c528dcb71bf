/** The package in an empty app: what is in it, and what an app can do with it. It needs the registry of npm. */
import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildSync } from 'esbuild';
import { aFakeAws } from '../clients/cli/recovery/given-aws.ts';
import { send } from '../local/http-client.ts';
import { apiRequest, bearer, deliver } from '../support/given.ts';
import { type App, anEmptyApp, type Local, runningLocally } from './given-app.ts';

let app: App;
beforeAll(() => {
  app = anEmptyApp();
});
afterAll(() => app.remove());

const packed = () => join(app.folder, 'node_modules', 'hooklatch');
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
const read = (path: string) => readFileSync(path, 'utf8');

describe('the package', () => {
  test('has compiled code, types, bundles and documents, and nothing of the machine that made it', () => {
    const files = filesIn(packed()).map((file) => file.slice(packed().length + 1));
    const expected = [
      'LICENSE',
      'README.md',
      'dist/bundles/ingest/index.js',
      'dist/bundles/serve-files/sites/console/index.html',
      'dist/infra/constructs.d.ts',
      'dist/hooklatch.schema.json',
      'dist/openapi.json',
      'package.json',
    ];
    expect(files).toEqual(expect.arrayContaining(expected));
    expect(
      files.filter(
        (file) => !/^(dist\/bundles\/.*|dist\/.*(\.d\.ts|\.js|\.json)|LICENSE|README\.md|package\.json)$/.test(file),
      ),
    ).toEqual([]);
    const having = (text: string) => files.filter((file) => read(join(packed(), file)).includes(text));
    expect(having('WebhookGateway')).toContain('dist/infra/constructs.js');
    expect(having(process.cwd())).toEqual([]);
    // The style sheet of the API's page names the source map of its own package.
    expect(having('sourceMappingURL')).toEqual([expect.stringMatching(/\/swagger-ui-\w+\.css$/)]);
  });

  test('imports only what it depends on, and an optional peer only for the constructs and in an entry of its own', () => {
    const { dependencies, peerDependencies } = JSON.parse(read(join(packed(), 'package.json')));
    const scripts = filesIn(join(packed(), 'dist')).filter((file) => /\.js$/.test(file) && !file.includes('/bundles/'));
    const importedBy = (files: string[]) => {
      const imports = files.flatMap((file) => [...read(file).matchAll(/(?:from |import\()'([^.'][^']*)'/g)]);
      const packages = imports.map(([, name = '']) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
      return [...new Set(packages)].filter((name) => !/^node:/.test(name) && !builtinModules.includes(name)).sort();
    };
    const known = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    expect(importedBy(scripts)).toEqual(expect.arrayContaining(['aws-cdk-lib', 'commander', 'dynalite', 'zod']));
    expect(importedBy(scripts).filter((name) => !known.includes(name))).toEqual([]);
    // The local runtime gives two to the functions, as Lambda's Node.js does. Without the constructs and the entries that
    // are about one, no peer is imported.
    const others = scripts.filter((file) => !/\/dist\/(infra\/|clients\/consumer\/once\.js$)/.test(file));
    const toFunctions = ['@aws-sdk/client-lambda', '@aws-sdk/client-s3'];
    const needed = new Set([...importedBy(others), ...toFunctions]);
    expect([...needed].sort()).toEqual(Object.keys(dependencies).sort());
  });

  test('has the API document and the command line, with its own version', () => {
    const { openapi, info } = JSON.parse(app.run('node', ['-p', "JSON.stringify(require('hooklatch/openapi.json'))"]));
    const { version } = JSON.parse(read('package.json'));
    expect([openapi, info.version]).toEqual(['3.1.0', version]);
    expect(app.run('npx', ['hooklatch', '--version'])).toBe(`${version}\n`);
  });

  test('gives a function that handles webhooks only what it uses', () => {
    const { outputFiles } = buildSync({
      stdin: { contents: "export { handleWebhooks } from 'hooklatch/consumer';", resolveDir: app.folder },
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
      external: ['@aws-sdk/*'],
      write: false,
    });
    app.write('handler.mjs', outputFiles[0]?.text ?? '');
    const call = "import('./handler.mjs').then(({ handleWebhooks }) => handleWebhooks(() => {})({}, {}))";
    expect(app.run('node', ['-e', `${call}.catch(({ name }) => console.log(name))`])).toBe('NotAWebhook\n');
    // Without "sideEffects" it has the schemes of all senders too.
    expect(outputFiles[0]?.contents.length).toBeLessThanOrEqual(30_000);
  });

  test('has types for the constructs and the client, also for an app in CommonJS', () => {
    const use = `
      import { App, Stack } from 'aws-cdk-lib';
      import { WebhookConnection, WebhookDestination, WebhookGateway, WebhookRoute } from 'hooklatch/infra';
      import { hooklatchClient } from 'hooklatch/client';
      import { handleWebhooks, type Webhook } from 'hooklatch/consumer';
      const stack = new Stack(new App(), 'Own');
      const gateway = new WebhookGateway(stack, 'Hooks', { stage: 'dev', managedConnections: true });
      const connection = new WebhookConnection(stack, 'A', { gateway, name: 'a', token: { generate: true } });
      export const url: string = connection.url;
      const shop = new WebhookDestination(stack, 'C', { gateway, name: 'shop', url, rate: { perSecond: 5 } });
      new WebhookRoute(stack, 'paid', { connection, when: { type: ['paid'] }, to: shop });
      connection.addRoute('rest', { to: 'archive' });
      export async function names(): Promise<string[]> {
        const client = hooklatchClient({ url: 'https://hooks.example.com', token: 'x' });
        return (await client.call('GET /v1/connections', { query: { limit: '3' } })).items.map(({ name }) => name);
      }
      export const handler = handleWebhooks(async (webhook: Webhook) => (await webhook.json<{ order: number }>()).order);
      // @ts-expect-error there is no such sender
      new WebhookConnection(stack, 'B', { gateway, name: 'b', provider: 'githb' });
      // @ts-expect-error a credential is never in a template
      new WebhookDestination(stack, 'D', { gateway, name: 'd', url, auth: { kind: 'bearer', token: 'plain' } });
      // @ts-expect-error there is no such stage
      new WebhookGateway(stack, 'Other', { stage: 7 });
      // @ts-expect-error there is no such route
      void hooklatchClient({ url: '', token: '' }).call('GET /v1/nothing');
    `;
    app.write('use.mts', use);
    app.write('use.cts', use);
    const compilerOptions = { module: 'nodenext', target: 'es2023', strict: true, noEmit: true, skipLibCheck: true };
    const types = { typeRoots: [join(process.cwd(), 'node_modules/@types')], types: ['node'] };
    app.write(
      'tsconfig.json',
      JSON.stringify({ compilerOptions: { ...compilerOptions, ...types }, files: ['use.mts', 'use.cts'] }),
    );
    expect(app.run(join(process.cwd(), 'node_modules/.bin/tsc'), ['--project', '.'])).toBe('');
  });
});

/** An app whose assemblies are one after the other what its stack becomes. */
const ownApp = `
  const { App, CfnOutput, Stack } = require('aws-cdk-lib');
  const { Secret } = require('aws-cdk-lib/aws-secretsmanager');
  const { WebhookConnection, WebhookDestination, WebhookGateway } = require('hooklatch');

  function synthesize(outdir, connections) {
    const app = new App({ outdir });
    const stack = new Stack(app, 'Own');
    const gateway = new WebhookGateway(stack, 'Hooks', { stage: 'dev', managedConnections: true });
    const password = { passwordLength: 40, excludePunctuation: true };
    const secret = new Secret(stack, 'Secret', { generateSecretString: password });
    const erp = new WebhookDestination(stack, 'Erp', {
      gateway,
      name: 'erp',
      url: 'https://erp.example.com/in',
      auth: { kind: 'bearer', token: { fromSecret: secret } },
    });
    for (const [name, settings] of Object.entries(connections(secret))) {
      const connection = new WebhookConnection(stack, name, { gateway, name, ...settings });
      if (name === 'orders') connection.addRoute('all', { to: erp });
      new CfnOutput(stack, name + 'Url', { value: connection.url });
      new CfnOutput(stack, name + 'Secret', { value: connection.tokenSecret.secretArn });
    }
    app.synth();
  }

  const generated = { token: { generate: true } };
  const invoices = (secret) => ({ token: { fromSecret: secret } });
  synthesize('first', (secret) => ({ orders: generated, invoices: invoices(secret) }));
  synthesize('changed', (secret) => ({ orders: { ...generated, retentionDays: 7 }, invoices: invoices(secret) }));
  synthesize('removed', (secret) => ({ invoices: invoices(secret) }));
  synthesize('taken', (secret) => ({ invoices: { ...invoices(secret), retentionDays: 7 }, payments: generated }));
`;

describe('an app with a gateway and two connections', () => {
  const assemblies = ['first', 'changed', 'removed', 'taken'];
  let outputs: Record<string, string>;
  let port = '0';
  /** By connection. */
  const tokens: Record<string, string> = {};
  const printed: string[] = [];

  const get = async ({ url, admin }: Local, path: string) => {
    const { status, json } = await send(url, apiRequest('GET', `/v1/connections/${path}`, undefined, { token: admin }));
    return { status, body: json() };
  };
  const delivered = async (connection: string, url = outputs[`${connection}Url`] ?? '') =>
    (await deliver(url, { headers: bearer(tokens[connection] ?? ''), body: '{}' })).status;

  /** Runs an assembly for a while. */
  async function running(assembly: string, use: (local: Local) => Promise<void>, ...flags: string[]): Promise<void> {
    const local = await runningLocally(app, ['--app', assembly, '--port', port, ...flags]);
    try {
      port = new URL(local.url).port;
      await use(local);
    } finally {
      await local.stop();
      printed.push(local.output());
    }
  }

  beforeAll(() => {
    app.write('app.cjs', ownApp);
    app.run('node', ['app.cjs']);
  });

  test('runs on this machine, and both endpoints accept webhooks', async () => {
    await running('first', async (local) => {
      outputs = local.outputs;
      for (const name of ['orders', 'invoices'])
        tokens[name] = String((await get(local, `${name}/endpoint/token`)).body['token']);
      expect(outputs['ordersUrl']).toMatch(`${local.url}/hooks/orders/`);
      expect([await delivered('orders'), await delivered('invoices')]).toEqual([202, 202]);
      const variables = { HOOKLATCH_URL: local.url, HOOKLATCH_TOKEN: local.admin };
      const listed = JSON.parse(app.run('npx', ['hooklatch', 'connections', 'list', '--json'], variables));
      expect(listed.items).toMatchObject([{ name: 'invoices' }, { name: 'orders', status: 'active' }]);
      const shown = (...words: string[]) => JSON.parse(app.run('npx', ['hooklatch', ...words, '--json'], variables));
      expect(shown('routes', 'get', 'orders')).toMatchObject({ mode: 'all', rules: [{ id: 'all', to: 'erp' }] });
      expect(shown('destinations', 'list').items).toMatchObject([
        { name: 'erp', authKind: 'bearer', managedBy: { logicalId: expect.stringMatching(/^Erp/) } },
      ]);
    });
  });

  test('keeps the URLs and the tokens when a setting changes', async () => {
    const changed = async (local: Local) => {
      expect(local.outputs).toEqual(outputs);
      expect((await get(local, 'orders')).body['endpoint']).toMatchObject({ retentionDays: 7 });
      expect([await delivered('orders'), await delivered('invoices')]).toEqual([202, 202]);
    };
    await running('changed', changed, '--verbose');
    // Requests that only read are shown with --verbose alone.
    expect(printed.map((output) => output.includes('"route":"GET /v1/connections'))).toEqual([false, true]);
  });

  test('loses a connection that leaves the template, and no other', async () => {
    await running('removed', async (local) => {
      expect((await get(local, 'orders')).status).toBe(404);
      expect([await delivered('orders'), await delivered('invoices')]).toEqual([403, 202]);
      expect(local.outputs).toEqual(expect.objectContaining({ invoicesUrl: outputs['invoicesUrl'] }));
      const variables = { HOOKLATCH_URL: local.url, HOOKLATCH_TOKEN: local.admin };
      const up = JSON.parse(app.run('npx', ['hooklatch', 'up', 'payments', '--json', '--show-token'], variables));
      tokens['payments'] = up.token.token;
      outputs['paymentsUrl'] = up.endpoint.url;
      expect(await delivered('payments')).toBe(202);
    });
  });

  test('can not take the name of a connection that exists, which goes on as before', async () => {
    await running('taken', async (local) => {
      expect(local.output()).toMatch(/payments\w+ \(Custom::HooklatchConnection\) could not be created: .*payments/);
      expect([await delivered('payments'), await delivered('invoices')]).toEqual([202, 202]);
      expect((await get(local, 'invoices')).body['endpoint']).toMatchObject({ retentionDays: 30 });
    });
    await running('removed', async (local) => {
      expect((await get(local, 'payments')).body).toMatchObject({ status: 'active' });
      expect([await delivered('payments'), await delivered('invoices')]).toEqual([202, 202]);
    });
  });

  test('gets a new admin on this machine after the first token is closed, and says how', async () => {
    const reset = () =>
      JSON.parse(app.run('npx', ['hooklatch', 'operators', 'reset', '--local', '--app', 'removed', '--json']));
    const { token } = reset();
    await running('removed', async ({ url }) => {
      expect((await send(url, apiRequest('GET', '/v1/me', undefined, { token }))).status).toBe(200);
    });
    const local = await runningLocally(app, ['--app', 'removed', '--port', port]);
    await local.stop();
    expect(local.output()).toContain('npx hooklatch operators reset --local --data .hooklatch --app removed\n');
    const again = reset();
    expect(again).toMatchObject({ name: 'reset', role: 'connection_admin', revoked: 1, bootstrapClosed: false });
    expect(again.token).not.toBe(token);
  });

  test('hands its dead letters over on this machine, of which it has none', () => {
    const redriven = app.run('npx', ['hooklatch', 'redrive', '--local', '--app', 'removed']);
    expect(redriven).toMatch(/^0 done, 0 left in own-hooksfailuresbucket\w+\n$/);
  });

  test.each([
    [['operators', 'reset', '--stack', 'Own'], 'PutItem state-of-own'],
    [['redrive', '--stack', 'Own'], 'GET failures-of-own'],
  ])('%j finds what it needs in the stack in AWS', async (words, last) => {
    const aws = await aFakeAws({
      Own: {
        HooksStateTable0123ABCD: ['AWS::DynamoDB::Table', 'state-of-own'],
        HooksFailuresBucket0123ABCD: ['AWS::S3::Bucket', 'failures-of-own'],
      },
    });
    const code = await app.start('npx', ['hooklatch', ...words], aws.env);
    aws.close();
    expect([code, aws.calls[0], aws.calls.at(-1)]).toEqual([0, 'ListStackResources Own', last]);
  });

  test('has no token in templates, outputs, the log, events, or the state of the stack', () => {
    expect(Object.values(tokens).map((token) => token.length)).toEqual([53, 40, 53]);
    const data = ['bus.ndjson', 'custom-resources.json'].map((name) => join(app.folder, '.hooklatch', name));
    const templates = assemblies
      .flatMap((name) => filesIn(join(app.folder, name)))
      .filter((file) => /\.json$/.test(file));
    const texts = [...[...data, ...templates].map(read), ...printed, JSON.stringify(outputs)];
    const holding = (text: string) => texts.filter((each) => each.includes(text)).length;
    expect(holding('invoices')).toBeGreaterThan(assemblies.length + printed.length);
    expect(Object.values(tokens).map(holding)).toEqual([0, 0, 0]);
  });
});
