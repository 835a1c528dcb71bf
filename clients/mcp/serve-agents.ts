/** A server for agents, from its start to the end of stdin. */

import { withoutTokens } from '../../shared/endpoints/credential/token.ts';
import { ClientSettingError } from '../../shared/operators/api/api-client.ts';
import { ApiError, UnreachableError } from '../../shared/operators/api/api-error.ts';
import { admission, TokenRefused } from './admission.ts';
import { agentTexts } from './agent-words.ts';
import { limitedApi } from './limited-api.ts';
import { ReplayPlans } from './replay-plans.ts';
import { serveClient, type Wires } from './serve.ts';
import { agentServer } from './server.ts';
import type { Mode, ToolPorts } from './tool.ts';
import { toolsFor } from './tools.ts';

export { TokenRefused };

interface AgentServer extends Omit<ToolPorts, 'plans'> {
  /** The connections that it shows. Undefined for all. */
  connections: readonly string[] | undefined;
  wires: Wires;
  /** What it may do besides reading. */
  allow: readonly Exclude<Mode, 'read'>[];
  /** The text of an error that is no answer of the API. @param name the connection that it is about */
  problemText: (error: unknown, name: string | undefined) => string;
  /** Writes a line beside the protocol. */
  note: (line: string) => void;
}

const expected = [UnreachableError, ClientSettingError, TokenRefused];

/** The text of an error answer of the API, in the words of an agent. */
function answerText(error: ApiError, name: string | undefined): string {
  const request = error.requestId === undefined ? '' : `, request ${error.requestId}`;
  return withoutTokens(`${agentTexts(name).problem(error)} (${error.code}${request})`);
}

/**
 * Serves until the client closes stdin.
 * @throws TokenRefused if the token can do more than the server may
 * @throws ApiError if the deployment refuses the token
 */
export async function serveAgents(server: AgentServer): Promise<void> {
  const { wires, allow, connections, problemText, note, ...given } = server;
  const admit = admission(given.api, { mayChange: allow.length > 0 });
  try {
    await admit();
  } catch (error) {
    // A client starts its servers early, maybe before there is a network. Each call asks again.
    if (!(error instanceof UnreachableError)) throw error;
    note(`mcp ${error.message} Each call tries again.`);
  }
  const textOf = (error: unknown, name: string | undefined) => {
    if (error instanceof ApiError) return answerText(error, name);
    if (expected.some((kind) => error instanceof kind)) return problemText(error, name);
    // A fault of ours: its place goes to stderr alone.
    note(`mcp ${problemText(error, name)}`);
    return undefined;
  };
  const api = connections ? limitedApi(given.api, new Set(connections)) : given.api;
  const ports = { ...given, api, admit, note, problemText: textOf, plans: new ReplayPlans(given.now) };
  const tools = toolsFor(new Set(['read', ...allow]), given);
  await serveClient(() => agentServer(tools, ports), wires, note);
}
