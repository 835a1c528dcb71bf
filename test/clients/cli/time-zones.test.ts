/** Times mean the same wherever the operator is: behind UTC, ahead of it, and in it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { parseTime } from '../../../clients/cli/commands/time-option.ts';
import { clockCheck, tokenCheck } from '../../../clients/cli/doctor/deployment-checks.ts';
import { askedWait } from '../../../clients/cli/listen/attempt-result.ts';
import { isTooOld } from '../../../clients/cli/listen/signature-window.ts';
import { isBehind, startAt } from '../../../shared/operators/wait/read-position.ts';
import { aConnection, aDeployment, answered, aReplay, env } from './given-api.ts';
import { hooklatch } from './given-terminal.ts';

/** A moment at which the zones have other times of day. */
const noon = '2026-03-01T12:00:00.000Z';
const now = new Date(noon);

declare const setTimeZone: (zone: string | undefined) => void;

let stateFolder: string;
beforeEach(() => {
  stateFolder = mkdtempSync(join(tmpdir(), 'hooklatch-zones-'));
});
afterEach(() => {
  setTimeZone('America/St_Johns');
  rmSync(stateFolder, { recursive: true });
});

test('a test begins behind UTC', () => {
  expect(now.toString()).toContain('08:30:00 GMT-0330');
});

describe.each([
  ['America/St_Johns', '08:30:00 GMT-0330'],
  ['Asia/Kolkata', '17:30:00 GMT+0530'],
  ['UTC', '12:00:00 GMT+0000'],
])('in %s', (zone, clock) => {
  beforeEach(() => setTimeZone(zone));

  test('it is another time of day', () => {
    expect(now.toString()).toContain(clock);
  });

  test.each([
    [noon, noon],
    ['2026-03-01T12:00:00Z', noon],
    ['2026-03-01T12:00Z', noon],
    ['2026-03-01T14:00:00+02:00', noon],
    ['2026-03-01T08:30:00-03:30', noon],
    ['2026-03-01', '2026-03-01T00:00:00.000Z'],
  ])('--from %s is %s', (text, read) => {
    expect(parseTime(text)).toBe(read);
  });

  test.each(['2026-03-01T12:00:00', '2026-03-01 12:00', '2026-03', '01.03.2026', '12:00', 'now', '2026-13-01', ''])(
    '--from %j is refused: it would be another time in another zone, or is none',
    (text) => {
      expect(() => parseTime(text)).toThrow('It must be a time with its zone, such as 2026-03-01T12:00:00Z.');
    },
  );

  test('--from reaches the API as it is meant', async () => {
    for (const args of [
      ['events', 'tail', 'orders'],
      ['listen', 'orders', '--forward', 'http://127.0.0.1:1'],
    ]) {
      const interrupt = new AbortController();
      const { asked, fetch } = aDeployment(({ path }) =>
        answered(path.endsWith('/events') ? { items: [], nextCursor: null, upTo: noon } : aConnection()),
      );
      await hooklatch([...args, '--from', '2026-03-01'], {
        env,
        fetch,
        stateFolder,
        interrupt: interrupt.signal,
        wait: async () => interrupt.abort(),
      });
      expect(asked.at(-1)?.query).toMatchObject({ from: '2026-03-01T00:00:00.000Z' });
    }
  });

  test('every time that is shown is the one of the API, in UTC', async () => {
    const [made, used, ends] = ['2026-03-01T23:30:00.000Z', '2026-03-02T00:30:00.000Z', '2026-03-08T12:00:00.000Z'];
    const endpoint = {
      ...aConnection().endpoint,
      tokens: [{ id: 't', createdAt: made, lastUsedAt: used, expiresAt: ends }],
    };
    const event = { id: 'evt_1', receivedAt: made, type: 'paid', size: 2 };
    const items: Record<string, object> = {
      events: event,
      history: { version: 1, at: made, by: 'ada', verb: 'activate', from: 'configured', to: 'active' },
      rejections: { minute: made, count: 1, atLeast: false, reason: 'token_unknown', explanation: 'x' },
      operators: { id: 'a', name: 'ada', role: 'flow_designer', expiresAt: ends, lastUsedAt: used },
      names: { id: 'a', name: 'ada' },
      replays: aReplay({ startedAt: made }),
    };
    const { fetch } = aDeployment(({ path }) => {
      const item = items[path.split('/').at(-1) ?? ''];
      return answered(item ? { items: [item], nextCursor: null } : aConnection({ endpoint, updatedAt: made }));
    });
    const shown = async (...args: string[]) => (await hooklatch(args, { env, fetch })).out;
    expect(await shown('connections', 'show', 'orders')).toContain(
      `made ${made}, last used ${used}, accepted until ${ends}`,
    );
    expect(await shown('connections', 'show', 'orders')).toContain(`${made} by ada`);
    expect(await shown('operators', 'list')).toMatch(new RegExp(`${ends}  ${used}`));
    for (const words of [
      ['events', 'list', 'orders'],
      ['history', 'orders'],
      ['rejections', 'orders'],
      ['replays', 'list', 'orders'],
    ])
      expect(await shown(...words)).toContain(made);
  });

  test('ages and waits are the same', () => {
    expect(isTooOld(noon, 300, new Date('2026-03-01T12:05:00.000Z'))).toBe(false);
    expect(isTooOld(noon, 300, new Date('2026-03-01T12:05:00.001Z'))).toBe(true);
    expect(isBehind(startAt(noon), '2026-03-01T12:00:10.000Z')).toBe(false);
    expect(isBehind(startAt(noon), '2026-03-01T12:00:10.001Z')).toBe(true);
    expect(askedWait({ status: 503, retryAfter: 'Sun, 01 Mar 2026 12:00:07 GMT' }, now)).toBe(7_000);
    const between = { sent: now, answered: now };
    expect(clockCheck('Sun, 01 Mar 2026 12:00:00 GMT', between).detail).toContain('is 0 s');
    const me = { id: 'ci', name: 'ci', role: 'flow_designer' as const, allowedActions: [] };
    expect(tokenCheck({ ...me, expiresAt: '2026-03-08T12:00:00.001Z' }, now).outcome).toBe('passed');
    expect(tokenCheck({ ...me, expiresAt: '2026-03-08T12:00:00.000Z' }, now).outcome).toBe('warning');
  });
});
