/** All tools, in the order in which a client lists them. */
import type { Mode, Tool } from './tool.ts';
import { connectionTools } from './tools/connections.ts';
import { deploymentTools } from './tools/deployment.ts';
import { destinationTools } from './tools/destinations.ts';
import { endpointTools } from './tools/endpoint.ts';
import { eventTools } from './tools/events.ts';
import { journalTools } from './tools/journal.ts';
import { providerTools } from './tools/providers.ts';
import { replayTools } from './tools/replays.ts';
import { routeTools } from './tools/routes.ts';
import { searchTools } from './tools/search.ts';
import { sendTools } from './tools/send.ts';
import { statisticsTools } from './tools/statistics.ts';
import { waitTools } from './tools/wait.ts';

export const allTools: readonly Tool[] = [
  ...connectionTools,
  ...eventTools,
  ...searchTools,
  ...waitTools,
  ...journalTools,
  ...statisticsTools,
  ...providerTools,
  ...deploymentTools,
  ...routeTools,
  ...destinationTools,
  ...replayTools,
  ...endpointTools,
  ...sendTools,
];

/** The tools that are there with these modes. */
export const toolsFor = (allowed: ReadonlySet<Mode>, { noBodies }: { noBodies: boolean }): Tool[] =>
  allTools.filter(({ mode, isOfBodies = false }) => allowed.has(mode) && !(noBodies && isOfBodies));
