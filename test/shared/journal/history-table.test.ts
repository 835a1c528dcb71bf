import { describe, expect, test } from '@jest/globals';
import type { HistoryLine } from '../../../shared/journal/history.ts';
import { historyTable } from '../../../shared/journal/history-table.ts';
import type { OperatorHistoryLine } from '../../../shared/journal/operator-history.ts';
import { operatorHistoryTable } from '../../../shared/journal/operator-journal-table.ts';
import { givenJournal } from './given-journal.ts';

const { client, table, sent, itemAt } = givenJournal();

const at = '2026-01-31T12:00:00.000Z';
const held: HistoryLine = {
  version: 9,
  verb: 'release',
  by: 'op_1',
  at,
  from: 'active',
  to: 'active',
  hold: 'hold_1',
  heldSince: '2026-01-31T11:00:00.000Z',
  requestId: 'r9',
};
const created: OperatorHistoryLine = {
  version: 9,
  verb: 'createOperator',
  by: 'op_1',
  at,
  requestId: 'r9',
  operator: { id: 'op_2', name: 'pipeline', role: 'flow_designer', expiresAt: '2027-01-31T12:00:00.000Z' },
};

interface History {
  append(line: object): Promise<void>;
  list(page: { limit: number; before: number | undefined }): Promise<{ lines: object[]; next: number | undefined }>;
}

/** The history of one connection. */
function ofConnection(name: string, id = 'con_1'): History {
  const history = historyTable(client, name);
  return { append: (line) => history.append(id, line as HistoryLine), list: (page) => history.list(id, page) };
}

function ofOperators(name: string): History {
  const history = operatorHistoryTable(client, name);
  return { append: (line) => history.append(line as OperatorHistoryLine), list: history.list };
}

describe.each([
  ['a connection', ofConnection, held, 'history#con_1'],
  ['operators', ofOperators, created, 'operators'],
] as const)('the history of %s', (_, historyIn, line, pk) => {
  const { append, list } = historyIn(table);
  const all = { limit: 100, before: undefined };

  test('is empty at first', async () => {
    expect(await list(all)).toEqual({ lines: [], next: undefined });
  });

  test('is read up to one line more than the page', async () => {
    await list({ limit: 2, before: undefined });
    expect(sent.at(-1)).toMatchObject({ name: 'Query', input: { Limit: 3 } });
  });

  test('keeps every field of a line', async () => {
    await append(line);
    expect(await list(all)).toEqual({ lines: [line], next: undefined });
    expect(await itemAt(pk, '000000009')).toBeDefined();
  });

  // The stream delivers a change again if the function failed after it wrote the line.
  test('keeps the first line of a version', async () => {
    await append(line);
    await append({ ...line, by: 'op_9' });
    expect((await list(all)).lines).toEqual([line]);
  });

  test('throws if the table fails, so that the stream delivers the change again', async () => {
    await expect(historyIn('missing').append(line)).rejects.toThrow();
  });

  test('has the newest line first, page by page', async () => {
    for (const version of [0, 1, 2, 9, 10, 11, 999_999_999]) await append({ ...line, version });
    const versionsOf = async (page: Parameters<typeof list>[0]) => {
      const { lines, next } = await list(page);
      return { versions: lines.map((each) => (each as HistoryLine).version), next };
    };
    expect(await versionsOf({ limit: 3, before: undefined })).toEqual({ versions: [999_999_999, 11, 10], next: 10 });
    expect(await versionsOf({ limit: 3, before: 10 })).toEqual({ versions: [9, 2, 1], next: 1 });
    expect(await versionsOf({ limit: 3, before: 1 })).toEqual({ versions: [0], next: undefined });
    // A full last page has no next page.
    expect(await versionsOf({ limit: 4, before: 10 })).toEqual({ versions: [9, 2, 1, 0], next: undefined });
  });
});

test('two connections have separate histories', async () => {
  await ofConnection(table).append(held);
  expect((await ofConnection(table, 'con_2').list({ limit: 10, before: undefined })).lines).toEqual([]);
});
