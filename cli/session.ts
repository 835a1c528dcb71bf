/** One run of a command: the client, and where its output goes. */
import type { Command } from 'commander';
import { type ApiClient, apiClient } from '../shared/api/api-client.ts';
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
  /** The client. Reading it fails if there is no token. */
  readonly api: ApiClient;
  /** Prints an answer: as one JSON document with --json, otherwise as lines for people. */
  print(answer: unknown, lines: (isColoured: boolean) => readonly string[]): void;
  /** Prints a message beside the answer, to stderr. */
  note(text: string): void;
}

/** Starts a command. */
export type OpenSession = (command: Command) => Session;

export const sessionOpener =
  (terminal: Terminal): OpenSession =>
  (command) => {
    const { json: isJson = false, profile } = command.optsWithGlobals<GlobalOptions>();
    const isColoured = terminal.stdout.isTTY === true && !terminal.env['NO_COLOR'];
    return {
      terminal,
      profile,
      isJson,
      get api() {
        const { fetch, wait, now } = terminal;
        return apiClient({ ...targetOf(terminal, profile), fetch, wait, now });
      },
      print(answer, lines) {
        const text = isJson ? JSON.stringify(answer, null, 2) : lines(isColoured).join('\n');
        terminal.stdout.write(`${text}\n`);
      },
      note: (text) => void terminal.stderr.write(`${text}\n`),
    };
  };
