import { expect, test } from '@jest/globals';
import { operatorUseTable } from '../../../../shared/operators/journal/operator-journal-table.ts';
import { givenJournal } from './given-journal.ts';

const { client, table, itemAt } = givenJournal();

const uses = operatorUseTable(client, table);
const running = new AbortController().signal;
const note = (operator: string, minute: string) => uses.note(operator, `2026-01-31T${minute}:00.500Z`, running);

test('no operator has a last use at first', async () => {
  expect(await uses.lastUses()).toEqual(new Map());
});

test('the last use of each operator only moves forward', async () => {
  await note('op_1', '12:00');
  await note('op_1', '11:00');
  await note('op_2', '12:00');
  await note('op_2', '12:30');
  expect(await uses.lastUses()).toEqual(
    new Map([
      ['op_1', '2026-01-31T12:00:00.500Z'],
      ['op_2', '2026-01-31T12:30:00.500Z'],
    ]),
  );
});

test('a last use is kept for a year', async () => {
  await note('op_1', '12:00');
  // 366 days later, in epoch seconds.
  expect((await itemAt('operator_uses', 'op_1'))?.['expiresAt']).toEqual({
    N: String(Date.parse('2027-02-01T12:00:00Z') / 1000),
  });
});

test('a note ends with its signal, and throws', async () => {
  await expect(uses.note('op_1', '2026-01-31T12:00:00.000Z', AbortSignal.abort())).rejects.toThrow();
  expect(await uses.lastUses()).toEqual(new Map());
});

test('a note throws if the table fails', async () => {
  const missing = operatorUseTable(client, 'missing');
  await expect(missing.note('op_1', '2026-01-31T12:00:00.000Z', running)).rejects.toThrow();
});
