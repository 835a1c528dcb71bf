import type { Command } from 'commander';
import { ForbiddenError } from '../command-error.ts';
import { errorText } from '../error-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { healthChecks } from './doctor.ts';
import { examples } from './examples.ts';

interface McpOptions {
  allowWrite: boolean;
  allowHold: boolean;
}

/** Serves until stdin ends. What serves is loaded only here: no other command needs it. */
async function run(session: Session, { allowWrite, allowHold }: McpOptions): Promise<void> {
  const { terminal, tell } = session;
  const { stdin, stdout, stderr, now, uptime, wait } = terminal;
  const { takenOver } = await import('../../mcp/taken-over.ts');
  // Before anything else, because a module can already write when it is loaded.
  const { wire, giveBack } = takenOver(stdout, stderr);
  try {
    const { serveAgents, TokenRefused } = await import('../../mcp/serve-agents.ts');
    await serveAgents({
      wires: { stdin, wire },
      allow: [...(allowWrite ? (['write'] as const) : []), ...(allowHold ? (['hold'] as const) : [])],
      api: session.apiVia('mcp'),
      examine: () => healthChecks(session),
      problemText: errorText,
      note: tell,
      ...{ now, uptime, wait },
    }).catch((error: unknown) => {
      throw error instanceof TokenRefused ? new ForbiddenError(error.message) : error;
    });
  } finally {
    giveBack();
  }
}

/** `mcp`: a server for agents, over stdin and stdout. */
export function addMcp(program: Command, open: OpenSession): void {
  program
    .command('mcp')
    .description('serve agents by the Model Context Protocol, over stdin and stdout; by default they only read')
    .option('--allow-write', 'also activate, deactivate, release, replay, set routes, and send samples', false)
    .option('--allow-hold', 'also hold an endpoint', false)
    .addHelpText('after', examples('hooklatch mcp', 'hooklatch mcp --allow-hold', 'hooklatch mcp --profile prod'))
    .action((options: McpOptions, command: Command) => run(open(command), options));
}
