/** When a command prints a token: logs of a pipeline keep what is printed. */
import type { Command } from 'commander';
import type { Session } from '../session.ts';

export interface ShowTokenOptions {
  showToken?: boolean;
}

/** Adds the option of a command that makes a token. */
export const withShowTokenOption = (command: Command): Command =>
  command.option('--show-token', 'print the token also in a script; by default it is printed at a terminal only');

/** Whether the command prints the token that it has made. */
export const isTokenShown = ({ terminal, isJson }: Session, { showToken }: ShowTokenOptions): boolean =>
  showToken === true || (terminal.stdout.isTTY === true && !isJson);
