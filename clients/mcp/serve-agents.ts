/** A server for agents, from its start to the end of stdin. */
import { ClientSettingError } from '../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
import { admission, TokenRefused } from './admission.ts';
import { ReplayPlans } from './replay-plans.ts';
import { serveClient, type Wires } from './serve.ts';
import { agentServer } from './server.ts';
import type { Mode, ToolPorts } from './tool.ts';
import { toolsFor } from './tools.ts';

export { TokenRefused };

interface AgentServer extends Omit<ToolPorts, 'plans'> {
  wires: Wires;
  /** What it may do besides reading. */
  allow: readonly Exclude<Mode, 'read'>[];
  /** The text of an error for people. @param name the connection that it is about */
  problemText: (error: unknown, name: string | undefined) => string;
  /** Writes a line beside the protocol. */
  note: (line: string) => void;
}

const expected = [ApiError, UnreachableError, ClientSettingError, TokenRefused];

/**
 * Serves until the client closes stdin.
 * @throws TokenRefused if the token can do more than the server may
 * @throws ApiError if the deployment refuses the token
 */
export async function serveAgents({ wires, allow, problemText, note, ...given }: AgentServer): Promise<void> {
  const admit = admission(given.api, { mayChange: allow.length > 0 });
  try {
    await admit();
  } catch (error) {
    // A client starts its servers early, maybe before there is a network. Each call asks again.
    if (!(error instanceof UnreachableError)) throw error;
    note(`mcp ${error.message} Each call tries again.`);
  }
  const textOf = (error: unknown, name: string | undefined) => {
    if (expected.some((kind) => error instanceof kind)) return problemText(error, name);
    // A fault of ours: its place goes to stderr alone.
    note(`mcp ${problemText(error, name)}`);
    return undefined;
  };
  const ports = { ...given, admit, note, problemText: textOf, plans: new ReplayPlans(given.now) };
  await serveClient(() => agentServer(toolsFor(new Set(['read', ...allow])), ports), wires, note);
}
