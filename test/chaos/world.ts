/** A runtime that lives in a process of its own, dies by kill -9, and is started again on what it left. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { apiRequest } from '../given.ts';
import { type Received, type Sent, send } from '../local/http-client.ts';
import type { Answered, Command, Ready, Told } from './world-process.ts';

const entry = new URL('./world-process.ts', import.meta.url);

export interface World {
  dataDir: string;
  logFile: string;
  /** How often it was killed, as a whole or one of its functions. */
  kills: number;
  /** How far its clock is ahead of this process's, in ms. */
  skew: number;
  /** What runs now; waits while it is being started again. */
  ready(): Promise<Ready>;
  command(command: Command): void;
  /** Fires a schedule and waits for what it wakes. */
  wake(schedule: string): Promise<void>;
  /** Resolves when every stream has been read to its end. */
  settle(): Promise<void>;
  /** Sends to wherever it listens now. Rejects when it is killed meanwhile. */
  send(sent: Sent): Promise<Received>;
  api(method: string, path: string, body?: unknown): Promise<Received>;
  end(): Promise<void>;
}

/** Starts a world on a data folder. It is restarted whenever it is killed, until `end`. */
export async function aWorld(assembly: string, dataDir: string): Promise<World> {
  const logFile = join(dataDir, 'functions.log');
  const waiting = new Map<number, (told: Answered) => void>();
  let asked = 0;
  let isEnding = false;
  let child: ChildProcess;
  let ready: Promise<Ready>;

  const start = () => {
    const { promise, resolve, reject } = Promise.withResolvers<Ready>();
    ready = promise;
    const written: string[] = [];
    child = fork(entry, [assembly, dataDir, logFile, String(world.skew)], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text) => written.push(text));
    // What is said to one that is being killed is lost; its end is told by 'close'.
    child.on('error', () => undefined);
    child.on('message', (told: Told) => {
      if ('ready' in told) resolve(told.ready);
      else waiting.get(told.answered)?.(told);
    });
    child.once('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the world ended by itself:\n${written.join('')}`));
      // What was asked of the one that died is asked of the next one.
      for (const [id, settle] of waiting) settle({ answered: id, error: 'killed' });
      if (isEnding || signal !== 'SIGKILL') return;
      world.kills += 1;
      start();
      // Who still waited for the one that was killed waits for the next one.
      resolve(ready);
    });
  };

  /** Asks, and asks again whoever comes after a kill. */
  const ask = async (request: { do: 'wake'; schedule: string } | { do: 'settle' }): Promise<void> => {
    await ready;
    const id = ++asked;
    const { promise, resolve } = Promise.withResolvers<Answered>();
    waiting.set(id, resolve);
    child.send({ id, ...request });
    const { error } = await promise;
    waiting.delete(id);
    if (error === 'killed') return ask(request);
    if (error) throw new Error(error);
  };

  const world: World = {
    dataDir,
    logFile,
    kills: 0,
    skew: 0,
    ready: () => ready,
    command: (command) => {
      if (command.do === 'kill' && command.what === 'function') world.kills += 1;
      if (command.do === 'step clock') world.skew += command.seconds * 1000;
      if (child.connected) child.send(command);
    },
    wake: (schedule) => ask({ do: 'wake', schedule }),
    settle: () => ask({ do: 'settle' }),
    send: async (sent) => send((await ready).url, sent),
    api: async (method, path, body) => {
      const { url, admin } = await ready;
      return send(url, apiRequest(method, path, body, { token: admin }));
    },
    async end() {
      isEnding = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
  start();
  await world.ready();
  return world;
}
