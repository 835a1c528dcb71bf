import { expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { variable } from '../../shared/aws/environment.ts';

// The file makes its clients as it is loaded; none of them is used here.
for (const name of Object.values(variable)) process.env[name] ??= 'unused';
const { countStoredEvents } = await import('../../functions/count-events.ts');

const noon = Date.parse('2026-03-01T12:00:00.000Z');

/** What is noted of being late when a batch whose first record is so old is counted; `fails` is whether that note fails. */
async function notedOf(ages: number[], fails = false) {
  const noted: [string, string][] = [];
  const lines: Record<string, unknown>[] = [];
  const count = countStoredEvents({
    usage: {
      add: async () => {},
      note: async () => {},
      async noteLate(since, at) {
        if (fails) throw new Error('no');
        noted.push([since, at]);
      },
    },
    now: () => new Date(noon),
    log: (line) => lines.push(line),
  });
  const Records = ages.map((age): DynamoDBRecord => ({ dynamodb: { ApproximateCreationDateTime: noon / 1000 - age } }));
  return { answer: await count({ Records }), noted, lines };
}

test.each([
  ['is not late', [9, 0], []],
  ['is late', [10, 0], [['2026-03-01T11:59:50.000Z', '2026-03-01T12:00:00.000Z']]],
  ['has nothing in it', [], []],
])('a batch that %s is noted so', async (_, ages, expected) => {
  expect((await notedOf(ages)).noted).toEqual(expected);
});

test('a note that fails holds no count up', async () => {
  const { answer, lines } = await notedOf([60], true);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(lines).toEqual([{ outcome: 'lateness_not_noted', fault: 'Error' }]);
});
