/** The command line: its commands, and what happens with an error. */
import { Command } from 'commander';
import { connectionNameForm } from '../../shared/endpoints/endpoint/connection-name.ts';
import { printableLines } from '../../shared/ground/base/printable.ts';
import { version } from '../../shared/ground/base/version.ts';
import { ApiError } from '../../shared/operators/api/api-error.ts';
import { BadResult, Differs, FailedWithAnswer, TimedOut } from './command-error.ts';
import { addApply } from './commands/apply.ts';
import { addCompletion } from './commands/completion.ts';
import { addConnections } from './commands/connections.ts';
import { addDeliveries } from './commands/deliveries.ts';
import { addDeployCheck } from './commands/deploy-check.ts';
import { addDestinations } from './commands/destinations.ts';
import { addDoctor } from './commands/doctor.ts';
import { addDown } from './commands/down.ts';
import { addEndpoint } from './commands/endpoint.ts';
import { addEvents } from './commands/events.ts';
import { addExport } from './commands/export.ts';
import { addHandshake } from './commands/handshake.ts';
import { addHistory, addRejections } from './commands/journal.ts';
import { addListen } from './commands/listen.ts';
import { addLocal } from './commands/local.ts';
import { addLogin } from './commands/login.ts';
import { addLogout } from './commands/logout.ts';
import { addMcp } from './commands/mcp.ts';
import { addOperators } from './commands/operators.ts';
import { addPlan } from './commands/plan.ts';
import { addProviders } from './commands/providers.ts';
import { addRedeliveries } from './commands/redeliveries.ts';
import { addRedrive } from './commands/redrive.ts';
import { addReplays } from './commands/replays.ts';
import { addRoutes } from './commands/routes.ts';
import { addSend } from './commands/send.ts';
import { addStats } from './commands/stats.ts';
import { addToken } from './commands/token.ts';
import { addUp } from './commands/up.ts';
import { addWhoami } from './commands/whoami.ts';
import { errorText, withoutSecrets } from './error-text.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { failureOf } from './failure.ts';
import { variablesBefore } from './profile.ts';
import { sessionOpener } from './session.ts';
import type { Terminal } from './terminal.ts';
import { suggestCommands } from './unknown-command.ts';

/** In the order of the help. */
const commands = [
  addLogin,
  addLogout,
  addWhoami,
  addUp,
  addDown,
  addPlan,
  addApply,
  addExport,
  addConnections,
  addEndpoint,
  addToken,
  addHandshake,
  addSend,
  addListen,
  addEvents,
  addReplays,
  addRejections,
  addHistory,
  addStats,
  addDestinations,
  addRoutes,
  addDeliveries,
  addRedeliveries,
  addProviders,
  addOperators,
  addDoctor,
  addMcp,
  addDeployCheck,
  addRedrive,
  addLocal,
  addCompletion,
];

const firstSteps = `
First steps:
  $ hooklatch login                          the URL and the operator token of a deployment
  $ hooklatch providers list                 the senders that are known by name
  $ hooklatch up code --provider github      a URL for GitHub; says what to enter there
  $ hooklatch endpoint test code             a delivery as GitHub sends it
  $ hooklatch events tail code               what arrives
  $ hooklatch rejections code                what was refused, and why

Each command has examples: hooklatch up --help
In a clone, hooklatch stands for: npm run --silent hooklatch --
In an app with the package: npx hooklatch
`;

/** Makes the program with all commands. */
export function commandLine(terminal: Terminal): Command {
  const program = new Command('hooklatch')
    .description('Manages the webhook endpoints of a Hooklatch deployment.')
    .option('--json', 'print the answer as one JSON document')
    .option('--profile <name>', 'use this profile of hooklatch login')
    .version(version, '--version', 'print the version of this command line')
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(printableLines(withoutSecrets(text))),
    })
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('(--help shows how to use it)')
    .addHelpText('after', firstSteps)
    .exitOverride();
  const open = sessionOpener(terminal);
  for (const add of commands) add(program, open);
  program.commands.forEach(suggestCommands);
  return program;
}

/** The connection that a command is about, for the advice in its errors. */
function connectionNameIn({ registeredArguments: [first], args: [value = ''] }: Command): string | undefined {
  return first?.name() === 'name' && connectionNameForm.test(value) ? value : undefined;
}

/** What an error about a refused token can't know: that no login changes which token the command takes. */
function noteOnToken(error: unknown, command: Command | undefined, { env }: Terminal): string {
  if (!(error instanceof ApiError) || error.code !== 'forbidden' || command?.name() === 'login') return '';
  const [, token] = variablesBefore({ env }, command?.optsWithGlobals<{ profile?: string }>().profile);
  return token === undefined ? '' : ` The token is that of ${token}, which comes before a login.`;
}

/** The errors whose answer, which is printed, is all that a program needs. */
const answered = [BadResult, Differs, TimedOut, FailedWithAnswer];

/** Whether a failure is to be one document on stdout: also if the arguments could not be read. */
function isForPrograms(error: unknown, ran: Command | undefined, args: readonly string[]): boolean {
  if (answered.some((kind) => error instanceof kind) || exitCodeOf(error) === exitCodes.done) return false;
  if (ran) return ran.optsWithGlobals<{ json?: boolean }>().json === true;
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--json');
}

/**
 * Runs a command.
 * @param args as typed after the program's name
 * @returns the exit code
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  let ran: Command | undefined;
  const program = commandLine(terminal).hook('preAction', (_, command) => {
    ran = command;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCodes.done;
  } catch (error) {
    const name = ran && connectionNameIn(ran);
    const [text, more] = [errorText(error, name), noteOnToken(error, ran, terminal)];
    if (text !== '') terminal.stderr.write(`${text}${more}\n`);
    if (isForPrograms(error, ran, args)) {
      const failure = failureOf(error, name);
      const document = JSON.stringify({ ...failure, message: failure.message + more });
      terminal.stdout.write(`${printableLines(document)}\n`);
    }
    return exitCodeOf(error);
  }
}
