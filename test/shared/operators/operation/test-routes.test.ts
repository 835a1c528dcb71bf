/** The test of routes: what an operator reads about an event that is not sent. */
import { describe, expect, test } from '@jest/globals';
import type { TransformOutcome } from '../../../../shared/deliveries/transform/transform.ts';
import type { StoredEvent } from '../../../../shared/events/event/event.ts';
import { aRoutedConnection } from '../../deliveries/route/given-routes.ts';
import { aStoredEvent } from '../../events/event/given-event.ts';

const id = `evt_${'a'.repeat(26)}`;
const paid = { id: 'paid', when: { type: ['order.paid'], data: { amount: [{ numeric: ['>', 20] }] } }, to: 'shop' };
const rest = { id: 'rest', to: 'books' };
const headers = { 'content-type': 'application/json', 'x-shop': 'books' };

/** A connection with these rules and a stored event. */
async function tested(rules: object[], more: Partial<StoredEvent> = {}, given = {}) {
  const routed = aRoutedConnection(given);
  await routed.set({ rules });
  const event = aStoredEvent({ headers, body: Buffer.from('{"amount": 30}') }, { id, type: 'order.paid', ...more });
  routed.events.set(id, { ...event, connectionId: 'id of orders' });
  return routed;
}

describe('the test of a stored event', () => {
  test('says which rules match, where the event differs from the others, and what would be sent', async () => {
    const large = { id: 'large', when: { type: ['order.paid'], data: { amount: [1] } }, to: 'books' };
    const { test: run } = await tested([paid, large, rest]);
    const { status, body } = await run({ eventId: id });
    const sent = {
      method: 'POST',
      headers,
      bytes: 14,
      body: '{"amount": 30}',
    };
    expect([status, body]).toEqual([
      200,
      {
        mode: 'all',
        rules: [
          { id: 'paid', to: 'shop', verdict: 'match', sent },
          { id: 'large', to: 'books', verdict: 'no_match', mismatch: '/data/amount' },
          { id: 'rest', to: 'books', verdict: 'match', sent },
        ],
      },
    ]);
  });

  test('in the mode first says what is not reached', async () => {
    const { set, test: run } = await tested([]);
    await set({ mode: 'first', rules: [paid, rest] });
    const { body } = await run({ eventId: id });
    expect(body).toMatchObject({
      mode: 'first',
      rules: [{ verdict: 'match' }, { id: 'rest', verdict: 'not_reached' }],
    });
    expect(body.rules[1]).not.toHaveProperty('sent');
  });

  test('that takes too many steps says so', async () => {
    const lines = Array.from({ length: 40_000 }, (_, at) => ({ a: at }));
    const when = { data: { lines: { a: [{ exists: false }, -1, { suffix: 'x' }], b: [1] } } };
    const rules = Array.from({ length: 10 }, (_, at) => ({ id: `r${at}`, when, to: 'shop' }));
    const { test: run } = await tested(rules, { body: Buffer.from(JSON.stringify({ lines })) });
    const { body } = await run({ eventId: id });
    expect(body.rules.at(-1)).toEqual({ id: 'r9', to: 'shop', verdict: 'over_budget' });
  });

  test('of a connection without routes finds no rule', async () => {
    const { test: run } = await tested([]);
    expect((await run({ eventId: id })).body).toEqual({ mode: 'all', rules: [] });
  });

  test('reads a body from the bucket, and says if it is gone', async () => {
    const { test: run, bodies } = await tested([paid], { body: Buffer.alloc(0), bodyKey: 'k' });
    bodies.set('k', Buffer.from('{"amount": 21}'));
    expect((await run({ eventId: id })).body.rules).toMatchObject([{ sent: { body: '{"amount": 21}' } }]);
    bodies.clear();
    expect(await run({ eventId: id })).toMatchObject({ status: 500, body: { code: 'body_missing' } });
  });

  test('says that the bus splits it', async () => {
    const { test: run } = await tested([paid], { split: '{"items":"/lines"}' });
    expect((await run({ eventId: id })).body.split).toBe(true);
  });

  test.each<[string, string, Partial<StoredEvent>]>([
    ['that does not exist', `evt_${'b'.repeat(26)}`, {}],
    ['of no such form', 'evt_1', {}],
    ['that has expired', id, { expiresAt: Date.parse('2026-03-01T12:00:00.000Z') / 1000 }],
  ])('refuses an event %s', async (_, eventId, more) => {
    const { test: run } = await tested([paid], more);
    expect(await run({ eventId })).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });

  test('refuses an event of another connection', async () => {
    const { test: run, events } = await tested([paid]);
    events.set(id, { ...aStoredEvent({}, { id }), connectionId: 'another' });
    expect(await run({ eventId: id })).toMatchObject({ status: 404, body: { code: 'event_not_found' } });
  });
});

describe('the test of an event that nobody sent', () => {
  test('takes its fields, with the names of headers in lower case', async () => {
    const when = { provider: ['generic'], headers: { 'x-shop': ['a'] }, sourceIp: [{ cidr: '192.0.2.0/24' }] };
    const { test: run } = await tested([{ ...rest, when }]);
    const event = { headers: { 'X-Shop': 'a' }, sourceIp: '192.0.2.1', data: { n: 1.5 } };
    expect((await run({ event })).body.rules).toEqual([
      {
        ...{ id: 'rest', to: 'books', verdict: 'match' },
        sent: {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-shop': 'a' },
          bytes: 9,
          body: '{"n":1.5}',
        },
      },
    ]);
  });

  test('may be empty', async () => {
    const { test: run } = await tested([paid, rest]);
    expect((await run({ event: {} })).body.rules).toMatchObject([
      { verdict: 'no_match', mismatch: '/type' },
      { verdict: 'match', sent: { headers: {}, bytes: 0, body: '' } },
    ]);
  });

  test.each([[{}], [{ event: {}, eventId: id }], [{ event: { kind: 'a' } }]])('is not taken from %j', async (body) => {
    const { test: run } = await tested([paid]);
    expect(await run(body)).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
  });
});

describe('a transform', () => {
  const shaped = { ...paid, transform: 'data.amount' };

  test('gets the event as routes see it, and the time of its arrival; its JSON would be sent', async () => {
    const { test: run } = await tested([shaped], { receivedAt: '2026-02-01T00:00:00.000Z' });
    const { sent } = (await run({ eventId: id })).body.rules[0];
    expect(JSON.parse(sent.body)).toEqual({
      expression: 'data.amount',
      input: {
        ...{ type: 'order.paid', provider: 'generic', headers, query: '', path: '', sourceIp: expect.any(String) },
        data: { amount: 30 },
      },
      at: '2026-02-01T00:00:00.000Z',
    });
    expect(sent.headers).toEqual(headers);
  });

  test.each<[TransformOutcome, object]>([
    [{ kind: 'empty' }, { reason: 'empty' }],
    [{ kind: 'killed', how: 'time' }, { reason: 'killed' }],
    [{ kind: 'throttled' }, { reason: 'throttled' }],
    [{ kind: 'too_large', bytes: 2_000_000 }, { reason: 'too_large' }],
    [
      { kind: 'error', message: 'wrong' },
      { reason: 'error', message: 'wrong' },
    ],
    [
      { kind: 'error', message: 'wrong', position: 4 },
      { reason: 'error', message: 'wrong', position: 4 },
    ],
  ])('that ends as %j sends nothing', async (outcome, unsent) => {
    const { test: run } = await tested([shaped], {}, { transform: async () => outcome });
    expect((await run({ eventId: id })).body.rules).toEqual([{ id: 'paid', to: 'shop', verdict: 'match', unsent }]);
  });

  test.each<TransformOutcome>([
    { kind: 'json', text: '{}', ms: 1, emptyPaths: ['data.amont'] },
    { kind: 'empty', emptyPaths: ['data.amont'] },
    { kind: 'error', message: 'wrong', emptyPaths: ['data.amont'] },
  ])('names the paths that are empty, whatever comes of it: %j', async (outcome) => {
    const { test: run } = await tested([shaped, rest], {}, { transform: async () => outcome });
    const [of, without] = (await run({ eventId: id })).body.rules;
    expect(of.emptyPaths).toEqual(['data.amont']);
    expect(without).not.toHaveProperty('emptyPaths');
  });

  test('runs one after another, until the answer would be late', async () => {
    let [running, most] = [0, 0];
    const rules = ['a', 'b', 'c'].map((each) => ({ ...rest, id: each, transform: 'data' }));
    const transform = async (): Promise<TransformOutcome> => {
      running += 1;
      most = Math.max(most, running);
      routed.time.ms += 10_000;
      await Promise.resolve();
      running -= 1;
      return { kind: 'empty' };
    };
    const routed = await tested(rules, {}, { transform });
    expect((await routed.test({ eventId: id })).body.rules.map(({ unsent }: { unsent: object }) => unsent)).toEqual([
      ...[{ reason: 'empty' }, { reason: 'empty' }, { reason: 'no_time' }],
    ]);
    expect(most).toBe(1);
  });
});

describe('what is shown of a body', () => {
  const shown = async (body: string | Buffer, more: Partial<StoredEvent> = {}) => {
    const { test: run } = await tested([rest, { ...rest, id: 'other', to: 'shop' }], {
      body: Buffer.from(body),
      ...more,
    });
    return (await run({ eventId: id })).body.rules[0].sent;
  };

  test('is its first 16 KB, and no half of a character', async () => {
    const sent = await shown('€'.repeat(6_000));
    expect(sent).toMatchObject({ bytes: 18_000, isCut: true, body: '€'.repeat(5_461) });
  });

  test('is in base64 if it is no text', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0]), Buffer.from('no text')]);
    const sent = await shown(bytes);
    expect(sent).not.toHaveProperty('body');
    expect(Buffer.from(sent.bodyBase64, 'base64')).toEqual(bytes);
  });
});

describe('an event whose body holds a token', () => {
  const token = { body: Buffer.from('{"token":"live-token-1"}'), tokenIn: ['/token'] };
  const rule = { ...rest, when: { data: { token: ['REDACTED'] } } };

  test('is seen and shown masked', async () => {
    const { test: run } = await tested([rule], token);
    const { body } = await run({ eventId: id });
    expect(body).toMatchObject({ masked: true, rules: [{ verdict: 'match', sent: { body: '{"token":"REDACTED"}' } }] });
    expect(body).not.toHaveProperty('bodyWithheld');
  });

  test('is withheld from a flow_designer, also what a transform makes of it', async () => {
    const { test: run } = await tested([rule, { ...rule, id: 'shaped', transform: 'data' }], token);
    const { body } = await run({ eventId: id }, { role: 'flow_designer' });
    expect(body.bodyWithheld).toMatch(/only the role connection_admin/);
    expect(body.rules).toMatchObject([{ sent: { bytes: 20 } }, { sent: { bytes: expect.any(Number) } }]);
    expect(JSON.stringify(body.rules)).not.toMatch(/live-token-1|REDACTED/);
  });
});

describe('rules that are not in force', () => {
  const routes = { mode: 'first', rules: [rest] };

  test('are tested in place of those in force, and change nothing', async () => {
    const { test: run, show, state, record } = await tested([paid]);
    const before = (await record()).version;
    expect((await run({ eventId: id, routes })).body).toMatchObject({ mode: 'first', rules: [{ id: 'rest' }] });
    expect((await show()).body.rules).toEqual([paid]);
    expect([state.lists.size, state.uses.size, (await record()).version]).toEqual([1, 1, before]);
  });

  test('are for admins; both roles test those in force', async () => {
    const { test: run } = await tested([paid]);
    expect(await run({ eventId: id, routes }, { role: 'flow_designer' })).toMatchObject({
      status: 403,
      body: { code: 'role_required' },
    });
    expect(await run({ eventId: id }, { role: 'flow_designer' })).toMatchObject({ status: 200 });
  });

  test('are refused as they would be if they were set', async () => {
    const checkTransform = async () => ({ message: 'a bracket is missing' });
    const { test: run } = await tested([], {}, { checkTransform });
    const placeOf = async (rule: object) => (await run({ eventId: id, routes: { rules: [rule] } })).body.errors[0].path;
    expect(await placeOf({ ...rest, to: 'nobody' })).toBe('routes.rules.0.to');
    expect(await placeOf({ ...rest, transform: '(' })).toBe('routes.rules.0.transform');
    expect(await placeOf({ ...rest, when: { type: 'a' } })).toBe('routes.rules.0.when.type');
  });
});

test('a rule whose destination is gone says so, also if another one has its name', async () => {
  const { test: run, state } = await tested([paid, rest]);
  state.destinations.records.delete('shop');
  state.addDestination('books');
  const unsent = { reason: 'destination_gone' };
  expect((await run({ eventId: id })).body.rules).toEqual([
    { id: 'paid', to: 'shop', verdict: 'match', unsent },
    { id: 'rest', to: 'books', verdict: 'match', unsent },
  ]);
});
