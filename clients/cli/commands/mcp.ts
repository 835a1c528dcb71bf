import { type Command, InvalidArgumentError } from 'commander';
import { nearest } from '../../../shared/ground/base/nearest.ts';
import { isPassing } from '../../../shared/operators/api/api-error.ts';
import { connectionNames } from '../../../shared/operators/api/connection-names.ts';
import { ForbiddenError, UsageError } from '../command-error.ts';
import { errorText } from '../error-text.ts';
import type { OpenSession, Session } from '../session.ts';
import { healthChecks } from './doctor.ts';
import { examples } from './examples.ts';

/** What `--allow-write` can name, by what it changes. `clients/mcp/` has the tools of each; it is loaded only when it serves. */
const writeKinds = ['endpoint', 'replay', 'routes', 'send'] as const;
type WriteKind = (typeof writeKinds)[number];

interface McpOptions {
  /** True for all kinds. */
  allowWrite?: readonly WriteKind[] | true;
  allowHold: boolean;
  bodies: boolean;
  connection?: string[];
}

/** @throws InvalidArgumentError if it names a kind that there is not */
function kindsIn(text: string): WriteKind[] {
  const kinds = text.split(',').map((kind) => kind.trim());
  const unknown = kinds.find((kind) => !(writeKinds as readonly string[]).includes(kind));
  if (unknown === undefined) return kinds as WriteKind[];
  throw new InvalidArgumentError(`Name some of ${writeKinds.join(', ')}, with commas between them.`);
}

/** @throws UsageError for a connection that is not there. A deployment that can't be asked now is asked at each call. */
async function checkConnections({ api }: Session, wanted: readonly string[] = []): Promise<void> {
  if (wanted.length === 0) return;
  const names = await connectionNames(api).catch((error: unknown) => {
    if (isPassing(error)) return wanted;
    throw error;
  });
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, names);
  throw new UsageError(`There is no connection '${unknown}'.${meant === undefined ? '' : ` Did you mean '${meant}'?`}`);
}

/** Serves until stdin ends. What serves is loaded only here: no other command needs it. */
async function run(session: Session, options: McpOptions): Promise<void> {
  const { allowWrite, allowHold, bodies, connection: connections } = options;
  const kinds = allowWrite === true ? writeKinds : (allowWrite ?? []);
  const { terminal, tell } = session;
  const { stdin, stdout, stderr, now, uptime, wait } = terminal;
  const { takenOver } = await import('../../mcp/taken-over.ts');
  // Before anything else, because a module can already write when it is loaded.
  const { wire, giveBack } = takenOver(stdout, stderr);
  try {
    await checkConnections(session, connections);
    const { serveAgents, TokenRefused } = await import('../../mcp/serve-agents.ts');
    await serveAgents({
      wires: { stdin, wire },
      allow: [...kinds, ...(allowHold ? (['hold'] as const) : [])],
      connections,
      noBodies: !bodies,
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
    .option(
      '--allow-write [kinds]',
      'also write: activate, deactivate and release (endpoint), replay, set routes, send samples (send); without kinds, all of these',
      kindsIn,
    )
    .option('--allow-hold', 'also hold an endpoint', false)
    .option('--no-bodies', 'show no body, and nothing that a receiver answered')
    .option('--connection <name...>', 'show these connections alone')
    .addHelpText(
      'after',
      examples(
        'hooklatch mcp',
        'hooklatch mcp --allow-hold',
        'hooklatch mcp --allow-write replay,routes --connection orders',
        'hooklatch mcp --no-bodies --profile prod',
      ),
    )
    .action((options: McpOptions, command: Command) => run(open(command), options));
}
