/** The steps of the tests that run the local runtime as a process of its own, as `npm start` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { apiRequest, assembly, type Operator } from '../given.ts';
import { send } from '../local/http-client.ts';

export interface Started extends Operator {
  url: string;
  /** The bootstrap token, as the process announced it. */
  admin: string;
  pid: number;
  /** All that the process wrote so far. */
  output(): string;
  /** Sends the signal and waits until the process is gone; nothing happens when it is. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/** The runtime in a process of its own, ready; `more` are flags. @throws with what it wrote when it ends before that */
export async function aStartedProcess(dataDir: string, more: string[] = []): Promise<Started> {
  const flags = ['--assembly', assembly(), '--data', dataDir, '--port', '0', ...more];
  const child = spawn(process.execPath, ['local/main.ts', ...flags], { stdio: ['ignore', 'pipe', 'pipe'] });
  const written: string[] = [];
  const output = () => written.join('');
  await readiness(child, written);
  const url = /ready at (\S+)/.exec(output())?.[1] ?? '';
  const admin = /Operator token +(\S+)/.exec(output())?.[1] ?? '';
  return {
    url,
    admin,
    pid: child.pid ?? 0,
    output,
    api: (method, path, body, options = {}) => send(url, apiRequest(method, path, body, { token: admin, ...options })),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const closed = once(child, 'close');
      child.kill(signal);
      await closed;
    },
  };
}

/** Gathers what the process writes; resolves when it has announced itself whole. */
function readiness({ stdout, stderr }: ChildProcess, written: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    for (const stream of [stdout, stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        written.push(text);
        if (written.join('').includes('Press Ctrl+C to stop.')) resolve();
      });
    }
    stdout?.once('end', () => reject(new Error(`the process ended before it was ready:\n${written.join('')}`)));
  });
}
