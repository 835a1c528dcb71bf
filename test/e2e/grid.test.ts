import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Verb, verbs } from '../../shared/endpoints/endpoint/lifecycle.ts';
import type { Received } from '../local/http-client.ts';
import { filled } from '../support/filled.ts';
import { count, every } from '../support/full-counts.ts';
import { aFlowDesigner, aName, aSharedRuntime, deliver, ok, type World } from '../support/given.ts';
import { leads, type Situation, situations } from '../support/lifecycle-table.ts';

let world: World;
let designer: string;
beforeAll(async () => {
  world = await aSharedRuntime({ streams: false });
  designer = await aFlowDesigner(world);
});
afterAll(() => world.end());

const byQuery = { kind: 'token', accept: [{ in: 'query', name: 'key' }] };

/** The request of each verb, and the status of its answer. */
const requests: Record<Verb, { method: string; path: string; body?: object; success: number }> = {
  edit: { method: 'PATCH', path: '', body: { description: 'edited' }, success: 200 },
  delete: { method: 'DELETE', path: '', success: 204 },
  configure: { method: 'PUT', path: '/endpoint', body: { retentionDays: 7 }, success: 200 },
  generateToken: { method: 'POST', path: '/endpoint/token', body: { value: 'fake-secret-01' }, success: 201 },
  revealToken: { method: 'GET', path: '/endpoint/token', success: 200 },
  rotateToken: {
    method: 'POST',
    path: '/endpoint/token/rotate',
    body: { value: 'fake-secret-02', force: true },
    success: 200,
  },
  changeAuth: { method: 'PUT', path: '/endpoint', body: { auth: byQuery, values: { force: true } }, success: 200 },
  endGrace: { method: 'DELETE', path: '/endpoint/token/previous', success: 200 },
  removeToken: { method: 'DELETE', path: '/endpoint/token', success: 200 },
  activate: { method: 'POST', path: '/endpoint/activate', body: {}, success: 200 },
  deactivate: { method: 'POST', path: '/endpoint/deactivate', body: {}, success: 200 },
  hold: { method: 'POST', path: '/endpoint/hold', body: {}, success: 200 },
  release: { method: 'POST', path: '/endpoint/release', body: {}, success: 200 },
  openHandshake: { method: 'POST', path: '/endpoint/handshake', body: { minutes: 5 }, success: 200 },
  confirmHandshake: { method: 'POST', path: '/endpoint/handshake/confirm', body: {}, success: 200 },
  closeHandshake: { method: 'DELETE', path: '/endpoint/handshake', success: 200 },
  test: { method: 'POST', path: '/endpoint/test', body: {}, success: 200 },
  deconfigure: { method: 'DELETE', path: '/endpoint?discardHeld=true', success: 200 },
};

const ask = (connection: string, verb: Verb, more: { token?: string; headers?: Record<string, string> } = {}) => {
  const { method, path, body } = requests[verb];
  return world.api(method, connection + path, body, more);
};

/** The path of a connection in this situation. */
async function aConnection({ status, having }: Pick<Situation, 'status' | 'having'>): Promise<string> {
  const name = aName();
  const path = `/v1/connections/${name}`;
  const isDelivering = having === 'a window' || having === 'a delivery';
  await ok(world, 'POST', '/v1/connections', { name, provider: isDelivering ? 'asana' : 'generic' });
  if (status === 'unconfigured') return path;
  const bySender = having === "sender's secret" || (having === 'no token' && status !== 'configured');
  await ok(world, 'PUT', `${path}/endpoint`, isDelivering ? {} : { secretFrom: bySender ? 'sender' : 'operator' });
  if (['a token', 'a grace', 'a hold', 'a delivery'].includes(having))
    await ok(world, 'POST', `${path}/endpoint/token`, { value: 'fake-secret-before' });
  if (having === 'a grace') await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
  if (having === 'a hold') await ok(world, 'POST', `${path}/endpoint/hold`, {});
  if (status !== 'configured') await ok(world, 'POST', `${path}/endpoint/activate`, {});
  if (isDelivering) await ok(world, 'POST', `${path}/endpoint/handshake`, {});
  if (having === 'a delivery') await deliverSecret(path);
  if (status === 'inactive') await ok(world, 'POST', `${path}/endpoint/deactivate`, {});
  if (having === 'no token' && bySender) await ok(world, 'PUT', `${path}/endpoint`, { secretFrom: null });
  return path;
}

/** Lets the sender deliver another secret. */
async function deliverSecret(path: string): Promise<void> {
  const { url } = (await read(path))['endpoint'] as { url: string };
  const answer = await deliver(url, { headers: { 'x-hook-secret': 'secret-of-the-sender' } });
  expect(answer.status).toBe(200);
}

const read = (path: string): Promise<Record<string, unknown>> => ok(world, 'GET', path);

/** The record in a verb's answer: alone, or beside a token. */
const recordIn = (answer: Received): unknown => answer.json()['connection'] ?? answer.json();

describe.each(every(5, situations))('$status with $having', (situation) => {
  const { status, cells, offered } = situation;
  const keeping = verbs.filter((verb) => !leads(cells[verb]));

  // `npm test` tries every third of these verbs in every fifth situation. test/shared/endpoints/endpoint tries all of them without a runtime.
  test('each verb that is refused or changes nothing leaves the record as it is', async () => {
    const path = await aConnection(situation);
    const before = await read(path);
    expect(before).toMatchObject({ status, allowedActions: offered.split(' ') });
    for (const verb of filled(every(3, keeping))) {
      const answer = await ask(path, verb);
      const code = cells[verb];
      if (code === 'same') expect([verb, answer.status, answer.json()]).toEqual([verb, 200, before]);
      else {
        expect([verb, answer.status]).toEqual([verb, 409]);
        expect(answer.json()).toMatchObject({ code, endpointStatus: status, allowedActions: offered.split(' ') });
      }
    }
    // A change would have raised the version, which no later change lowers.
    expect(await read(path)).toEqual(before);
  });
});

/** The situations in which a verb is tried. test/shared/endpoints/endpoint tries every cell of the table without a runtime. */
const tries = count({ usual: 1, full: situations.length });

const changes = verbs.flatMap((verb) => {
  const changed = situations.filter(({ cells }) => leads(cells[verb]));
  return changed.slice(0, tries).map((situation) => ({ verb, situation, ...situation }));
});

test.each(changes)('$verb of $status with $having leads where the table says', async ({ verb, situation, cells }) => {
  const path = await aConnection(situation);
  const { version } = await read(path);
  const answer = await ask(path, verb);
  expect(answer.status).toBe(requests[verb].success);
  if (verb === 'delete') return expect((await world.api('GET', path)).status).toBe(404);
  const after = await read(path);
  // A verb that makes a secret first writes a note of it.
  const writes = ['generateToken', 'rotateToken', 'changeAuth'].includes(verb) ? 2 : 1;
  expect(after).toMatchObject({ status: cells[verb], version: Number(version) + writes, updatedBy: 'bootstrap' });
  expect(answer.headers['etag']).toBe(`"${after['version']}"`);
  // The self-test answers only with its steps.
  if (verb === 'test') return expect(answer.json()).toHaveProperty('steps');
  // Only the answer to a release says where its progress is.
  const note = expect.stringContaining(`GET ${path}/replays/release-`);
  const facts = [{ code: 'release_runs', replayId: expect.stringMatching(/^release-/) }];
  return expect(recordIn(answer)).toEqual(verb === 'release' ? { ...after, note, facts } : after);
});

describe('a flow designer', () => {
  test.each(every(2, ['active', 'unconfigured'] as const))(
    'can read an %s connection, and change nothing',
    async (status) => {
      const path = await aConnection({ status, having: 'a token' });
      const before = await read(path);
      for (const verb of verbs) {
        const answer = await ask(path, verb, { token: designer });
        expect([verb, answer.status, answer.json()['code']]).toEqual([verb, 403, 'role_required']);
      }
      expect(await read(path)).toEqual(before);
      const seen = (await world.api('GET', path, undefined, { token: designer })).json();
      expect(seen).toMatchObject({ status, allowedActions: [], version: before['version'] });
      for (const list of ['/v1/connections', `${path}/events`]) {
        expect((await world.api('GET', list, undefined, { token: designer })).status).toBe(200);
      }
    },
  );

  test('cannot open a connection', async () => {
    const name = aName();
    const answer = await world.api('POST', '/v1/connections', { name }, { token: designer });
    expect([answer.status, answer.json()['code']]).toEqual([403, 'role_required']);
    expect((await world.api('GET', `/v1/connections/${name}`)).status).toBe(404);
  });
});

describe('a repeated request whose first answer was lost', () => {
  const repeated = [
    ['configure', 'configured', 'no token', 200],
    ['generateToken', 'configured', 'no token', 409],
    ['endGrace', 'active', 'a grace', 200],
    ['removeToken', 'active', 'a grace', 200],
    ['activate', 'inactive', 'a token', 200],
    ['deactivate', 'active', 'a token', 200],
    ['hold', 'active', 'a token', 200],
    ['release', 'active', 'a hold', 200],
    ['deconfigure', 'inactive', 'no token', 200],
    ['delete', 'unconfigured', 'no token', 404],
  ] as const;

  test.each(every(3, repeated))('of %s (%s with %s) changes nothing more', async (verb, status, having, expected) => {
    const path = await aConnection({ status, having });
    expect((await ask(path, verb)).status).toBe(requests[verb].success);
    const after = (await world.api('GET', path)).text;
    expect((await ask(path, verb)).status).toBe(expected);
    const strip = (text: string) => text.replace(/"requestId":"[^"]*"/, '');
    expect(strip((await world.api('GET', path)).text)).toBe(strip(after));
  });

  test('of a rotation without force is refused as rotation_in_progress, and ends no token', async () => {
    const path = await aConnection({ status: 'active', having: 'a token' });
    await ok(world, 'POST', `${path}/endpoint/token/rotate`, {});
    const after = await read(path);
    const again = await world.api('POST', `${path}/endpoint/token/rotate`, {});
    expect([again.status, again.json()['code']]).toEqual([409, 'rotation_in_progress']);
    expect(await read(path)).toEqual(after);
  });
});

describe('If-Match', () => {
  const changing = verbs.map((verb): [Verb, Situation['status'], Situation['having']] => {
    if (verb === 'delete') return [verb, 'unconfigured', 'no token'];
    if (verb === 'generateToken' || verb === 'deconfigure') return [verb, 'configured', 'no token'];
    if (verb === 'openHandshake') return [verb, 'active', 'a window'];
    if (verb === 'confirmHandshake') return [verb, 'active', 'a delivery'];
    return [verb, verb === 'activate' ? 'inactive' : 'active', verb === 'release' ? 'a hold' : 'a grace'];
  });

  test.each(every(5, changing))(
    'with another version refuses %s, and with the current version allows it',
    async (verb, status, having) => {
      const path = await aConnection({ status, having });
      const before = await read(path);
      const version = Number(before['version']);
      for (const other of [version - 1, version + 1]) {
        const answer = await ask(path, verb, { headers: { 'if-match': `"${other}"` } });
        expect(answer.status).toBe(412);
        expect(answer.json()).toMatchObject({ code: 'version_mismatch', version });
      }
      expect((await ask(path, verb, { headers: { 'if-match': version.toString() } })).status).toBe(400);
      expect(await read(path)).toEqual(before);
      const answer = await ask(path, verb, { headers: { 'if-match': `"${version}"` } });
      expect(answer.status).toBe(requests[verb].success);
    },
  );

  test('with * allows an edit, and a missing connection is still a 404', async () => {
    const path = await aConnection({ status: 'configured', having: 'no token' });
    expect((await ask(path, 'edit', { headers: { 'if-match': '*' } })).status).toBe(200);
    expect((await ask('/v1/connections/nowhere', 'edit', { headers: { 'if-match': '"1"' } })).status).toBe(404);
  });
});

test('an edit keeps the fields that it does not name, and refuses an unknown provider', async () => {
  const path = await aConnection({ status: 'active', having: 'a token' });
  await ok(world, 'PATCH', path, { description: 'Orders of the shop' });
  const edited = await ok(world, 'PATCH', path, { provider: 'generic' });
  expect(edited).toMatchObject({ provider: 'generic', description: 'Orders of the shop', status: 'active' });
  const refused = await world.api('PATCH', path, { provider: 'nobody-knows' });
  expect([refused.status, refused.json()['code']]).toEqual([422, 'invalid_request']);
  expect(await read(path)).toEqual(edited);
});

test('the first activation makes the URL, and the URL stays until the endpoint is deconfigured', async () => {
  const path = await aConnection({ status: 'configured', having: 'a token' });
  const urlOf = async (verb: Verb) => {
    expect((await ask(path, verb)).status).toBe(200);
    return ((await read(path))['endpoint'] as { url: string | null } | null)?.url;
  };
  expect(await urlOf('edit')).toBeNull();
  const url = await urlOf('activate');
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/hooks\/orders-\d+\/[0-9A-Za-z_-]{22}$/);
  for (const verb of ['deactivate', 'activate', 'rotateToken', 'endGrace', 'configure', 'removeToken'] as const) {
    expect(await urlOf(verb)).toBe(url);
  }
  expect(await urlOf('deconfigure')).toBeUndefined();
  expect(await urlOf('configure')).toBeNull();
});
