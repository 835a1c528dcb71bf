/** Whatever a sender sends: its exact bytes or the error, and never other bytes. */
import { createRequire } from 'node:module';
import { describe, expect, test } from '@jest/globals';
import middy from '@middy/core';
import fc from 'fast-check';
import { BytesNotExact, handleWebhooks, type Webhook, webhook } from '../../../clients/consumer/consumer.ts';
import { jsonTexts } from '../../shared/ground/base/given-json.ts';
import { aLine, aQueueMessage, rewritten } from './given-message.ts';

const definitions = createRequire(import.meta.url)('@octokit/webhooks-examples') as { examples: object[] }[];
const payloads = definitions.flatMap(({ examples }) => examples);

const context = {} as never;

/** The bytes that a handler gets, or why it gets none. */
const bytesIn = async (one: Webhook): Promise<string> => {
  try {
    return (await one.bytes()).toString('latin1');
  } catch (error) {
    if (error instanceof BytesNotExact) return error.reason;
    throw error;
  }
};

const byMiddleware = middy<Webhook>().use(webhook()).handler(bytesIn);

/** What a handler gets of a body, by each way from the bus. */
async function gotOf(body: string, raw = false): Promise<Record<string, string>> {
  const line = aLine(body, { raw });
  const got: Record<string, string> = { rule: await byMiddleware(JSON.parse(line), context) };
  for (const [way, text] of Object.entries({ queue: line, 'rewritten in a queue': rewritten(line) })) {
    const handler = handleWebhooks(async (one: Webhook) => {
      got[way] = await bytesIn(one);
    });
    await handler({ Records: [aQueueMessage(text)] }, context);
  }
  return got;
}

const everyWay = (result: string) => ({ rule: result, queue: result, 'rewritten in a queue': result });
const inLatin1 = (text: string): string => Buffer.from(text).toString('latin1');

describe('the exact bytes', () => {
  test.each<[string, (payload: object) => string]>([
    ['compact, as GitHub writes them', (payload) => JSON.stringify(payload)],
    ['indented by two', (payload) => JSON.stringify(payload, null, 2)],
  ])("of each of GitHub's payloads, %s", async (_, write) => {
    expect(payloads).toHaveLength(329);
    for (const payload of payloads) {
      const body = write(payload);
      expect(await gotOf(body)).toEqual(everyWay(inLatin1(body)));
      expect(await gotOf(body, true)).toEqual(everyWay(inLatin1(body)));
    }
  });

  test.each<[string, string]>([
    ['1.0', '{"a":1.0}'],
    ['2^53+1', '{"a":9007199254740993}'],
    ['a key twice', '{"a":1,"a":2}'],
    ['numeric keys out of order', '{"b":1,"2":1,"1":1}'],
    ['an escape that need not be', '{"a":"\\u00e9"}'],
    ['blanks', '{"a": 1}'],
  ])('of a body with %s are there if its text is, or with raw, and else not', async (_, body) => {
    expect(await gotOf(body)).toEqual({ ...everyWay('rewritten'), queue: inLatin1(body) });
    expect(await gotOf(body, true)).toEqual(everyWay(inLatin1(body)));
  });

  test('or the error, of any JSON', async () => {
    await fc.assert(
      fc.asyncProperty(jsonTexts, async (body) => {
        const got = Object.values(await gotOf(body));
        expect(got).toEqual(got.map((each) => (each === 'rewritten' ? each : inLatin1(body))));
        expect(await gotOf(body, true)).toEqual(everyWay(inLatin1(body)));
      }),
    );
  });
});
