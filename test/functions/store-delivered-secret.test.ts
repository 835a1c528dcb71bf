import { describe, expect, test } from '@jest/globals';
import type { StateTable } from '../../shared/endpoints/endpoint/state-table.ts';
import type { NamedAuth } from '../../shared/endpoints/settings/auth.ts';
import { aLifecycle } from '../shared/endpoints/endpoint/given-lifecycle.ts';
import { aMoment } from '../support/a-moment.ts';

const { storeDeliveredSecret } = await import('../../functions/store-delivered-secret.ts');

const noon = new Date('2026-03-01T12:00:00.000Z');
const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const endpoint = '/v1/connections/{name}/endpoint';
const newName = /^hooklatch-dev\/endpoint\/orders\/[0-9a-f]{16}$/;
const secretName =
  /^arn:aws:secretsmanager:eu-central-1:123456789012:secret:hooklatch-dev\/endpoint\/orders\/[0-9a-f]{16}-/;

/**
 * An active endpoint for Notion, which delivers its secret, with an open window of ten minutes. `writes` has what is written,
 * in order.
 */
async function aWorld(auth: NamedAuth = { kind: 'signature' }, more: { live?: string } = {}) {
  const lifecycle = aLifecycle('notion');
  const { deps, store, secretStore, record, clock } = lifecycle;
  /** Performs a verb. @throws if it is refused */
  async function operate(...verb: Parameters<typeof lifecycle.operate>) {
    const code = await lifecycle.operate(...verb);
    if (code !== undefined) throw new Error(`${verb[0]}: ${code}`);
  }
  await operate(`PUT ${endpoint}`, { auth });
  await operate(`POST ${endpoint}/activate`);
  if (more.live) await operate(`POST ${endpoint}/token`, { value: more.live });
  await operate(`POST ${endpoint}/handshake`, { minutes: 10 });
  const { endpoint: opened } = await record();
  const delivered = {
    connection: { id: 'c1', name: 'orders' },
    endpointId: opened?.id ?? '',
    windowId: opened?.handshake?.window?.id ?? '',
    value: 'secret_of_the_sender',
    sourceIp: '192.0.2.7',
    requestId: 'r9',
  };
  const writes: unknown[] = [];
  const lines: object[] = [];
  const deliver = (change: object = {}, table: Partial<StateTable> = {}) =>
    storeDeliveredSecret({
      store: {
        ...store,
        async replaceConnection(connection, requestId) {
          await aMoment();
          const { verb, step, by } = connection.entry;
          writes.push(['record', verb, step, by, requestId, connection.endpoint?.pending?.secret]);
          return store.replaceConnection(connection, requestId);
        },
        ...table,
      },
      secretStore: {
        async create(name, id, value) {
          await aMoment();
          writes.push(['create', value]);
          return secretStore.create(name, id, value);
        },
        async putPending(secret, id, value) {
          await aMoment();
          writes.push(['putPending', value]);
          return secretStore.putPending(secret, id, value);
        },
        async markCurrent(secret, id) {
          await aMoment();
          writes.push(['markCurrent', id]);
          return secretStore.markCurrent(secret, id);
        },
      },
      secretPrefix: deps.secretPrefix,
      now: () => clock.now,
      log: (line) => void lines.push(line),
    })({ ...delivered, ...change });
  return { ...lifecycle, operate, deliver, delivered, writes, lines };
}

describe('a secret that a sender delivers', () => {
  test('is live at once if the endpoint has none, and the window closes', async () => {
    const { deliver, record, values, writes, lines } = await aWorld();
    expect(await deliver()).toEqual({ refused: null });
    const value = { token: 'secret_of_the_sender' };
    // The record notes what is pending before the secret exists.
    expect(writes).toEqual([
      ['record', 'generateToken', 'begin', 'handshake', 'r9', expect.stringMatching(newName)],
      ['create', value],
      ['record', 'generateToken', undefined, 'handshake', 'r9', undefined],
    ]);
    const { endpoint: after } = await record();
    expect(after).toMatchObject({
      secret: expect.stringMatching(secretName),
      tokens: [{ createdAt: noon.toISOString(), createdBy: 'handshake', holds: 'secret' }],
    });
    expect(after).not.toHaveProperty('handshake');
    expect(after).not.toHaveProperty('pending');
    expect(values.get(`${after?.secret} ${after?.tokens[0]?.id}`)).toEqual(value);
    expect(lines).toEqual([{ outcome: 'secret_stored', connection: 'orders', requestId: 'r9' }]);
  });

  test('waits for an operator if the endpoint has a live one', async () => {
    const { deliver, record, values, writes, lines } = await aWorld(undefined, { live: 'secret_of_before' });
    const before = (await record()).endpoint;
    expect(await deliver()).toEqual({ refused: null });
    const value = { token: 'secret_of_the_sender' };
    expect(writes).toEqual([
      ['record', 'rotateToken', 'begin', 'handshake', 'r9', ''],
      ['markCurrent', before?.tokens[0]?.id],
      ['putPending', value],
      ['record', 'rotateToken', 'deliver', 'handshake', 'r9', undefined],
    ]);
    const { endpoint: after } = await record();
    expect([after?.tokens, after?.secret]).toEqual([before?.tokens, before?.secret]);
    const { delivered, window } = after?.handshake ?? {};
    expect([delivered?.at, delivered?.sourceIp, window]).toEqual([noon.toISOString(), '192.0.2.7', undefined]);
    expect(values.get(`${after?.secret} ${delivered?.tokenId}`)).toEqual(value);
    expect(lines).toEqual([{ outcome: 'secret_stored', connection: 'orders', requestId: 'r9' }]);
  });

  test('waits for an operator also during the grace of a rotation', async () => {
    const { operate, deliver, record } = await aWorld(undefined, { live: 'secret_of_before' });
    const rotation = { value: 'secret_of_today', graceSeconds: 60, force: false };
    await operate(`POST ${endpoint}/token/rotate`, rotation);
    expect(await deliver()).toEqual({ refused: null });
    expect((await record()).endpoint).toMatchObject({
      tokens: [{}, { expiresAt: later(60).toISOString() }],
      handshake: { delivered: { sourceIp: '192.0.2.7' } },
    });
  });

  test.each<[string, object]>([
    ['in another window', { windowId: 'another' }],
    ['for another endpoint', { endpointId: 'another' }],
    ['for an earlier connection of this name', { connection: { id: 'c0', name: 'orders' } }],
  ])('is refused %s', async (_, change) => {
    const { deliver, record, writes, lines } = await aWorld();
    const before = await record();
    expect(await deliver(change)).toEqual({ refused: 'handshake_window_closed' });
    expect([await record(), writes]).toEqual([before, []]);
    expect(lines).toEqual([
      { outcome: 'secret_refused', code: 'window_closed', connection: 'orders', requestId: 'r9' },
    ]);
  });

  test('is refused for a connection that does not exist', async () => {
    const { deliver, lines } = await aWorld();
    const connection = { id: 'c1', name: 'others' };
    expect(await deliver({ connection })).toEqual({ refused: 'handshake_window_closed' });
    expect(lines).toMatchObject([{ code: 'connection_not_found', connection: 'others' }]);
  });

  const toBoth: NamedAuth = { kind: 'both', accept: [{ in: 'path' }] };
  test.each<[string, { live?: string }, Parameters<Awaited<ReturnType<typeof aWorld>>['operate']>]>([
    ['the auth of an endpoint without a secret', {}, [`PUT ${endpoint}`, { auth: toBoth }]],
    [
      'the secret of an endpoint that has one',
      { live: 'secret_of_before' },
      [`POST ${endpoint}/token/rotate`, { value: 'secret_of_today', graceSeconds: 60, force: false }],
    ],
  ])('is refused if an operator changes %s since it was checked', async (_, given, change) => {
    const { deliver, operate, store, writes, lines } = await aWorld(undefined, given);
    let reads = 0;
    const readConnection: StateTable['readConnection'] = async (name) => {
      const connection = await store.readConnection(name);
      reads += 1;
      if (reads === 1) await operate(...change);
      return connection;
    };
    expect(await deliver({}, { readConnection })).toEqual({ refused: 'handshake_window_closed' });
    expect([writes, lines]).toMatchObject([[], [{ outcome: 'secret_refused', code: 'superseded' }]]);
  });

  test('is refused when the window has ended', async () => {
    const { deliver, clock } = await aWorld();
    clock.now = later(600);
    expect(await deliver()).toEqual({ refused: 'handshake_window_closed' });
    clock.now = later(599);
    expect(await deliver()).toEqual({ refused: null });
  });

  test('is refused a second time', async () => {
    const { deliver } = await aWorld();
    expect(await deliver()).toEqual({ refused: null });
    expect(await deliver({ value: 'secret_of_a_stranger' })).toEqual({ refused: 'handshake_window_closed' });
  });

  test('is refused if the endpoint was deconfigured', async () => {
    const { deliver, operate } = await aWorld();
    await operate(`POST ${endpoint}/deactivate`);
    await operate(`DELETE ${endpoint}`);
    expect(await deliver()).toEqual({ refused: 'handshake_window_closed' });
  });

  test.each<[string, NamedAuth, string, string]>([
    ['can be no secret', { kind: 'signature' }, 'short', 'token_not_usable'],
    ['signs nothing', { kind: 'both', accept: [{ in: 'path' }] }, 'secret_of_the_sender', 'token_not_usable'],
  ])('is refused if it %s', async (_, auth, value, code) => {
    const { deliver, writes, lines } = await aWorld(auth);
    expect(await deliver({ value })).toEqual({ refused: 'handshake_refused' });
    expect(writes).toEqual([]);
    expect(lines).toMatchObject([{ outcome: 'secret_refused', code }]);
  });

  test('is refused if it was a token of this endpoint, because whoever saw a request could sign with it', async () => {
    const { deliver, operate, writes } = await aWorld();
    const token = { kind: 'token', accept: [{ in: 'path' }] };
    await operate(`PUT ${endpoint}`, { auth: token });
    await operate(`POST ${endpoint}/token`, { value: 'secret_of_the_sender' });
    await operate(`DELETE ${endpoint}/token`);
    await operate(`PUT ${endpoint}`, { auth: { kind: 'signature' } });
    expect(await deliver()).toEqual({ refused: 'handshake_refused' });
    expect(writes).toEqual([]);
  });

  test('causes an error that is not a refusal if it cannot be stored', async () => {
    const { deliver, secretStore, lines, record } = await aWorld();
    secretStore.create = async () => {
      throw new Error('Secrets Manager is down');
    };
    await expect(deliver()).rejects.toThrow('Secrets Manager is down');
    expect(lines).toEqual([]);
    expect((await record()).endpoint).toMatchObject({ tokens: [], pending: { since: noon.toISOString() } });
  });

  test.each(['markCurrent', 'putPending'] as const)(
    'causes an error and waits for nobody if %s fails beside a live one',
    async (step) => {
      const { deliver, secretStore, lines, record } = await aWorld(undefined, { live: 'secret_of_before' });
      secretStore[step] = async () => {
        throw new Error('Secrets Manager is down');
      };
      await expect(deliver()).rejects.toThrow('Secrets Manager is down');
      expect(lines).toEqual([]);
      const { handshake, pending } = (await record()).endpoint ?? {};
      expect([handshake?.delivered, pending?.since]).toEqual([undefined, noon.toISOString()]);
      // The sender can try again in the same window.
      expect(handshake?.window?.until).toBe(later(600).toISOString());
    },
  );

  test.each(['connection', 'endpointId', 'windowId', 'value', 'sourceIp', 'requestId'])(
    'is an error without %s',
    async (name) => {
      const { deliver, writes } = await aWorld();
      await expect(deliver({ [name]: undefined })).rejects.toThrow(name);
      expect(writes).toEqual([]);
    },
  );
});
