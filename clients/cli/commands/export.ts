import type { Command } from 'commander';
import { stringify } from 'yaml';
import { fileNameSchema } from '../../../shared/endpoints/endpoint/managed-by.ts';
import { inParallel } from '../../../shared/ground/base/parallel.ts';
import { printableLines } from '../../../shared/ground/base/printable.ts';
import type { ApiClient } from '../../../shared/operators/api/api-client.ts';
import { wholeList } from '../../../shared/operators/api/whole-list.ts';
import { exportedManifest } from '../../../shared/operators/manifest/export-manifest.ts';
import { UsageError } from '../command-error.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';

interface ExportOptions {
  as: string;
}

/** Requests at a time. */
const atOnce = 4;

/** A connection with its rules. */
const readConnection = (api: ApiClient) => async (name: string) => {
  const request = { params: { name } };
  const view = await api.call('GET /v1/connections/{name}', request);
  return { view, routes: await api.call('GET /v1/connections/{name}/routes', request) };
};

/** Nothing of a stack or of another file: a file can't adopt it. */
const isFree = ({ managedBy }: { managedBy?: unknown }): boolean => managedBy === undefined;

async function showFile(session: Session, names: readonly string[], { as }: ExportOptions): Promise<void> {
  const { api } = session;
  const { error } = fileNameSchema.safeParse(as);
  if (error) throw new UsageError(`--as ${error.issues[0]?.message}.`);
  const listed = await wholeList((query) => api.call('GET /v1/connections', { query }));
  const chosen = listed.filter(({ name }) => names.length === 0 || names.includes(name));
  const missing = names.filter((name) => !chosen.some((each) => each.name === name));
  if (missing.length > 0) throw new UsageError(`There is no connection ${missing.join(', ')}.`);
  const connections = await inParallel(
    chosen.filter(isFree).map(({ name }) => name),
    atOnce,
    readConnection(api),
  );
  const used = new Set(connections.flatMap(({ routes }) => routes.rules.map(({ to }) => to)));
  const all = await wholeList((query) => api.call('GET /v1/destinations', { query }));
  const wanted = all.filter(({ name }) => names.length === 0 || used.has(name));
  const file = exportedManifest(as, connections, wanted.filter(isFree));
  session.print(file, () => [printableLines(stringify(file)).trimEnd()]);
  const managed = [...chosen, ...wanted].filter((each) => !isFree(each)).map(({ name }) => name);
  if (managed.length > 0) session.tell(`Left out, because a stack or a file manages them: ${managed.join(', ')}.`);
}

/** `export`: a file that adopts what is there. */
export function addExport(program: Command, open: OpenSession): void {
  program
    .command('export [names...]')
    .description('print a file that adopts these connections, or all, and their destinations; no secret is in it')
    .requiredOption('--as <name>', 'the name of the file, which is then the owner')
    .addHelpText(
      'after',
      examples('hooklatch export --as shop > hooklatch.yaml', 'hooklatch export orders code --as shop'),
    )
    .action((names: string[], options: ExportOptions, command: Command) => showFile(open(command), names, options));
}
