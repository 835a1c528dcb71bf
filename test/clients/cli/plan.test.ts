/** `plan`, `apply` and `export` on a deployment in memory. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fileBelow } from '../../../clients/cli/secret-reference.ts';
import { propertiesOf } from '../../functions/given-stack.ts';
import { aDeploymentInMemory } from '../../shared/operators/manifest/given-deployment.ts';
import { aFolder, anEmptyFolder, folders, github, methodsOf, secretUrl } from './given-file-folder.ts';
import { hooklatch } from './given-terminal.ts';

const shop = `name: shop
connections:
  orders: { token: generate, status: active, dedupe: { by: header, name: x-id } }
  code: { provider: github, token: env:GITHUB_SECRET, status: active }
`;
const show = 'GET /v1/connections/{name}';
const showDestination = 'GET /v1/destinations/{name}';
const deactivate = 'POST /v1/connections/{name}/endpoint/deactivate';

describe('a file', () => {
  test('is planned with exit code 7, applied, and then everything is as it says', async () => {
    const { run, ask, liveValue } = aFolder(shop);
    expect(await run('plan')).toEqual({
      code: 7,
      out: `+  create the connection orders
     provider: generic
     dedupe: {"by":"header","name":"x-id"}
     token: generate
     status: active
+  create the connection code
     provider: github
     token: env:GITHUB_SECRET
     status: active
2 to create.
`,
      err: '',
    });
    expect(await ask(show, 'orders')).toMatchObject({ code: 'connection_not_found' });
    expect((await run('apply')).code).toBe(0);
    const managedBy = { kind: 'file', name: 'shop', tokenRef: 'generate' };
    const endpoint = { dedupe: { by: 'header', name: 'x-id' }, tokens: [{}] };
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active', managedBy, endpoint });
    expect((await ask(show, 'code')).managedBy).toEqual({
      ...{ kind: 'file', name: 'shop', tokenRef: 'env:GITHUB_SECRET', routes: false },
    });
    expect((await liveValue('code'))?.token).toBe(github);
    expect(await run('plan')).toEqual({ code: 0, out: 'Everything is as the file says.\n', err: '' });
  });

  test('that is applied again sends nothing that changes anything', async () => {
    const { run, asked } = aFolder(shop);
    await run('apply');
    const before = asked.length;
    await run('apply');
    expect(methodsOf(asked.slice(before))).toEqual(['GET']);
  });

  test('is told as one JSON document', async () => {
    const { run } = aFolder('name: shop\nconnections: { orders: { token: generate } }\n');
    const { out, code } = await run('plan', '--json');
    expect(code).toBe(7);
    expect(JSON.parse(out)).toEqual({
      name: 'shop',
      items: [
        {
          kind: 'connection',
          name: 'orders',
          action: 'create',
          differences: [
            { field: 'provider', to: 'generic' },
            { field: 'token', to: 'generate' },
            { field: 'status', to: 'active' },
          ],
        },
      ],
      kept: [],
      left: [],
      notCompared: [],
    });
  });

  test('that sends another secret to another host by another rule shows each of them, in words and in JSON', async () => {
    const erp = (url: string, build: string, when: string) => `name: shop
connections:
  orders:
    token: generate
    routes: { rules: [{ id: paid, when: { type: [${when}] }, transform: '{ "total": total }', to: erp }] }
destinations: { erp: { url: "${url}", headers: { x-build: ${build} } } }
`;
    const { run, write, variables } = aFolder(erp(secretUrl, 'env:BUILD', 'order.paid'));
    Object.assign(variables, { BUILD: 'the-number-of-a-build', DATABASE_PASSWORD: 'a-password' });
    expect((await run('apply')).code).toBe(0);
    write(
      erp(
        'https://elsewhere.example.com/in/a-secret-path',
        'env:DATABASE_PASSWORD',
        'order.paid, { prefix: "" }',
      ).replace('total }', '$ }'),
    );
    expect(await run('plan')).toEqual({
      code: 7,
      out: `~  change the destination erp
     url: https://erp.example.com → https://elsewhere.example.com (the rest is not shown)
     headers.x-build: env:BUILD → env:DATABASE_PASSWORD
~  change the connection orders
     routes.rules.paid.when: {"type":["order.paid"]} → {"type":["order.paid",{"prefix":""}]}
     routes.rules.paid.transform: { "total": total } → { "total": $ }
2 to change.
`,
      err: '',
    });
    expect(JSON.parse((await run('plan', '--json')).out).items).toEqual([
      {
        ...{ kind: 'destination', name: 'erp', action: 'change' },
        differences: [
          { field: 'url', from: 'https://erp.example.com', to: 'https://elsewhere.example.com', hidden: true },
          { field: 'headers.x-build', from: 'env:BUILD', to: 'env:DATABASE_PASSWORD' },
        ],
      },
      {
        ...{ kind: 'connection', name: 'orders', action: 'change' },
        differences: [
          {
            field: 'routes.rules.paid.when',
            from: { type: ['order.paid'] },
            to: { type: ['order.paid', { prefix: '' }] },
          },
          { field: 'routes.rules.paid.transform', from: '{ "total": total }', to: '{ "total": $ }' },
        ],
      },
    ]);
  });

  test('of a designer is planned without references, which the plan says', async () => {
    const { run, write, given } = aFolder(`${shop}destinations: { erp: { url: env:ERP_URL } }\n`);
    await run('apply');
    given.role = 'flow_designer';
    write(`${shop}destinations: { erp: { url: https://erp.example.com/in/a-guess } }\n`);
    const { code, out } = await run('plan');
    expect([code, out.split('\n').at(-2)]).toEqual([0, 'Everything that was compared is as the file says.']);
    expect(out).toContain('=  the destination erp: url not compared;');
  });

  test('in JSON works as well', async () => {
    const { run } = aFolder('{"name": "shop", "connections": {"orders": {"token": "generate"}}}');
    expect((await run('apply')).code).toBe(0);
    expect((await run('plan')).code).toBe(0);
  });

  test('with thirty endpoints and their destination is applied at once, and then it is so', async () => {
    const names = Array.from({ length: 30 }, (_, at) => `endpoint-${at + 1}`);
    const each = names.map((name) => `  ${name}: { token: generate, routes: { rules: [{ id: all, to: erp }] } }\n`);
    const { run, store } = aFolder(
      `name: shop\nconnections:\n${each.join('')}destinations: { erp: { url: env:ERP_URL } }\n`,
    );
    expect((await run('apply')).code).toBe(0);
    const { connections } = await store.listConnections(100);
    expect(connections.map(({ name }) => name).sort()).toEqual([...names].sort());
    expect(connections.filter(({ endpoint, routes }) => endpoint?.status !== 'active' || !routes)).toEqual([]);
    expect(await run('plan')).toMatchObject({ code: 0, out: 'Everything is as the file says.\n' });
  });
});

test('a credential and headers that the file no longer says are no longer sent', async () => {
  const text = (more: string) => `name: shop\ndestinations: { erp: { url: env:ERP_URL, ${more} } }\n`;
  const { run, write, variables, ask } = aFolder(
    text('headers: { x-team: shop }, auth: { kind: bearer, token: env:ERP_TOKEN }'),
  );
  variables['ERP_TOKEN'] = 'a-token-for-the-erp';
  await run('apply');
  expect(await ask(showDestination, 'erp')).toMatchObject({ headerNames: ['x-team'], authKind: 'bearer' });
  write(text('timeoutSeconds: 15'));
  expect((await run('plan')).out).toContain(
    '     headers.x-team: a value that is not shown → none\n     auth.kind: bearer → none\n     auth.token: env:ERP_TOKEN → none\n',
  );
  expect((await run('apply')).code).toBe(0);
  expect(await ask(showDestination, 'erp')).toMatchObject({ headerNames: [], authKind: 'none' });
  expect((await run('plan')).code).toBe(0);
});

describe('what an operator changed', () => {
  const withErp = `${shop}destinations:
  erp: { url: env:ERP_URL, timeoutSeconds: 5 }
`;

  test('is restored, but an endpoint that was closed stays so until it is reopened', async () => {
    const { run, ask } = aFolder(withErp);
    await run('apply');
    await ask(deactivate, 'orders');
    await ask('PUT /v1/connections/{name}/endpoint', 'code', { retentionDays: 3 });
    await ask('PATCH /v1/destinations/{name}', 'erp', { url: 'https://erp.example.com/other', timeoutSeconds: 9 });
    const { code, out } = await run('plan');
    expect(code).toBe(7);
    expect(out).toBe(`~  change the destination erp
     url: https://erp.example.com → env:ERP_URL
     timeoutSeconds: 9 → 5
~  change the connection code
     retentionDays: 3 → 30
=  the connection orders stays closed, because an operator closed it; --reopen opens it
2 to change.
`);
    await run('apply');
    expect(await run('plan')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^= {2}the connection orders stays closed.*\nEverything is as the file says\.\n$/),
    });
    expect(await ask(show, 'orders')).toMatchObject({ status: 'inactive' });
    expect((await run('apply', '--reopen')).code).toBe(0);
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active' });
  });

  test('a deconfigured endpoint stays so, and is made anew with --reopen; a held one is released', async () => {
    const { run, ask } = aFolder(shop);
    await run('apply');
    await ask('DELETE /v1/connections/{name}/endpoint/token', 'orders');
    await ask('DELETE /v1/connections/{name}/endpoint', 'orders');
    await ask('POST /v1/connections/{name}/endpoint/hold', 'code');
    expect(await run('plan')).toMatchObject({ code: 0 });
    await run('apply', '--reopen');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active', endpoint: { tokens: [{}] } });
    expect(await ask(show, 'code')).toMatchObject({ status: 'active', endpoint: { held: false } });
  });

  test('what the file closed, it opens', async () => {
    const { run, ask, write } = aFolder(shop.replace('status: active, dedupe', 'status: inactive, dedupe'));
    await run('apply');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'configured', managedBy: { closed: true } });
    write(shop);
    await run('apply');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active' });
    write(shop.replace('status: active, dedupe', 'status: inactive, dedupe'));
    await run('apply');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'inactive', managedBy: { closed: true } });
    write(shop);
    await run('apply');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active' });
  });
});

describe('a secret', () => {
  test('of another reference rotates the token with a grace; the same value is only noted', async () => {
    const { run, ask, write, liveValue, variables } = aFolder(shop);
    await run('apply');
    variables['ROTATED'] = 'a-secret-of-github-2';
    write(shop.replace('env:GITHUB_SECRET', 'env:ROTATED'));
    const { out } = await run('plan');
    expect(out).toContain('     token: env:GITHUB_SECRET → env:ROTATED\n');
    await run('apply');
    expect((await liveValue('code'))?.token).toBe('a-secret-of-github-2');
    const view = await ask(show, 'code');
    expect(view.endpoint.tokens).toEqual([
      expect.anything(),
      expect.objectContaining({ expiresAt: expect.any(String) }),
    ]);
    variables['COPY'] = 'a-secret-of-github-2';
    write(shop.replace('env:GITHUB_SECRET', 'env:COPY'));
    await run('apply');
    expect(await ask(show, 'code')).toMatchObject({ managedBy: { tokenRef: 'env:COPY' } });
    expect((await ask(show, 'code')).endpoint.tokens).toEqual(view.endpoint.tokens);
  });

  test('that an operator rotated stays, because the reference is the same', async () => {
    const { run, ask, liveValue } = aFolder(shop);
    await run('apply');
    await ask('POST /v1/connections/{name}/endpoint/token/rotate', 'code', { value: 'a-secret-by-hand-00' });
    expect((await run('plan')).code).toBe(0);
    expect((await liveValue('code'))?.token).toBe('a-secret-by-hand-00');
  });

  test.each([
    ['env:MISSING', 'env:MISSING leads to no secret: MISSING is not set.\n'],
    ['env:EMPTY', 'env:EMPTY leads to no secret: it is empty.\n'],
    ['file:none.txt', "file:none.txt leads to no secret: it can't be read (ENOENT).\n"],
  ])('that is not there, %s, stops before anything is changed', async (reference, message) => {
    const { run, variables, asked } = aFolder(shop.replace('env:GITHUB_SECRET', reference));
    variables['EMPTY'] = '';
    expect(await run('apply')).toMatchObject({ code: 2, err: message });
    expect(methodsOf(asked)).toEqual(['GET']);
  });

  test('of a file is read from the folder of the YAML file, without its last line break', async () => {
    const { run, folder, liveValue } = aFolder(shop.replace('env:GITHUB_SECRET', 'file:secrets/github.txt'));
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets/github.txt'), `${github}\n`);
    expect((await run('apply')).code).toBe(0);
    expect((await liveValue('code'))?.token).toBe(github);
  });

  test('of a file behind a link below that folder is read', async () => {
    const { run, folder, liveValue } = aFolder(shop.replace('env:GITHUB_SECRET', 'file:current/github.txt'));
    mkdirSync(join(folder, 'of-march'));
    writeFileSync(join(folder, 'of-march/github.txt'), github);
    symlinkSync('of-march', join(folder, 'current'));
    expect((await run('apply')).code).toBe(0);
    expect((await liveValue('code'))?.token).toBe(github);
  });

  test.each([
    ['a link', 'file:linked.txt'],
    ['a folder that is a link', 'file:linked/secret.txt'],
    ['the environment of this process', 'file:environ'],
  ])('of a file outside of that folder, by %s, is not read', async (_, reference) => {
    const { run, folder, asked } = aFolder(shop.replace('env:GITHUB_SECRET', reference));
    const elsewhere = anEmptyFolder();
    writeFileSync(join(elsewhere, 'secret.txt'), github);
    symlinkSync(join(elsewhere, 'secret.txt'), join(folder, 'linked.txt'));
    symlinkSync(elsewhere, join(folder, 'linked'));
    symlinkSync('/proc/self/environ', join(folder, 'environ'));
    expect(await run('apply')).toEqual({
      ...{ code: 2, out: '' },
      err: `${reference} leads to no secret: it is outside of the folder of the file.\n`,
    });
    expect(methodsOf(asked)).toEqual(['GET']);
  });

  test('of a file with the file from stdin is below the working folder', async () => {
    const text = (path: string) => `name: shop\nconnections: { code: { provider: github, token: "file:${path}" } }\n`;
    const elsewhere = anEmptyFolder();
    writeFileSync(join(elsewhere, 'secret.txt'), github);
    // A working folder, without changing that of this process.
    const link = join('node_modules', `.hooklatch-${process.pid}`);
    symlinkSync(elsewhere, link);
    folders.push(link);
    const { fetch, liveValue } = aDeploymentInMemory();
    const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
    const apply = (path: string) => hooklatch(['apply', '--file', '-', '--yes'], { env, fetch, stdin: text(path) });
    expect(await apply(`${link}/secret.txt`)).toMatchObject({
      ...{ code: 2, out: '' },
      err: `file:${link}/secret.txt leads to no secret: it is outside of the folder of the file.\n`,
    });
    expect(await apply('/proc/self/environ')).toMatchObject({ code: 2, err: expect.stringMatching(/^stdin:2:\d+: /) });
    // It is read, and refused by its form.
    expect(await apply('package.json')).toMatchObject({
      ...{ code: 2, err: expect.stringContaining('\nThe value must be 12 to 512 printable ASCII characters') },
    });
    expect(await liveValue('code')).toBeUndefined();
  });

  test('of a file below the root folder is not read: everything is below it', () => {
    expect(() => fileBelow('/')('etc/hostname')).toThrow('it is outside of the folder of the file');
  });

  test('of auth both is a JSON object with two', async () => {
    const both = 'name: shop\nconnections: { code: { provider: github, auth: { kind: both }, token: env:BOTH } }\n';
    const { run, liveValue, variables } = aFolder(both);
    variables['BOTH'] = JSON.stringify({ value: 'a-token-for-the-url', signingSecret: github });
    expect((await run('apply')).code).toBe(0);
    expect(await liveValue('code')).toMatchObject({ token: 'a-token-for-the-url', signingSecret: github });
  });

  test('of auth both with a mistyped field is refused, and made right goes on', async () => {
    const both = 'name: shop\nconnections: { code: { provider: github, auth: { kind: both }, token: env:BOTH } }\n';
    const { run, liveValue, variables } = aFolder(both);
    variables['BOTH'] = JSON.stringify({ token: 'a-token-for-the-url', signingSecret: github });
    expect(await run('apply')).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        '\nenv:BOTH must lead to a JSON object of value, signingSecret or both, each a text',
      ),
    });
    expect(await liveValue('code')).toBeUndefined();
    variables['BOTH'] = JSON.stringify({ value: 'a-token-for-the-url', signingSecret: github });
    expect((await run('apply')).code).toBe(0);
    expect(await liveValue('code')).toMatchObject({ token: 'a-token-for-the-url', signingSecret: github });
  });
});

describe('the owner', () => {
  const orders = 'name: shop\nconnections: { orders: { token: generate } }\n';
  const adopting = 'name: shop\nconnections: { orders: { adopt: true, token: keep } }\n';

  test('what exists is refused without adopt, and taken over with it', async () => {
    const { run, write, ask, liveValue } = aFolder(orders);
    await ask('POST /v1/connections', '', { name: 'orders' });
    await ask('PUT /v1/connections/{name}/endpoint', 'orders');
    await ask('POST /v1/connections/{name}/endpoint/token', 'orders', { value: 'a-token-of-before' });
    await ask('POST /v1/connections/{name}/endpoint/activate', 'orders');
    for (const command of ['plan', 'apply'])
      expect(await run(command)).toEqual({
        code: 5,
        out: '',
        err: 'Nothing is changed. The connection orders exists already, and this file did not make it. To take it over, add adopt: true to it. Or choose another name.\n',
      });
    write(adopting);
    expect((await run('apply')).code).toBe(0);
    expect(await ask(show, 'orders')).toMatchObject({
      status: 'active',
      managedBy: { kind: 'file', name: 'shop', adopted: true, tokenRef: 'keep' },
    });
    expect((await liveValue('orders'))?.token).toBe('a-token-of-before');
    write('name: shop\n');
    expect(await run('apply', '--prune')).toMatchObject({ code: 0, out: '-  detach the connection orders\nDone.\n' });
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active' });
    expect(await ask(show, 'orders')).not.toHaveProperty('managedBy');
  });

  test('of a stack and of another file is refused, before anything is done', async () => {
    const { run, write, asked, stack } = aFolder('name: books\nconnections: { code: { token: generate } }\n');
    await run('apply');
    const { invoke, eventOf } = stack();
    await invoke(eventOf('Create', propertiesOf()));
    const before = asked.length;
    write('name: shop\nconnections: { extra: { token: generate }, code: { adopt: true }, orders: { adopt: true } }\n');
    const { code, err } = await run('apply', '--prune');
    expect(code).toBe(5);
    expect(err).toMatch(
      /^Nothing is changed\. The connection code is managed by another file, books: .* The connection orders is managed by the stack arn:aws:cloudformation:/,
    );
    expect(methodsOf(asked.slice(before))).toEqual(['GET']);
  });

  test('what the file names no longer stays, and is deleted with --prune, with its destination', async () => {
    const { run, write, ask } = aFolder(
      `${orders.trim().slice(0, -4)}, routes: { rules: [{ id: all, to: erp }] } } }\ndestinations: { erp: { url: env:ERP_URL } }\n`,
    );
    expect((await run('apply')).code).toBe(0);
    write('name: shop\n');
    expect(await run('plan')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^= {2}the connection orders is no longer in the file; --prune removes it\n= {2}the destination erp /,
      ),
    });
    await run('apply');
    expect(await ask(show, 'orders')).toMatchObject({ status: 'active' });
    expect((await run('plan', '--prune')).code).toBe(7);
    expect((await run('apply', '--prune')).code).toBe(0);
    expect(await ask(show, 'orders')).toMatchObject({ code: 'connection_not_found' });
    expect(await ask('GET /v1/destinations/{name}', 'erp')).toMatchObject({ code: 'destination_not_found' });
  });

  test('an export is a file that adopts all, after which everything is as it says', async () => {
    const { run, write, ask, fetch } = aFolder(shop);
    await run('apply');
    for (const name of ['orders', 'code']) await ask('PATCH /v1/connections/{name}', name, { managedBy: null });
    await ask('POST /v1/destinations', '', { name: 'erp', url: secretUrl, timeoutSeconds: 5 });
    await ask('PUT /v1/connections/{name}/routes', 'orders', { rules: [{ id: 'all', to: 'erp' }] });
    await ask(deactivate, 'code');
    const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
    const { out, code } = await hooklatch(['export', '--as', 'books'], { env, fetch });
    expect(code).toBe(0);
    expect(parse(out)).toEqual({
      name: 'books',
      connections: {
        code: { adopt: true, provider: 'github', token: 'keep', status: 'inactive', routes: { rules: [] } },
        orders: {
          ...{ adopt: true, token: 'keep', status: 'active', dedupe: { by: 'header', name: 'x-id' } },
          routes: { mode: 'all', rules: [{ id: 'all', to: 'erp' }] },
        },
      },
      destinations: { erp: { adopt: true, timeoutSeconds: 5 } },
    });
    write(out);
    expect((await run('apply')).code).toBe(0);
    expect(await run('plan')).toMatchObject({ code: 0 });
  });
});

test('a plan stops at the first refusal, says what is done and what is not, and goes on', async () => {
  const { run, given } = aFolder(
    'name: shop\nconnections: { a1: { token: generate }, b1: { token: generate }, c1: {token: generate} }\n',
  );
  given.before = ({ key, params }) => {
    if (key.endsWith('/endpoint/token') && params['name'] === 'b1') throw new TypeError('fetch failed');
  };
  expect(await run('apply')).toEqual({
    code: 6,
    out: '',
    err: `Stopped at the connection b1, of which a part may be done.
Done: connection a1. Not done: connection c1. Run it again, and it goes on.
Can't reach https://hooks.example.com.
`,
  });
  given.before = undefined;
  expect((await run('apply')).code).toBe(0);
  expect((await run('plan')).code).toBe(0);
});

test('an export says what it leaves out, and can be used: its name is checked', async () => {
  const { run, write, fetch } = aFolder(shop);
  write(`${shop}destinations: { erp: { url: env:ERP_URL } }\n`);
  await run('apply');
  const env = { HOOKLATCH_URL: 'https://hooks.example.com', HOOKLATCH_TOKEN: 'a-token' };
  expect(await hooklatch(['export', '--as', 'books'], { env, fetch })).toMatchObject({
    ...{ code: 0, out: 'name: books\n' },
    err: 'Left out, because a stack or a file manages them: code, orders, erp.\n',
  });
  expect(await hooklatch(['export', '--as', 'My books'], { env, fetch })).toMatchObject({
    ...{ code: 2, out: '' },
    err: '--as must be 2 to 48 characters: a letter, then letters, digits and dashes, all lower case.\n',
  });
});

test.each([
  [
    'a second rotation in the grace of the first',
    'token: env:FIRST',
    'token: env:SECOND',
    5,
    'The token that code had before is still accepted. Run it again when its grace has ended, or end it now: hooklatch token end-grace code\n',
  ],
  [
    'another auth with the same reference',
    'token: env:GITHUB_SECRET, auth: { kind: token }',
    'token: env:GITHUB_SECRET, auth: { kind: signature }',
    2,
    'If auth has changed, give token another reference in the file: a new value comes together with auth.\nThe live value cannot be used with this auth',
  ],
])('%s is refused, and the message says what to do with the file', async (_, first, second, code, message) => {
  const { run, write, variables } = aFolder(shop);
  Object.assign(variables, { FIRST: 'a-secret-of-github-2', SECOND: 'a-secret-of-github-3' });
  await run('apply');
  write(shop.replace('token: env:GITHUB_SECRET', first));
  expect((await run('apply')).code).toBe(0);
  write(shop.replace('token: env:GITHUB_SECRET', second));
  const refused = await run('apply');
  const [, told = ''] = refused.err.split('Run it again, and it goes on.\n');
  expect([refused.code, told.slice(0, message.length)]).toEqual([code, message]);
});

describe('Ctrl-C', () => {
  const three = `name: shop
connections: { a1: { token: generate }, b1: { token: generate, routes: { rules: [{ id: all, to: erp }] } }, c1: { token: generate } }
destinations: { erp: { url: env:ERP_URL } }
`;
  const stopped = `Stopped at the connection b1, of which a part may be done.
Done: destination erp, connection a1. Not done: connection c1. Run it again, and it goes on.
`;

  test('lets the request end that is on its way, and says what is done', async () => {
    const { run, given, asked, ask, interrupt } = aFolder(three);
    given.before = ({ key, params }) => {
      if (key.endsWith('/endpoint/token') && params['name'] === 'b1') interrupt.abort();
      return undefined;
    };
    expect(await run('apply')).toEqual({ code: 130, out: '', err: stopped });
    expect(asked.at(-1)).toMatchObject({ key: 'POST /v1/connections/{name}/endpoint/token', params: { name: 'b1' } });
    expect(await ask(show, 'b1')).toMatchObject({ status: 'configured', endpoint: { tokens: [{}] } });
    given.before = undefined;
    expect((await run('apply')).code).toBe(0);
    expect((await run('plan')).code).toBe(0);
  });

  test('while a request is refused shows the refusal', async () => {
    const { run, given, interrupt, variables } = aFolder(
      three.replace('b1: { token: generate', 'b1: { token: env:SHORT'),
    );
    variables['SHORT'] = 'short';
    given.before = ({ key, params }) => {
      if (key.endsWith('/endpoint/token') && params['name'] === 'b1') interrupt.abort();
      return undefined;
    };
    const { code, err } = await run('apply');
    expect([code, err.startsWith(stopped), err.slice(stopped.length)]).toEqual([
      2,
      true,
      expect.stringMatching(/^The value must be 12 to 512 printable ASCII characters/),
    ]);
  });
});

test('a rule leads to the new destination of a name whose old one was deleted, also if the apply was interrupted', async () => {
  const text =
    'name: shop\nconnections: { orders: { token: generate, routes: { rules: [{ id: all, to: erp }] } } }\ndestinations: { erp: { url: env:ERP_URL } }\n';
  const { run, world, given, store, routing } = ((folder) => ({ ...folder, world: folder }))(aFolder(text));
  await run('apply');
  await world.ask('GET /v1/destinations/{name}', 'erp');
  routing.destinations.records.delete('erp');
  given.before = ({ key }) => {
    if (key.startsWith('PUT ') && key.endsWith('/routes')) throw new TypeError('fetch failed');
  };
  expect((await run('apply')).code).toBe(6);
  given.before = undefined;
  expect((await run('apply')).code).toBe(0);
  const version = (await store.readConnection('orders'))?.routes ?? '';
  const made = routing.destinations.records.get('erp');
  expect(await routing.readRoutes(version)).toMatchObject({ rules: [{ to: { id: (made as { id: string }).id } }] });
  expect((await run('plan')).code).toBe(0);
});

test('what somebody changes while it is applied is left as it is', async () => {
  const { run, write, ask, given, world } = ((folder) => ({ ...folder, world: folder }))(aFolder(shop));
  await run('apply');
  write(shop.replace('x-id', 'x-other'));
  let isFirst = true;
  given.before = ({ key }) => {
    if (key.startsWith('PUT ') && isFirst) {
      isFirst = false;
      void world.ask(deactivate, 'orders');
    }
  };
  expect(await run('apply')).toMatchObject({
    code: 5,
    err: expect.stringContaining('Somebody changed it after it was read, so it was left as it is.\n'),
  });
  expect(await ask(show, 'orders')).toMatchObject({ status: 'inactive' });
});

test.each([
  [
    'a secret in the file',
    'name: shop\nconnections:\n  orders: { token: hunter2hunter2 }\n',
    'hooklatch.yaml:3:20: connections.orders.token must be a reference, and never the secret itself: generate, keep, env:NAME, file:PATH or secretsmanager:NAME, of at most 200 characters.\n',
  ],
  [
    'no token for an active endpoint',
    'name: shop\nconnections: { orders: {} }\n',
    /The connection orders is to be active and has no token: add token: generate/,
  ],
  [
    'a rule that leads nowhere',
    'name: shop\nconnections: { orders: { token: generate, routes: { rules: [{ id: a, to: erp }] } } }\n',
    /The rule a of the connection orders leads to erp, and there is no such destination\./,
  ],
])('%s is refused', async (_, text, message) => {
  const { code, err } = await aFolder(text).run('plan');
  expect([2, 5]).toContain(code);
  expect(err).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});
