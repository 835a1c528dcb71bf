/** A runtime in a separate process, which is killed by kill -9 and started again on its data folder. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Received, type Sent, send } from '../local/http-client.ts';
import { apiRequest } from '../support/given.ts';
import type { Answered, Command, Ready, Told } from './world-process.ts';

const entry = new URL('./world-process.ts', import.meta.url);

export interface World {
  dataDir: string;
  logFile: string;
  /** How often it was killed, as a whole or one of its functions. */
  kills: number;
  /** How far its clock is ahead of this process's clock, in milliseconds. */
  skew: number;
  /** The furthest that its clock has been ahead, in milliseconds. A step back leaves it as it is. */
  furthestSkew: number;
  /** The running process. Waits while it is being restarted. */
  ready(): Promise<Ready>;
  command(command: Command): void;
  /** Ends the process at once. It is started again. */
  kill(): void;
  /** Wakes a function as its schedule of every minute does, and waits for it. */
  wake(functionPrefix: string): Promise<void>;
  /** Resolves when every stream has been read to its end. */
  settle(): Promise<void>;
  /** Sends to the current URL. Rejects if the runtime is killed meanwhile. */
  send(sent: Sent): Promise<Received>;
  api(method: string, path: string, body?: unknown): Promise<Received>;
  end(): Promise<void>;
}

/** Starts a world on a data folder. A killed runtime is restarted until `end`. */
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
    // Messages to a process that is being killed are lost. The 'close' event reports its end.
    child.on('error', () => undefined);
    child.on('message', (told: Told) => {
      if ('ready' in told) resolve(told.ready);
      else waiting.get(told.answered)?.(told);
    });
    child.once('close', (_, signal) => {
      if (signal !== 'SIGKILL') reject(new Error(`the world ended by itself:\n${written.join('')}`));
      // Commands to the killed process are repeated to the next one.
      for (const [id, settle] of waiting) settle({ answered: id, error: 'killed' });
      if (isEnding || signal !== 'SIGKILL') return;
      world.kills += 1;
      start();
      // Callers that waited for the killed process wait for the next one.
      resolve(ready);
    });
  };

  /** Sends a request, and repeats it to the next process after a kill. */
  const ask = async (request: { do: 'wake'; functionPrefix: string } | { do: 'settle' }): Promise<void> => {
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
    furthestSkew: 0,
    ready: () => ready,
    command: (command) => {
      if (command.do === 'kill' && command.what === 'function') world.kills += 1;
      if (command.do === 'step clock') world.skew += command.seconds * 1000;
      world.furthestSkew = Math.max(world.furthestSkew, world.skew);
      if (child.connected) child.send(command);
    },
    kill: () => void child.kill('SIGKILL'),
    wake: (functionPrefix) => ask({ do: 'wake', functionPrefix }),
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
