/** A terminal for tests: runs a command in this process and collects what it prints. */
import { PassThrough, Readable, Writable } from 'node:stream';
import { run } from '../../../clients/cli/program.ts';
import type { Terminal } from '../../../clients/cli/terminal.ts';

export interface Ran {
  code: number;
  out: string;
  /** What is in `out`, as bytes. */
  bytes: Buffer;
  err: string;
  /** The document on stdout. */
  json(): Record<string, unknown>;
}

export interface TerminalOptions {
  env?: Record<string, string>;
  profileFolder?: string;
  /** What is piped into stdin. Nothing by default. */
  stdin?: string;
  /** What an operator at a terminal types, one text for each question. */
  typed?: readonly string[];
  fetch?: typeof globalThis.fetch;
  /** The folder in which commands keep how far they are. */
  stateFolder?: string;
  /** Which streams are a terminal. By default all three with `typed`, and none without. */
  ttys?: Partial<Record<'stdin' | 'stdout' | 'stderr', boolean>>;
  /** Ends a command that runs until Ctrl-C. */
  interrupt?: AbortSignal;
  wait?: Terminal['wait'];
  now?: Terminal['now'];
  /** By default the sum of the waits. */
  uptime?: Terminal['uptime'];
  /** Called when the command begins to end at Ctrl-C by itself. */
  onListen?: () => void;
  /** Gets each text on stdout, while the command runs. */
  onOut?: (text: string) => void;
}

/** A stream that collects what is written. */
function collector(onText: (text: string) => void = () => {}) {
  const written: Buffer[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(Buffer.from(chunk));
      onText(String(chunk));
      done();
    },
  });
  return { stream, bytes: () => Buffer.concat(written), text: () => Buffer.concat(written).toString() };
}

const asTerminal = <S extends object>(stream: S, isTTY: boolean): S =>
  isTTY ? Object.assign(stream, { isTTY }) : stream;

/** Runs a command as `hooklatch …args`. */
export async function hooklatch(args: readonly string[], options: TerminalOptions = {}): Promise<Ran> {
  const { env = {}, profileFolder = '/nonexistent', stdin = '', typed, fetch = globalThis.fetch } = options;
  const { stateFolder = '/nonexistent', interrupt, wait = async () => {} } = options;
  let waited = 0;
  const isTyped = typed !== undefined;
  const ttys = { stdin: isTyped, stdout: isTyped, stderr: isTyped, ...options.ttys };
  const keyboard = new PassThrough();
  const answers = [...(typed ?? [])];
  // A question ends with a colon or with the possible answers.
  const type = (text: string) => {
    if (typed && /(: |\(yes\/no\) )$/.test(text)) setImmediate(() => keyboard.write(answers.shift() ?? ''));
  };
  const out = collector(options.onOut);
  const err = collector(type);
  const terminal: Terminal = {
    stdin: asTerminal(typed ? keyboard : Readable.from(stdin === '' ? [] : [stdin]), ttys.stdin),
    stdout: asTerminal(out.stream, ttys.stdout),
    stderr: asTerminal(err.stream, ttys.stderr),
    env: { NO_COLOR: '1', ...env },
    profileFolder,
    stateFolder,
    fetch,
    wait(ms, signal) {
      waited += ms;
      return wait(ms, signal);
    },
    now: options.now ?? (() => new Date()),
    uptime: options.uptime ?? (() => waited),
    random: () => 0,
    onInterrupt(listener) {
      options.onListen?.();
      interrupt?.addEventListener('abort', listener);
    },
  };
  const code = await run(args, terminal);
  return { code, out: out.text(), bytes: out.bytes(), err: err.text(), json: () => JSON.parse(out.text()) };
}
