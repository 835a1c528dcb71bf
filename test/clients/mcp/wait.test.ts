/** What an agent is told that waits for an event. test/shared/operators/wait/ has the waiting itself. */
import { expect, test } from '@jest/globals';
import { anAgent, anApi, called, fencedIn } from './given-agent.ts';
import { answers, evil } from './samples.ts';

const name = { connection: 'orders' };
const key = 'GET /v1/connections/{name}/events';
const one = 'GET /v1/connections/{name}/events/{id}';

/** A client whose clock goes on by what it waits. `waits` are these times in ms. */
async function waiting({ noBodies = false, event = answers[one] } = {}) {
  const waits: number[] = [];
  let now = 0;
  // The event came after the time up to which the list is complete.
  const events = { ...(answers[key] as object), upTo: '2026-03-01T11:59:00.000Z' };
  const deployment = anApi({ ...answers, [key]: events, [one]: event });
  const agent = await anAgent(deployment.api, ['read'], {
    noBodies,
    uptime: () => now,
    wait: async (ms) => {
      waits.push(ms);
      now += ms;
    },
  });
  return { ...agent, ...deployment, waits };
}

test('an event that has come is shown without its body', async () => {
  const { call, waits } = await waiting();
  const { answer } = await call('wait_for_events', name);
  expect([answer?.['found'], answer?.['others'], waits]).toEqual([true, undefined, []]);
  expect(answer?.['items']).toEqual([expect.objectContaining({ size: 46 })]);
  expect(answer?.['items']).toEqual([expect.not.objectContaining({ body: expect.anything() })]);
});

test('after the time is up it says what came instead, and what was refused', async () => {
  const { call, waits } = await waiting();
  const match = { data: { note: ['none'] } };
  const { answer = {} } = await call('wait_for_events', { ...name, match, timeoutSeconds: 2 });
  expect(answer).toMatchObject({
    ...{ found: false, items: [], others: 1 },
    nearMisses: [{ why: 'differs', receivedAt: '2026-03-01T12:00:00.000Z' }],
    rejections: [{ minute: '2026-03-01T12:00', reason: 'token_missing', count: 2, explanation: 'No token came.' }],
  });
  const [miss] = answer['nearMisses'] as Record<'type' | 'at' | 'wanted' | 'found', string>[];
  expect([fencedIn(miss?.type ?? ''), fencedIn(miss?.at ?? '')]).toEqual([[evil], ['/data/note']]);
  expect(fencedIn(miss?.wanted ?? '')).toEqual(['["none"]']);
  expect(answer['nearMisses']).toEqual([expect.objectContaining({ why: 'differs', found: undefined })]);
  expect(waits).toEqual([1_000, 1_000]);
});

test.each([
  ['is shown fenced', false, ['"unpaid"']],
  ['is not shown with --no-bodies', true, undefined],
])('what the body has instead %s', async (_, noBodies, found) => {
  const event = { ...(answers[one] as object), body: '{"state": "unpaid"}', contentType: 'application/json' };
  const { call } = await waiting({ noBodies, event });
  const { answer = {} } = await call('wait_for_events', { ...name, match: { data: { state: ['paid'] } } });
  const [miss] = answer['nearMisses'] as { found?: string }[];
  expect([miss?.found].map((text) => text && fencedIn(text))).toEqual([found]);
});

test('it looks back so long as it is told to', async () => {
  const firstRead = async (args: object) => {
    const { call, asked } = await waiting();
    await call('wait_for_events', { ...name, ...args });
    return asked.map(({ request }) => (request['query'] as { from?: string } | undefined)?.from).find(Boolean) ?? '';
  };
  const [now, before] = [await firstRead({}), await firstRead({ lookBackSeconds: 90 })];
  expect(Date.parse(now) - Date.parse(before)).toBe(90_000);
});

test('a client that is gone is not waited for', async () => {
  const none = { items: [], nextCursor: null, upTo: '2026-03-01T12:00:00.000Z' };
  const gone = new AbortController();
  let asked = 0;
  const { api } = anApi({
    ...answers,
    [key]: () => {
      asked += 1;
      if (asked === 3) gone.abort();
      return none;
    },
  });
  const { client } = await anAgent(api, ['read'], { uptime: () => 0 });
  const call = client.callTool({ name: 'wait_for_events', arguments: name }, { signal: gone.signal });
  await expect(call).rejects.toThrow();
  // The clock stands still, so only the client's end stops the waiting.
  expect((await called(client, 'list_providers')).isError).toBe(false);
  expect(asked).toBeLessThanOrEqual(4);
});

test.each([
  [{ match: { body: ['a'] } }, 'body is not a field of an event'],
  [{ match: { publication: ['held'] } }, 'it changes later'],
])('a pattern that nothing can meet is refused: %j', async (wanted, said) => {
  const { call, asked } = await waiting();
  const { isError, text } = await call('wait_for_events', { ...name, ...wanted });
  expect([isError, text, asked]).toEqual([true, expect.stringContaining(said), []]);
});
