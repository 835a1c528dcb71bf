import { describe, expect, test } from '@jest/globals';
import type { Endpoint } from '../../shared/endpoints/endpoint/endpoint-record.ts';
import type { EventRow } from '../../shared/events/event/event.ts';
import type { EventPageRequest } from '../../shared/events/event/event-page.ts';
import { aLifecycle } from '../shared/endpoints/endpoint/given-lifecycle.ts';
import { aMoment } from '../support/a-moment.ts';
import { anOperator, noon, type OperatorRequest } from './given-operator.ts';

const { apiEndpoint } = await import('../../functions/api-endpoint.ts');

const later = (seconds: number) => new Date(noon.getTime() + seconds * 1000);
const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
const bearer = { in: 'header', name: 'authorization', scheme: 'Bearer' };
const inQuery = { in: 'query', name: 'token' };

interface Given {
  provider?: string;
  /** The pages of events that the table has. */
  pages?: Partial<EventRow>[][];
}

/** The API with the connection `orders`, whose record, values and secrets are in memory. */
function aWorld({ provider = 'generic', pages = [[]] }: Given = {}) {
  const lifecycle = aLifecycle(provider);
  const { deps, secretStore } = lifecycle;
  const asked: [string, EventPageRequest][] = [];
  const labels: unknown[] = [];
  const lines: object[] = [];
  const { markCurrent } = secretStore;
  secretStore.markCurrent = async (secret, id) => {
    await aMoment();
    labels.push(id);
    return markCurrent(secret, id);
  };
  const operator = anOperator(
    apiEndpoint({
      ...deps,
      events: {
        async list(connectionId, page) {
          asked.push([connectionId, page]);
          const events = (pages[asked.length - 1] ?? []) as EventRow[];
          return { events, next: asked.length < pages.length ? 'next' : undefined };
        },
      },
      usage: { lastUse: async () => ({ tokens: new Map(), lastEventAt: null, handshakes: undefined }) },
      countHeld: async () => ({ count: 3, complete: true }),
      log: (line, level = 'info') => void lines.push({ level, ...line }),
    }),
  );
  const call = (route: string, more: OperatorRequest = {}) => {
    const [method, path = ''] = route.split(' ');
    const body = method === 'POST' || method === 'PUT' ? { body: {} } : {};
    const params = { name: 'orders' };
    return operator.ask(`${method} /v1/connections/{name}/endpoint${path}`, { ...body, params, ...more });
  };
  const body = (value: object) => ({ body: value });
  /** Calls these routes. @throws if one of them fails */
  async function given(...calls: [string, OperatorRequest?][]) {
    for (const [route, more] of calls) {
      const { status, body } = await call(route, more);
      if (status >= 300) throw new Error(`${route}: ${status} ${body.code}`);
    }
  }
  const endpoint = async () => (await lifecycle.record()).endpoint;
  const entry = async () => (await lifecycle.record()).entry;
  return { ...lifecycle, ...operator, lines, call, body, given, endpoint, entry, asked, labels };
}

const adopted = { body: { value: 'the-token-of-today' } };
const rotated = { body: { value: 'the-token-of-tomorrow' } };
const active: [string, OperatorRequest?][] = [['PUT'], ['POST /token', adopted], ['POST /activate']];

describe('the endpoint', () => {
  test('is configured, and then has the settings', async () => {
    const { call, endpoint, entry } = aWorld();
    const { status, headers, body } = await call('PUT', { body: { retentionDays: 7 } });
    expect([status, headers['etag'], body.status, body.endpoint.retentionDays]).toEqual([200, '"2"', 'configured', 7]);
    expect(await endpoint()).toMatchObject({ status: 'configured', settings: { retentionDays: 7 } });
    expect(await entry()).toMatchObject({ verb: 'configure', by: 'op_1' });
  });

  test('is activated and deactivated, at the same URL', async () => {
    const { call, given } = aWorld();
    await given(['PUT'], ['POST /token']);
    const first = await call('POST /activate');
    expect([first.status, first.body.status]).toEqual([200, 'active']);
    expect(first.body.endpoint.url).toMatch(/^https:\/\/hooks\.example\.com\/hooks\/orders\/[\w-]{22}$/);
    expect(await call('POST /deactivate')).toMatchObject({
      status: 200,
      body: { status: 'inactive', endpoint: { url: first.body.endpoint.url } },
    });
  });

  test('is held under a new id, and released', async () => {
    const { call, given, endpoint } = aWorld();
    await given(...active);
    expect(await call('POST /hold')).toMatchObject({
      status: 200,
      body: { endpoint: { held: true, heldSince: noon.toISOString(), heldCount: 3 } },
    });
    const id = (await endpoint())?.hold?.id ?? '';
    expect(id).toMatch(uuid);
    const released = await call('POST /release');
    expect(released).toMatchObject({ status: 200, body: { endpoint: { held: false } } });
    expect(released.body.note).toContain(`/replays/release-${id}`);
    await given(['POST /hold']);
    const second = (await endpoint())?.hold?.id ?? '';
    expect(second).toMatch(uuid);
    expect(second).not.toBe(id);
  });

  test('is deconfigured once it has no token', async () => {
    const { call, given, endpoint } = aWorld();
    await given(['PUT'], ['POST /token']);
    expect(await call('DELETE')).toMatchObject({ status: 409, body: { code: 'token_exists' } });
    await given(['DELETE /token']);
    expect(await call('DELETE')).toMatchObject({ status: 200, body: { status: 'unconfigured', endpoint: null } });
    expect(await endpoint()).toBeNull();
  });

  test('of a connection that does not exist is not found', async () => {
    const { call } = aWorld();
    const params = { name: 'others' };
    for (const route of ['PUT', 'DELETE', 'POST /token', 'GET /token', 'DELETE /token', 'POST /hold', 'POST /release'])
      expect(await call(route, { params })).toMatchObject({ status: 404, body: { code: 'connection_not_found' } });
  });
});

describe('an endpoint with held events', () => {
  const held = (id: string, count: number) => Array<Partial<EventRow>>(count).fill({ held: id });

  /** An endpoint that was held two hours ago, with as many events of its hold as `pages` says. */
  async function aHeldEndpoint(pages: (id: string) => Partial<EventRow>[][]) {
    const stored: Partial<EventRow>[][] = [];
    const world = aWorld({ pages: stored });
    await world.given(['PUT'], ['POST /token'], ['POST /activate'], ['POST /hold'], ['DELETE /token']);
    stored.push(...pages((await world.endpoint())?.hold?.id ?? ''));
    world.clock.now = later(7_200);
    return world;
  }

  test('is not deconfigured, and the answer says how many events would be lost', async () => {
    const { call, asked, endpoint } = await aHeldEndpoint((id) => [held(id, 2), [...held('other', 5), ...held(id, 1)]]);
    const { status, body } = await call('DELETE');
    expect([status, body.code]).toEqual([409, 'held']);
    expect(body).toMatchObject({ heldSince: noon.toISOString(), count: 3, complete: true });
    expect(body.detail).toContain('to publish 3 held events (');
    expect(body.detail).toContain('?discardHeld=true');
    // The clocks of the hold and of the events may differ by an hour.
    expect(asked[0]).toMatchObject(['c1', { from: '2026-03-01T11:00:00.000Z', to: undefined, now: later(7_200) }]);
    expect(await endpoint()).not.toBeNull();
  });

  test('has one held event', async () => {
    const { call } = await aHeldEndpoint((id) => [held(id, 1)]);
    expect((await call('DELETE')).body.detail).toContain('to publish 1 held event (');
  });

  test('has at least so many held events if there are too many to count', async () => {
    const { call } = await aHeldEndpoint((id) => Array(21).fill(held(id, 1)));
    const { body } = await call('DELETE');
    expect(body).toMatchObject({ count: 20, complete: false });
    expect(body.detail).toContain('to publish at least 20 held events (');
  });

  test('is deconfigured if they may be discarded', async () => {
    const { call, asked } = await aHeldEndpoint(() => [[]]);
    const refused = { status: 409, body: { code: 'held' } };
    expect(await call('DELETE', { query: { discardHeld: 'false' } })).toMatchObject(refused);
    asked.length = 0;
    expect(await call('DELETE', { query: { discardHeld: 'true' } })).toMatchObject({ status: 200 });
    expect(asked).toEqual([]);
  });

  test.each<[string, (endpoint: Endpoint) => Endpoint | null]>([
    ['released', ({ hold: _, ...endpoint }) => endpoint],
    ['deconfigured', () => null],
  ])('is refused without a number if it is %s at the same time', async (_, change) => {
    const { call, store, asked } = await aHeldEndpoint(() => [[]]);
    const { readConnection } = store;
    let reads = 0;
    store.readConnection = async (name) => {
      const connection = await readConnection(name);
      reads += 1;
      return reads === 1 || !connection?.endpoint
        ? connection
        : { ...connection, endpoint: change(connection.endpoint) };
    };
    const { status, body } = await call('DELETE');
    expect([status, body.code, body.count, asked]).toEqual([409, 'held', undefined, []]);
  });

  test('is refused for another reason first, and fails if its record cannot be written', async () => {
    const { call, store, asked } = await aHeldEndpoint(() => [[]]);
    expect(await call('DELETE', { ifMatch: 1 })).toMatchObject({ status: 412, body: { code: 'version_mismatch' } });
    store.replaceConnection = async () => {
      throw new Error('the table is throttled');
    };
    expect(await call('DELETE', { query: { discardHeld: 'true' } })).toMatchObject({ status: 500 });
    expect(asked).toEqual([]);
  });
});

describe('a token', () => {
  test('is generated, and its answer has no URL before the endpoint is active', async () => {
    const { call, given, entry } = aWorld();
    await given(['PUT']);
    const { status, headers, body } = await call('POST /token');
    expect([status, headers['etag'], body.url, body.deliveryUrls]).toEqual([201, '"4"', null, []]);
    expect(body.token).toMatch(/^hle_[0-9A-Za-z]{49}$/);
    expect(body).not.toHaveProperty('signingSecret');
    expect(body.connection).toMatchObject({ name: 'orders', endpoint: { tokens: [{ createdBy: 'op_1' }] } });
    expect(await entry()).toMatchObject({ verb: 'generateToken' });
  });

  test('is revealed with its URLs, and the history has that', async () => {
    const { call, given, entry, endpoint } = aWorld();
    await given(...active);
    const url = `https://hooks.example.com/hooks/orders/${(await endpoint())?.id}`;
    const { status, headers, body } = await call('GET /token', { operator: 'op_2' });
    expect([status, headers['etag'], body.token, body.url]).toEqual([200, '"6"', 'the-token-of-today', url]);
    const json = "-H 'content-type: application/json' -d '{}'";
    expect(body.deliveryUrls).toEqual([
      {
        placement: bearer,
        url,
        header: { name: 'authorization', value: 'Bearer the-token-of-today' },
        curl: `curl '${url}' -X POST -H 'authorization: Bearer the-token-of-today' ${json}`,
      },
      {
        placement: inQuery,
        url: `${url}?token=the-token-of-today`,
        curl: `curl '${url}?token=the-token-of-today' -X POST ${json}`,
      },
    ]);
    expect(body.connection.version).toBe(6);
    expect(body).not.toHaveProperty('previous');
    expect(await entry()).toMatchObject({ verb: 'revealToken', by: 'op_2' });
  });

  test('is not revealed without a trace', async () => {
    const { call, given, store } = aWorld();
    await given(...active);
    store.replaceConnection = async () => {
      throw new Error('the table is throttled');
    };
    const { status, body } = await call('GET /token');
    expect([status, body.code, body.token]).toEqual([500, 'internal_error', undefined]);
  });

  test.each<[string, object, string]>([
    ['the first method that the endpoint accepts', { methods: ['PUT', 'POST'] }, '-X PUT '],
    ['an example of the delivery id', { dedupe: { by: 'header', name: 'x-id' } }, "-H 'x-id: example-1' "],
  ])('has a command with %s', async (_, settings, expected) => {
    const { call, given } = aWorld();
    await given(['PUT', { body: { ...settings, auth: { kind: 'token', accept: [inQuery] } } }], ...active.slice(1));
    const [{ curl }] = (await call('GET /token')).body.deliveryUrls;
    expect(curl).toContain(expected);
  });

  test('has a command without a delivery id if the id is in the body', async () => {
    const { call, given } = aWorld();
    await given(['PUT', { body: { dedupe: { by: 'body', path: '/id' } } }], ...active.slice(1));
    const [{ curl }] = (await call('GET /token')).body.deliveryUrls;
    expect(curl).toMatch(/^curl '[^']+' -X POST -H '[^']+' -H 'content-type: application\/json' -d '\{\}'$/);
  });

  test('has no command if a signature is needed too', async () => {
    const { call, given } = aWorld({ provider: 'github' });
    const auth = { kind: 'both', accept: [inQuery] };
    const values = { value: 'the-token-of-today', signingSecret: 'the secret of today' };
    await given(['PUT', { body: { auth } }], ['POST /token', { body: values }], ['POST /activate']);
    const { body } = await call('GET /token');
    expect([body.token, body.signingSecret]).toEqual(['the-token-of-today', 'the secret of today']);
    expect(body.deliveryUrls).toEqual([{ placement: inQuery, url: `${body.url}?token=the-token-of-today` }]);
  });

  test('that signs has no URL that contains it', async () => {
    const { call, given } = aWorld({ provider: 'github' });
    await given(...active);
    const { body } = await call('GET /token');
    expect([body.token, body.deliveryUrls]).toEqual(['the-token-of-today', []]);
    expect(body.url).toMatch(/^https:/);
  });

  test('is rotated, and both are revealed until the grace of the previous one ends', async () => {
    const { call, given, clock, labels } = aWorld();
    await given(...active);
    const { status, body } = await call('POST /token/rotate', { body: { ...rotated.body, graceSeconds: 60 } });
    expect([status, body.token]).toEqual([200, 'the-token-of-tomorrow']);
    expect(body.deliveryUrls).toHaveLength(2);
    expect(labels).toHaveLength(2);
    const previous = { token: 'the-token-of-today', expiresAt: later(60).toISOString() };
    clock.now = later(59);
    expect((await call('GET /token')).body).toMatchObject({ token: 'the-token-of-tomorrow', previous });
    clock.now = later(60);
    const after = (await call('GET /token')).body;
    expect(after.token).toBe('the-token-of-tomorrow');
    expect(after).not.toHaveProperty('previous');
  });

  test('is revealed alone after the grace was ended', async () => {
    const { call, given } = aWorld();
    await given(...active, ['POST /token/rotate', rotated]);
    expect(await call('DELETE /token/previous')).toMatchObject({ status: 200, body: { status: 'active' } });
    const { body } = await call('GET /token');
    expect(body.token).toBe('the-token-of-tomorrow');
    expect(body).not.toHaveProperty('previous');
  });

  test('is revealed with the values of the earlier auth, but without what only stands in for a certificate', async () => {
    const scheme = { kind: 'paypal', webhookId: '8PT597110X687430LKGECATA' };
    const token = { kind: 'token', accept: [inQuery] };
    const values = { value: 'the-token-of-today' };
    const certified = aWorld();
    await certified.given(
      ['PUT', { body: { auth: { kind: 'signature', scheme } } }],
      ['POST /activate'],
      ['PUT', { body: { auth: token, values } }],
    );
    const { body } = await certified.call('GET /token');
    expect(body.token).toBe('the-token-of-today');
    expect((await certified.endpoint())?.tokens).toHaveLength(2);
    expect(body).not.toHaveProperty('previous');

    const twice = aWorld();
    const again = { kind: 'signature', scheme };
    await twice.given(
      ['PUT', { body: { auth: again } }],
      ['POST /activate'],
      ['PUT', { body: { auth: again, values: {} } }],
    );
    expect((await twice.endpoint())?.tokens).toMatchObject([{}, { expiresAt: later(86_400).toISOString() }]);
    expect((await twice.call('GET /token')).body).not.toHaveProperty('previous');

    const secret = aWorld({ provider: 'github' });
    await secret.given(
      ['PUT'],
      ['POST /token', { body: { value: 'the secret of before' } }],
      ['POST /activate'],
      ['PUT', { body: { auth: token, values } }],
    );
    expect((await secret.call('GET /token')).body).toMatchObject({ previous: { token: 'the secret of before' } });
  });

  test('is removed, which closes the endpoint', async () => {
    const { call, given, endpoint, entry } = aWorld();
    await given(...active);
    expect(await call('DELETE /token')).toMatchObject({ status: 200, body: { status: 'inactive' } });
    expect((await endpoint())?.tokens).toEqual([]);
    expect(await entry()).toMatchObject({ verb: 'removeToken' });
    expect(await call('GET /token')).toMatchObject({ status: 409, body: { code: 'token_required' } });
  });

  test('is not revealed if it cannot be read', async () => {
    const { call, given, secretStore } = aWorld();
    await given(...active);
    secretStore.read = async () => {
      throw new Error('Secrets Manager is down');
    };
    const { status, body } = await call('GET /token');
    expect([status, body.code, body.token]).toEqual([500, 'internal_error', undefined]);
  });

  test('is superseded if another operator removes its secret while it is revealed', async () => {
    const { call, given, secretStore, record, records } = aWorld();
    await given(...active);
    secretStore.read = async () => {
      const connection = await record();
      const { secret: _, ...endpoint } = connection.endpoint ?? {};
      records.set('orders', JSON.stringify({ ...connection, endpoint }));
      throw new Error('there is no such secret');
    };
    expect(await call('GET /token')).toMatchObject({ status: 409, body: { code: 'superseded' } });
  });
});

describe('the handshake of a sender that delivers its secret', () => {
  const handshake: [string, OperatorRequest?][] = [['PUT'], ['POST /activate']];

  test('is open for the minutes that the operator says, and then closed', async () => {
    const { call, given, endpoint } = aWorld({ provider: 'notion' });
    await given(...handshake);
    const openUntil = later(300).toISOString();
    const opened = await call('POST /handshake', { body: { minutes: 5 } });
    expect(opened).toMatchObject({ status: 200, body: { endpoint: { handshake: { openUntil } } } });
    const windowOf = async () => (await endpoint())?.handshake?.window ?? { id: '', until: '' };
    const first = await windowOf();
    expect(first.id).toMatch(uuid);
    await given(['POST /handshake']);
    const second = await windowOf();
    expect(second).toEqual({ id: expect.stringMatching(uuid), until: later(600).toISOString() });
    expect(second.id).not.toBe(first.id);
    expect((await call('DELETE /handshake')).body.endpoint).not.toHaveProperty('handshake');
  });

  /** An active endpoint with a live secret, and another one that waits for the operator. */
  async function aDeliveredSecret() {
    const world = aWorld({ provider: 'notion' });
    await world.given(...handshake, ['POST /token', { body: { value: 'secret_of_the_first' } }], ['POST /handshake']);
    expect(await world.deliverSecret('secret_of_the_second')).toBeNull();
    world.labels.length = 0;
    return world;
  }

  test('makes the delivered secret live when it is confirmed, and moves the label', async () => {
    const { call, endpoint, labels, entry } = await aDeliveredSecret();
    const delivered = (await endpoint())?.handshake?.delivered?.tokenId;
    const { status, body } = await call('POST /handshake/confirm', { body: { graceSeconds: 60 } });
    expect([status, body.endpoint.tokens[0].id]).toEqual([200, delivered]);
    expect((await endpoint())?.tokens).toMatchObject([{ id: delivered }, { expiresAt: later(60).toISOString() }]);
    expect(labels).toEqual([delivered]);
    expect(await entry()).toMatchObject({ verb: 'confirmHandshake' });
  });

  test('is confirmed although the label cannot be moved, which is logged', async () => {
    const { call, secretStore, lines } = await aDeliveredSecret();
    secretStore.markCurrent = async () => {
      await aMoment();
      throw new Error('Secrets Manager is down');
    };
    expect((await call('POST /handshake/confirm')).status).toBe(200);
    expect(lines).toEqual([
      { level: 'warn', warning: 'label_not_moved', fault: 'Error', connection: 'orders', requestId: 'request-1' },
    ]);
  });

  test('is not confirmed if nothing was delivered', async () => {
    const { call, given } = aWorld({ provider: 'notion' });
    await given(...handshake, ['POST /token', { body: { value: 'secret_of_the_first' } }]);
    expect(await call('POST /handshake/confirm')).toMatchObject({ status: 409, body: { code: 'nothing_delivered' } });
  });
});
