import { expect, test } from '@jest/globals';
import type { DynamoDBRecord } from 'aws-lambda';
import { variable } from '../../shared/aws/environment.ts';

// The module makes its clients when it is loaded. No test here uses them.
for (const name of Object.values(variable)) process.env[name] ??= 'unused';
const { countStoredEvents } = await import('../../functions/count-events.ts');

const noon = Date.parse('2026-03-01T12:00:00.000Z');

/** Counts a batch whose records have these ages in seconds. @param fails whether the write of the lag's note fails */
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
  ['not noted if the first record is in time', [9, 0], []],
  ['noted if the first record is late', [10, 0], [['2026-03-01T11:59:50.000Z', '2026-03-01T12:00:00.000Z']]],
  ['not noted if the batch is empty', [], []],
])('the lag of a batch is %s', async (_, ages, expected) => {
  expect((await notedOf(ages)).noted).toEqual(expected);
});

test('a batch is counted even if the note of its lag fails', async () => {
  const { answer, lines } = await notedOf([60], true);
  expect(answer).toEqual({ batchItemFailures: [] });
  expect(lines).toEqual([{ outcome: 'lateness_not_noted', fault: 'Error' }]);
});
