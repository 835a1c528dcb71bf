/** Which token `hooklatch mcp` takes, with which flags. test/clients/mcp/ has what it serves. */
import { globSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { aDeployment, answered, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

const designer = { id: 'op_1', name: 'zoe', role: 'flow_designer', allowedActions: [], via: 'mcp' };
const admin = { ...designer, role: 'connection_admin' };
/** An earlier version knows no header that says by which program a request comes. */
const { via: _, ...unheard } = admin;

const another = 'hooklatch operators create agent --role flow_designer';

test.each([
  ['a flow_designer', [], designer, 0, ''],
  ['a flow_designer', ['--allow-write'], designer, 0, ''],
  ['an admin', [], admin, 4, another],
  ['an admin', ['--allow-write'], admin, 0, ''],
  ['an admin', ['--allow-hold'], admin, 0, ''],
  ['an admin', ['--allow-write', '--allow-hold'], admin, 0, ''],
  ['an admin of an earlier version', ['--allow-write'], unheard, 4, another],
])('%s, %j', async (_name, flags, me, code, said) => {
  const { asked, fetch } = aDeployment(() => answered(me));
  const ran = await hooklatch(['mcp', ...flags], { env, fetch });
  expect([ran.code, ran.out, asked.map(({ path }) => path)]).toEqual([code, '', ['/v1/me']]);
  expect(ran.err).toContain(said);
});

test.each<[string, number, string]>([
  ['orders', 0, ''],
  ['oders', 2, "There is no connection 'oders'. Did you mean 'orders'?"],
  ['shop', 2, "There is no connection 'shop'."],
])('--connection %s, of the connections orders and billing', async (name, code, said) => {
  const { fetch } = aDeployment(({ path }) =>
    answered(
      path === '/v1/connections' ? { items: [{ name: 'billing' }, { name: 'orders' }], nextCursor: null } : designer,
    ),
  );
  const ran = await hooklatch(['mcp', '--connection', 'billing', name], { env, fetch });
  expect([ran.code, ran.out, ran.err.trim()]).toEqual([code, '', said]);
});

test('--connection is not looked up while the deployment does not answer', async () => {
  const { fetch } = aDeployment(({ path }) =>
    path === '/v1/connections' ? answered({ message: 'Busy' }, 503) : answered(designer),
  );
  expect(await hooklatch(['mcp', '--connection', 'orders'], { env, fetch })).toMatchObject({ code: 0, out: '' });
});

test('each request says that it comes from here', async () => {
  const headers: Headers[] = [];
  const fetch = (async (_url: string, request: RequestInit) => {
    headers.push(new Headers(request.headers));
    return answered(designer);
  }) as typeof globalThis.fetch;
  await hooklatch(['mcp'], { env, fetch });
  expect(headers.map((each) => each.get('hooklatch-via'))).toEqual(['mcp']);
});

test('only this command loads the server, and only when it runs', () => {
  const imports = globSync('clients/cli/**/*.ts').flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/^.*'(?:\.\.\/)+mcp\/.*$/gm)].map(([line]) => [
      file,
      line.includes('await import('),
    ]),
  );
  expect(imports).toEqual([
    ['clients/cli/commands/mcp.ts', true],
    ['clients/cli/commands/mcp.ts', true],
  ]);
});

test('a token that the deployment does not know ends it at once, and nothing is on stdout', async () => {
  const { fetch } = aDeployment(() => answered({ message: 'Forbidden' }, 403));
  const { code, out } = await hooklatch(['mcp'], { env, fetch });
  expect([code, out]).toEqual([4, '']);
});

test.each(['all', 'replay,tokens', ''])('--allow-write refuses what it does not know: "%s"', async (kinds) => {
  const { code, out, err } = await hooklatch(['mcp', '--allow-write', kinds], { env });
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain('Name some of endpoint, replay, routes, send');
});
