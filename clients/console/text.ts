/**
 * The texts of the console that are not the API's, each in the file of its page. Those that only later pages
 * need are imported from their own files, so that the first page does not load them.
 */
import { configureText } from './text/configure.ts';
import { connectionText } from './text/connection.ts';
import { connectionsText } from './text/connections.ts';
import { destinationsText } from './text/destinations.ts';
import { endpointText } from './text/endpoint.ts';
import { eventPagesText } from './text/events.ts';
import { historyText } from './text/history.ts';
import { operatorsText } from './text/operators.ts';
import { rejectionsText } from './text/rejections.ts';
import { replaysText } from './text/replays.ts';
import { shellText } from './text/shell.ts';
import { signInText } from './text/sign-in.ts';
import { tokenText } from './text/token.ts';

export { statusNames, statusNotes } from './text/connection.ts';
export { roleText } from './text/operators.ts';

export const text = {
  product: 'Hooklatch',
  ...signInText,
  ...shellText,
  ...connectionsText,
  ...connectionText,
  ...endpointText,
  ...tokenText,
  ...configureText,
  ...eventPagesText,
  ...replaysText,
  ...rejectionsText,
  ...historyText,
  ...destinationsText,
  ...operatorsText,
};
