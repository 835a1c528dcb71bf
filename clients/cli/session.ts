/** One run of a command: the client, and where its output goes. */
import type { Command } from 'commander';
import type { Via } from '../../shared/ground/base/actor.ts';
import { printable, printableLines } from '../../shared/ground/base/printable.ts';
import { type ApiClient, apiClient, deploymentUrl } from '../../shared/operators/api/api-client.ts';
import { renewedClient } from './live/renewed-client.ts';
import { managedWarning, type WarnIfManaged, withManagedWarning } from './managed-warning.ts';
import { targetOf } from './profile.ts';
import type { Terminal } from './terminal.ts';

/** The options that every command has. */
interface GlobalOptions {
  json?: boolean;
  profile?: string;
}

export interface Session {
  terminal: Terminal;
  /** The name of the profile that the operator chose. */
  profile: string | undefined;
  isJson: boolean;
  /** The client. Reading it fails if there is no token. Warns before it changes what a stack manages. */
  readonly api: ApiClient;
  /** The client, but its requests say by which program they come. */
  apiVia(via: Via): ApiClient;
  /** Gives that warning now, before a question. */
  warnIfManaged: WarnIfManaged;
  /** The client, but with requests that end when the signal aborts. It goes on with the token of a later login. */
  apiUntil(signal: AbortSignal): ApiClient;
  /** The deployment. Reading it fails if there is no token. */
  readonly url: string;
  /** Prints an answer: as one JSON document with --json, otherwise for people. */
  print(answer: unknown, shown: Shown): void;
  /** Prints one of many answers of a command that goes on: as one line of JSON with --json, otherwise for people. */
  printEach(answer: unknown, shown: Shown): void;
  /** Shows how far something is, in one line at a terminal that the next one replaces. An empty text removes it. */
  progress(text: string): void;
  /** Prints a message beside the answer, to stderr. */
  tell(text: string): void;
}

/** An answer for people: a sentence, or lines that are printable and may have colours, such as those of `table`. */
type Shown = string | ((isColoured: boolean) => readonly string[]);

/** What a client needs, with requests and waits that end when the signal aborts. */
const endingAt = ({ fetch, wait, now }: Terminal, signal: AbortSignal) => ({
  fetch: ((url, request) =>
    fetch(url, {
      ...request,
      signal: request?.signal ? AbortSignal.any([request.signal, signal]) : signal,
    })) satisfies typeof fetch,
  wait: (ms: number) => wait(ms, signal),
  now,
});

/** Starts a command. */
export type OpenSession = (command: Command) => Session;

export const sessionOpener =
  (terminal: Terminal): OpenSession =>
  (command) => {
    const { json: isJson = false, profile } = command.optsWithGlobals<GlobalOptions>();
    const isColoured = terminal.stdout.isTTY === true && !terminal.env['NO_COLOR'];
    const client = (more: { via?: Via } = {}) => {
      const { fetch, wait, now } = terminal;
      return apiClient({ ...targetOf(terminal, profile), fetch, wait, now, ...more });
    };
    const tell = (text: string) => void terminal.stderr.write(`${printable(text)}\n`);
    const write = (answer: unknown, shown: Shown, indent: number) => {
      const json = () => printableLines(JSON.stringify(answer, null, indent));
      const text = () => (typeof shown === 'string' ? printable(shown) : shown(isColoured).join('\n'));
      terminal.stdout.write(`${isJson ? json() : text()}\n`);
    };
    let warn: WarnIfManaged | undefined;
    const warnIfManaged: WarnIfManaged = (name, key, body) => {
      warn ??= managedWarning(client(), tell);
      return warn(name, key, body);
    };
    return {
      terminal,
      profile,
      isJson,
      get api() {
        return withManagedWarning(client(), warnIfManaged);
      },
      apiVia: (via) => withManagedWarning(client({ via }), warnIfManaged),
      warnIfManaged,
      apiUntil: (signal) =>
        renewedClient(
          () => targetOf(terminal, profile),
          (target) => apiClient({ ...target, ...endingAt(terminal, signal) }),
        ),
      get url() {
        return deploymentUrl(targetOf(terminal, profile).url);
      },
      print: (answer, shown) => write(answer, shown, 2),
      printEach: (answer, shown) => write(answer, shown, 0),
      progress(text) {
        // Back to the beginning of the line, and remove what is there.
        if (terminal.stderr.isTTY) terminal.stderr.write(`\r\u001b[2K${printable(text)}`);
      },
      tell,
    };
  };
