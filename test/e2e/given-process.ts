/** Steps for tests that run the local runtime in a separate process, as `npm start` does. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { send } from '../local/http-client.ts';
import { apiRequest, assembly, type Operator } from '../support/given.ts';

export interface Started extends Operator {
  url: string;
  /** The bootstrap token that the process printed. */
  admin: string;
  pid: number;
  /** Everything that the process has printed. */
  output(): string;
  /** Sends the signal and waits until the process has ended. Does nothing if it already has. */
  end(signal: 'SIGINT' | 'SIGKILL'): Promise<void>;
}

/**
 * Starts the runtime in a separate process and waits until it is ready. `more` are flags.
 * @throws with the output if the process ends before that
 */
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

/** Collects the output of the process. Resolves when its announcement is complete. */
export function readiness({ stdout, stderr }: ChildProcess, written: string[]): Promise<void> {
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
