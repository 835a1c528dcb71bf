/**
 * Ctrl-C ends a command at once, wherever it waits: for an answer, for another attempt, for the next look. Each command is interrupted at
 * each of its waits in turn. A wait that Ctrl-C does not end would never end here.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from '@jest/globals';
import type { Terminal } from '../../../clients/cli/terminal.ts';
import { aMoment } from '../../support/a-moment.ts';
import { filled } from '../../support/filled.ts';
import { type Asked, aConnection, answered, aReplay, env } from './given-api.ts';
import { hooklatch, type Ran } from './given-terminal.ts';

const stateFolders: string[] = [];
afterEach(() => {
  for (const folder of stateFolders.splice(0)) rmSync(folder, { recursive: true });
});

const event = { id: 'evt_1', type: 'paid', receivedAt: '2026-03-01T12:00:00.000Z', method: 'POST', size: 2 };

/** Some requests are answered, some with 429, and some reach nobody. */
function reply({ path }: Asked, count: number): Response {
  if (path === '/v1/connections/orders') return answered(aConnection());
  if (path.endsWith('/replays')) return answered({ id: 'run_1' });
  if (path.includes('/replays/')) {
    const { endedAt: _, ...running } = aReplay({ state: 'running' });
    return count % 2 === 0 ? answered({}, 429) : answered(running);
  }
  if (count % 3 === 1) return answered({ message: 'Too Many Requests' }, 429);
  if (count % 3 === 2) throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } });
  if (path.includes('/events/')) return answered({ ...event, headers: {}, query: '', path: '', body: '{}' });
  return answered({ items: [event], nextCursor: null, upTo: event.receivedAt });
}

type Kind = 'answer' | 'wait';

/** Runs a command, and presses Ctrl-C at this wait, which then goes on only if Ctrl-C ends it. */
async function interruptedAt(at: number, args: readonly string[]) {
  const interrupt = new AbortController();
  const stateFolder = mkdtempSync(join(tmpdir(), 'hooklatch-interrupts-'));
  stateFolders.push(stateFolder);
  let [waits, requests] = [0, 0];
  let kind: Kind | undefined;
  let listens = false;
  const reached = Promise.withResolvers<void>();
  /** @returns whether this is the wait to interrupt */
  const isHere = (of: Kind): boolean => {
    if (!listens) return false;
    waits += 1;
    if (waits !== at) return false;
    kind = of;
    // Not before the caller really waits.
    setImmediate(() => {
      interrupt.abort();
      reached.resolve();
    });
    return true;
  };
  const ended = (signal: AbortSignal | null | undefined) =>
    new Promise<void>((resolve) => signal?.addEventListener('abort', () => resolve()));
  const wait: Terminal['wait'] = async (_, signal) => void (isHere('wait') && (await ended(signal)));
  const fetch = (async (url: string, { signal, method = 'GET' }: RequestInit = {}) => {
    if (isHere('answer')) {
      await ended(signal);
      throw signal?.reason;
    }
    requests += 1;
    const { pathname: path } = new URL(url);
    return reply({ method, path, query: {}, body: undefined }, requests);
  }) as typeof globalThis.fetch;
  const ran = hooklatch(args, {
    env,
    fetch,
    wait,
    stateFolder,
    interrupt: interrupt.signal,
    onListen: () => {
      listens = true;
    },
  });
  await Promise.race([reached.promise, ran]);
  return { kind, ran: await Promise.race([ran, afterMoments(200)]) };
}

async function afterMoments(count: number): Promise<undefined> {
  for (let moment = 0; moment < count; moment += 1) await aMoment();
}

test.each<[string, string[], Partial<Ran>]>([
  ['listen', ['listen', 'orders', '--forward', 'http://127.0.0.1:1', '--from', '2026-03-01'], { code: 0 }],
  ['events tail', ['events', 'tail', 'orders', '--from', '2026-03-01'], { code: 0 }],
  ['replays show', ['replays', 'show', 'orders', 'run_1', '--wait'], { code: 0 }],
  ['replays start', ['replays', 'start', 'orders', '--from', '2026-03-01', '--wait'], { code: 0 }],
])('%s ends at once at each of its first waits', async (_, args, expected) => {
  const kinds = new Set<Kind | undefined>();
  for (const at of filled(Array.from({ length: 20 }, (_, index) => index + 1))) {
    const { kind, ran } = await interruptedAt(at, args);
    kinds.add(kind);
    expect({ at, kind, ran }).toMatchObject({ at, ran: expected });
  }
  expect([...kinds].sort()).toEqual(['answer', 'wait']);
});
