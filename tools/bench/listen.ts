/** How long `hooklatch listen` takes to give an event to a local program, from the moment at which the event is stored. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { run } from '../../clients/cli/program.ts';
import { processTerminal, type Terminal } from '../../clients/cli/terminal.ts';
import type { Sandbox } from '../../local/start/sandbox.ts';
import type { Figure } from './budget.ts';
import { deliver, openEndpoint } from './delivery.ts';

const budgetMs = 2_000;
/** How many events come with a pause before each, and how many one after another. */
const counts = { single: 20, flowing: 50 };
/** The time between two events that flow, in ms. */
const flowEveryMs = 100;

/** A local program that notes when it gets each event. */
class Program {
  private readonly arrivals = new Map<string, PromiseWithResolvers<number>>();
  private readonly server: Server = createServer((request, response) => {
    this.arrival(String(request.headers['hooklatch-event-id'])).resolve(performance.now());
    request.resume().once('end', () => response.writeHead(204).end());
  });

  private arrival(id: string): PromiseWithResolvers<number> {
    const arrival = this.arrivals.get(id) ?? Promise.withResolvers<number>();
    this.arrivals.set(id, arrival);
    return arrival;
  }

  async url(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** The milliseconds from this time to the arrival of the event. */
  async waited(id: string, storedAt: number): Promise<number> {
    return (await this.arrival(id).promise) - storedAt;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

/** Runs `listen` until the result is called. Resolves when it reads. */
async function listening({ runtime, operatorToken }: Sandbox, forward: string, stateFolder: string) {
  const reads = Promise.withResolvers<void>();
  const stderr = new PassThrough().on('data', (text) => String(text).includes('Ctrl-C ends it') && reads.resolve());
  let interrupt = () => {};
  const terminal: Terminal = {
    ...processTerminal(),
    stdout: new PassThrough().resume(),
    stderr,
    env: { HOOKLATCH_URL: runtime.url, HOOKLATCH_TOKEN: operatorToken },
    stateFolder,
    onInterrupt: (listener) => {
      interrupt = listener;
    },
  };
  const ended = run(['listen', 'listened', '--forward', forward], terminal);
  const early = ended.then((code) => Promise.reject(new Error(`listen ended with ${code}`)));
  await Promise.race([reads.promise, early]);
  return async () => {
    early.catch(() => {});
    interrupt();
    await ended;
  };
}

const figureOf = (what: string, waits: readonly number[]): Figure => {
  const value = Math.max(...waits);
  const budget = { most: budgetMs, shown: `${budgetMs} ms` };
  return {
    what: `longest time from storing to a local program, ${what}`,
    value,
    shown: `${value.toFixed(0)} ms`,
    budget,
  };
};

async function measured(url: string, program: Program): Promise<Figure[]> {
  const send = async () => {
    const id = await deliver(url);
    return { id, storedAt: performance.now() };
  };
  const single: number[] = [];
  for (let n = 0; n < counts.single; n += 1) {
    // Each event comes at another moment between two reads.
    await sleep((n * 370) % 1_000);
    const { id, storedAt } = await send();
    single.push(await program.waited(id, storedAt));
  }
  const flowing: Promise<number>[] = [];
  for (let n = 0; n < counts.flowing; n += 1) {
    const { id, storedAt } = await send();
    flowing.push(program.waited(id, storedAt));
    await sleep(flowEveryMs);
  }
  return [
    figureOf('one event at a time', single),
    figureOf(`${1_000 / flowEveryMs} events a second`, await Promise.all(flowing)),
  ];
}

/** Measures `listen` with a program that answers at once. */
export async function listenDelays(sandbox: Sandbox): Promise<Figure[]> {
  const url = await openEndpoint(sandbox, 'listened');
  const stateFolder = mkdtempSync(join(tmpdir(), 'hooklatch-bench-'));
  const program = new Program();
  try {
    const stop = await listening(sandbox, await program.url(), stateFolder);
    const figures = await measured(url, program);
    await stop();
    return figures;
  } finally {
    program.close();
    rmSync(stateFolder, { recursive: true });
  }
}
