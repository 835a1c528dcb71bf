/** What an agent gets of the body and of the headers of an event. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Agent, anAgent, anApi, fencedIn } from './given-agent.ts';
import { answers, event } from './samples.ts';

const key = 'GET /v1/connections/{name}/events/{id}';
const token = `hle_${'a'.repeat(49)}`;
const args = { connection: 'orders', event };

let agent: Agent;
let shownEvent: object;
beforeAll(async () => {
  agent = await anAgent(anApi({ [key]: () => shownEvent }).api);
});
afterAll(() => agent.client.close());

/** What a tool shows of an event with these fields. */
async function shown(tool: string, fields: object, more: object = {}) {
  const { body: _, ...rest } = answers[key] as { body?: string };
  shownEvent = { ...rest, ...fields };
  const { answer = {} } = await agent.call(tool, { ...args, ...more });
  return answer;
}

async function bodyOf(fields: object, more: object = {}) {
  const { body, isCut, isBinary } = await shown('get_event_body', fields, more);
  return { body: body === undefined ? undefined : fencedIn(String(body))[0], isCut, isBinary };
}

const base64 = (body: string | Buffer) => ({ bodyBase64: Buffer.from(body).toString('base64') });

describe('a body', () => {
  test.each([
    ['is there whole', { body: '{"a":1}' }, {}, '{"a":1}', false],
    ['has 8 KB of more', { body: 'x'.repeat(30_000) }, {}, 'x'.repeat(8_192), true],
    ['has just 8 KB', { body: 'x'.repeat(8_192) }, {}, 'x'.repeat(8_192), false],
    ['has one byte more', { body: 'x'.repeat(8_193) }, {}, 'x'.repeat(8_192), true],
    ['has as much as is asked for', { body: 'x'.repeat(30_000) }, { maxBytes: 20_000 }, 'x'.repeat(20_000), true],
    ['is not cut within a character', { body: 'aä' }, { maxBytes: 2 }, 'a', true],
    ['is not cut within a longer one', { body: 'a🙂' }, { maxBytes: 4 }, 'a', true],
    ['is text also if it is too large for JSON', base64('a'.repeat(3)), {}, 'aaa', false],
    ['is empty', { body: '' }, {}, '', false],
  ])('%s', async (_, fields, more, body, isCut) => {
    expect(await bodyOf(fields, more)).toEqual({ body, isCut, isBinary: false });
  });

  test('that is no text is not shown', async () => {
    expect(await bodyOf(base64(Buffer.from([0xff, 0xfe, 0x00])))).toEqual({
      body: undefined,
      isCut: false,
      isBinary: true,
    });
  });

  test('that the deployment withholds says so, in our words', async () => {
    const answer = await shown('get_event_body', { bodyWithheld: 'Ask an admin.' });
    expect([answer['body'], answer['withheld']]).toEqual([
      undefined,
      'The body holds a token that can authorize deliveries. No tool shows it.',
    ]);
  });

  test.each([1, 8_150, 8_190, 8_191])('shows no part of a token of ours that begins at byte %i', async (at) => {
    const { body = '' } = await bodyOf({ body: `${'x'.repeat(at)}${token}${'y'.repeat(9_000)}` });
    expect([body.length > 8_000, body.length <= 8_192]).toEqual([true, true]);
    expect([body.includes('hle_'), body.includes('aaa')]).toEqual([false, false]);
  });

  test('shows no part of many tokens, which shorten what was read', async () => {
    const { body = '' } = await bodyOf({ body: `${token} `.repeat(500) });
    expect([body.includes('REDACTED'), body.includes('hle_'), body.includes('aaa')]).toEqual([true, false, false]);
  });
});

describe('what proves an event is struck out', () => {
  test.each([
    ['authorization', 'Bearer abc', 'REDACTED'],
    ['x-hub-signature-256', 'sha256=ab', 'REDACTED'],
    ['stripe-signature', 't=1,v1=ab', 'REDACTED'],
    ['x-api-key', 'ab', 'REDACTED'],
    ['cookie', 'a=b', 'REDACTED'],
    ['x-session-id', 'ab', 'REDACTED'],
    ['x-note', `see ${token}`, 'see REDACTED'],
    ['x-github-event', 'push', 'push'],
    ['content-type', 'application/json', 'application/json'],
    ['x-design', 'a', 'a'],
  ])('in the header %s', async (name, value, expected) => {
    const { headers } = await shown('get_event_headers', { headers: { [name]: value } });
    const [header] = headers as { name: string; value: string }[];
    expect([fencedIn(header?.name ?? ''), fencedIn(header?.value ?? '')]).toEqual([[name], [expected]]);
  });

  test.each([
    ['a=1&sig=ab%3D&b', 'a=1&sig=REDACTED&b'],
    ['token=x=y', 'token=REDACTED'],
    [`q=${token}`, 'q=REDACTED'],
    ['', ''],
  ])('in the query %s', async (query, expected) => {
    expect(fencedIn(String((await shown('get_event_headers', { query }))['query']))).toEqual([expected]);
  });
});
