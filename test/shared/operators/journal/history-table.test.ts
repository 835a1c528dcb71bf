import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isHistoryPosition } from '../../../../shared/ground/aws/merged-history.ts';
import type { HistoryLine } from '../../../../shared/operators/journal/history.ts';
import { historyTable } from '../../../../shared/operators/journal/history-table.ts';
import type { OperatorHistoryLine } from '../../../../shared/operators/journal/operator-history.ts';
import { operatorHistoryTable } from '../../../../shared/operators/journal/operator-journal-table.ts';
import { givenJournal } from './given-journal.ts';

const { client, table, sent, itemAt } = givenJournal();

let nextId = 1;
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

/** The changes of one connection. Its positions are those of `historyTable` without the part for actions. */
function ofConnection(name: string, id = 'con_1'): History {
  const history = historyTable(client, name);
  return {
    append: (line) => history.append(id, line as HistoryLine),
    async list({ limit, before }) {
      const from = before === undefined ? undefined : `${String(before - 1).padStart(9, '0')}|`;
      const { lines, next } = await history.list(id, { limit, from });
      return { lines, next: next === undefined ? undefined : Number(next.slice(0, -1)) + 1 };
    },
  };
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

describe('what was done with replays', () => {
  type From = string | undefined;
  const action = (at: string, of: string, verb: 'replayEvent' | 'startReplay' = 'replayEvent') => ({
    connectionId: 'con_1',
    turn: 1,
    action: { verb, by: 'op_3', at, of },
  });
  const minute = (minute: number) => `2026-01-31T12:0${minute}:00.000Z`;
  const change = (version: number, at: number): HistoryLine => ({ ...held, version, at: minute(at) });
  const list = async (limit: number, from?: From) => {
    const { lines, next } = await historyTable(client, table).list('con_1', { limit, from });
    return { lines: lines.map((line) => ('version' in line ? line.version : line.of)), next };
  };
  const { append, note } = {
    append: (line: HistoryLine) => historyTable(client, table).append('con_1', line),
    note: (noted: ReturnType<typeof action>) => historyTable(client, table).note(noted),
  };

  test('is listed between the changes, by time, and keeps every field', async () => {
    await append(change(1, 1));
    await note(action(minute(2), 'evt_a'));
    await append(change(2, 3));
    await note(action(minute(4), 'run_b', 'startReplay'));
    expect((await historyTable(client, table).list('con_1', { limit: 9, from: undefined })).lines).toEqual([
      { verb: 'startReplay', by: 'op_3', at: minute(4), of: 'run_b' },
      change(2, 3),
      { verb: 'replayEvent', by: 'op_3', at: minute(2), of: 'evt_a' },
      change(1, 1),
    ]);
  });

  test('is read newest first, from the beginning of both partitions', async () => {
    await list(1);
    const read = { ScanIndexForward: false, ExpressionAttributeValues: { ':least': { S: '0' } } };
    expect(sent.slice(-2)).toMatchObject([{ input: read }, { input: read }]);
  });

  test('is read from a time on, the oldest first, with the number of each turn', async () => {
    await append(change(1, 1));
    for (const at of [1, 2, 3]) await note({ ...action(minute(at), 'evt_a'), turn: at });
    await note({ ...action(minute(3), 'evt_b'), turn: 12, connectionId: 'con_2' });
    const found = await historyTable(client, table).actionsSince('con_1', minute(2));
    expect(found).toEqual([2, 3].map((turn) => ({ turn, action: action(minute(turn), 'evt_a').action })));
  });

  test.each(['replayEvent', 'startReplay', 'cancelReplay'] as const)('may be %s', async (verb) => {
    const one = action(minute(1), 'evt_a');
    await historyTable(client, table).note({ ...one, action: { ...one.action, verb } });
    const { lines: shown } = await historyTable(client, table).list('con_1', { limit: 9, from: undefined });
    expect(shown).toEqual([{ ...one.action, verb }]);
  });

  test('is between changes that name their settings', async () => {
    const changed = { ...change(3, 1), verb: 'configure' as const, settings: ['alerts', 'auth'] };
    await append({ ...changed, hold: undefined });
    const { lines: shown } = await historyTable(client, table).list('con_1', { limit: 9, from: undefined });
    const { hold: _, ...kept } = changed;
    expect(shown).toEqual([kept]);
  });

  test('is between changes of routes, with the rules that changed', async () => {
    const rules = { added: ['paid', 'refunded'], removed: ['old'], more: 3, reordered: true, mode: 'first' };
    const { hold: _, ...kept } = { ...change(3, 1), verb: 'setRoutes' as const, rules };
    await append(kept);
    const { lines: shown } = await historyTable(client, table).list('con_1', { limit: 9, from: undefined });
    expect(shown).toEqual([kept]);
  });

  test.each(['000000001|', `|${minute(1)}#evt_1#0`, `000000001|${minute(1)}#run_a-1#12`])(
    'can be gone on at %s',
    (position) => {
      expect(isHistoryPosition(position)).toBe(true);
    },
  );

  test('is written once, however often the stream repeats it', async () => {
    await note(action(minute(1), 'evt_a'));
    await note({ ...action(minute(1), 'evt_a'), action: { ...action(minute(1), 'evt_a').action, by: 'op_9' } });
    await note({ ...action(minute(1), 'evt_a'), turn: 2 });
    expect((await list(9)).lines).toEqual(['evt_a', 'evt_a']);
    expect((await historyTable(client, table).list('con_1', { limit: 9, from: undefined })).lines).toMatchObject([
      { by: 'op_3' },
      { by: 'op_3' },
    ]);
  });

  test('keeps the order of the versions where clocks differ', async () => {
    await append(change(1, 5));
    await append(change(2, 3));
    await note(action(minute(4), 'evt_a'));
    expect((await list(9)).lines).toEqual(['evt_a', 2, 1]);
  });

  test('of the same time comes after the change', async () => {
    await append(change(1, 1));
    await note(action(minute(1), 'evt_a'));
    expect((await list(9)).lines).toEqual([1, 'evt_a']);
  });

  test('has on the next pages what is left, and nothing that came since', async () => {
    for (const at of [1, 2]) await note(action(minute(at), `evt_${at}`));
    await append(change(1, 0));
    const first = await list(1);
    expect(first).toEqual({ lines: ['evt_2'], next: `000000001|${minute(1)}#evt_1#1` });
    await note(action(minute(5), 'evt_5'));
    await append(change(2, 6));
    const second = await list(1, first.next);
    expect(second).toEqual({ lines: ['evt_1'], next: '000000001|' });
    expect(await list(1, second.next)).toEqual({ lines: [1], next: undefined });
    expect(await list(9)).toEqual({ lines: [2, 'evt_5', 'evt_2', 'evt_1', 1], next: undefined });
  });

  const lines = fc.array(fc.record({ isChange: fc.boolean(), minute: fc.integer({ min: 0, max: 9 }) }), {
    maxLength: 12,
    size: 'max',
  });

  test('is on exactly one page each, in the order of one long page', async () => {
    await fc.assert(
      fc.asyncProperty(lines, fc.integer({ min: 1, max: 4 }), async (of, limit) => {
        const name = `con_${nextId++}`;
        const { list: read, append: add, note: noteIn } = historyTable(client, table);
        for (const [index, { isChange, minute: at }] of of.entries())
          await (isChange
            ? add(name, change(index, at))
            : noteIn({ ...action(minute(at), `evt_${index}`), connectionId: name }));
        const whole = await read(name, { limit: 100, from: undefined });
        const paged: unknown[] = [];
        let from: From;
        do {
          const page = await read(name, { limit, from });
          expect(page.next === undefined || isHistoryPosition(page.next)).toBe(true);
          paged.push(...page.lines);
          from = page.next;
        } while (from !== undefined);
        expect([whole.lines.length, whole.next]).toEqual([of.length, undefined]);
        expect(paged).toEqual(whole.lines);
      }),
      { numRuns: 15 },
    );
  });
});
