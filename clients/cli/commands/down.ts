import type { Command } from 'commander';
import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import { ConflictError } from '../command-error.ts';
import { confirm } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { printConnection } from './connections.ts';
import { examples } from './examples.ts';
import { findConnection } from './up.ts';

interface DownOptions {
  yes?: boolean;
  delete?: boolean;
  discardHeld?: boolean;
}

/** Asks once for everything that is destroyed. */
function question({ name, endpoint }: ConnectionView, isDeleted: boolean | undefined): string {
  const losses = [
    ...(endpoint ? ['its URL never works again'] : []),
    ...(isDeleted ? ["its events and its history can't be read any more"] : []),
  ];
  return `Take down ${name}? After that ${losses.join(', and ')}.`;
}

/** @throws ConflictError before anything is changed, if events would be lost */
function refuseHeld({ name, endpoint }: ConnectionView, { discardHeld }: DownOptions): void {
  if (!endpoint?.held || discardHeld) return;
  throw new ConflictError(
    `The endpoint is held. Publish its events first: hooklatch endpoint release ${name}. Or drop them: --discard-held`,
  );
}

/** Removes the tokens, which also deactivates the endpoint, and then the endpoint. */
async function removeEndpoint({ api }: Session, name: string, { discardHeld }: DownOptions): Promise<ConnectionView> {
  const request = { params: { name } };
  await api.call('DELETE /v1/connections/{name}/endpoint/token', request);
  const query = discardHeld ? { discardHeld: 'true' as const } : {};
  return api.call('DELETE /v1/connections/{name}/endpoint', { ...request, query });
}

async function takeDown(session: Session, name: string, options: DownOptions): Promise<void> {
  const { api, terminal } = session;
  const found = options.delete
    ? await findConnection(api, name)
    : await api.call('GET /v1/connections/{name}', { params: { name } });
  if (!found) return session.print({ name, deleted: true }, `There is no connection ${name}.`);
  refuseHeld(found, options);
  await session.warnIfManaged(name, `DELETE /v1/connections/{name}${options.delete ? '' : '/endpoint'}`);
  if (found.endpoint || options.delete) await confirm(terminal, question(found, options.delete), options);
  const view = found.endpoint ? await removeEndpoint(session, name, options) : found;
  if (!options.delete) return printConnection(session, view);
  await api.call('DELETE /v1/connections/{name}', { params: { name } });
  session.print({ name, deleted: true }, `Deleted the connection ${name}.`);
}

/** `down`: removes the token and the endpoint. */
export function addDown(program: Command, open: OpenSession): void {
  program
    .command('down <name>')
    .description('remove the token and the endpoint, after one question; run again, it changes nothing')
    .option('--yes', 'do not ask')
    .option('--delete', 'delete the connection too')
    .option('--discard-held', 'never publish the events that are held')
    .addHelpText('after', examples('hooklatch down orders', 'hooklatch down orders --yes --delete'))
    .action((name: string, options: DownOptions, command: Command) => takeDown(open(command), name, options));
}
