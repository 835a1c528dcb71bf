import type { Command } from 'commander';
import type { ConnectionView } from '../../../shared/endpoints/endpoint/connection-view.ts';
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { ConflictError } from '../command-error.ts';
import { connectionLines } from '../output/connection-text.ts';
import { tokenLines, tokenWord } from '../output/token-text.ts';
import { readSecret } from '../prompt.ts';
import type { OpenSession, Session } from '../session.ts';
import { examples } from './examples.ts';
import { withValueOption } from './secret-input.ts';
import { readSettings, type SettingsBody, type SettingsOptions, withSettingsOptions } from './settings-input.ts';
import { isTokenShown, type ShowTokenOptions } from './show-token.ts';

interface UpOptions extends ShowTokenOptions, SettingsOptions {
  provider?: string;
  valueStdin?: boolean;
}

type Api = Session['api'];

/** A connection. Undefined if there is none. */
export async function findConnection(api: Api, name: string): Promise<ConnectionView | undefined> {
  try {
    return await api.call('GET /v1/connections/{name}', { params: { name } });
  } catch (error) {
    if (error instanceof ApiError && error.code === 'connection_not_found') return undefined;
    throw error;
  }
}

/** Whether a name, which can be another name of a sender, means this provider. */
async function isProvider(api: Api, name: string, provider: string): Promise<boolean> {
  if (name === provider) return true;
  return (await api.call('GET /v1/providers/{id}', { params: { id: name } })).id === provider;
}

/** The connection, opened if there is none, with this provider if one is named. */
async function openConnection(api: Api, name: string, { provider }: UpOptions): Promise<ConnectionView> {
  const change = provider === undefined ? {} : { provider };
  const existing = await findConnection(api, name);
  if (!existing) return api.call('POST /v1/connections', { body: { name, ...change } });
  if (provider === undefined || (await isProvider(api, provider, existing.provider))) return existing;
  return api.call('PATCH /v1/connections/{name}', { params: { name }, body: change });
}

/** The connection with an endpoint and, if there are any, these settings. */
async function configure(api: Api, view: ConnectionView, settings: SettingsBody | undefined): Promise<ConnectionView> {
  if (view.endpoint && !settings) return view;
  return api.call('PUT /v1/connections/{name}/endpoint', { params: { name: view.name }, body: settings ?? {} });
}

/** @throws ConflictError if the endpoint has another secret than this one */
async function checkSecret(api: Api, name: string, value: string): Promise<void> {
  const { token, signingSecret } = await api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } });
  if (value === token || value === signingSecret) return;
  throw new ConflictError(
    `The endpoint has another secret. To replace it: hooklatch token rotate ${name} --value-stdin`,
  );
}

/** Gives the endpoint a secret, unless it has one or its sender makes it. Returns whether it made one. */
async function giveSecret(api: Api, { name, endpoint }: ConnectionView, value: string | undefined): Promise<boolean> {
  const hasSecret = (endpoint?.tokens.length ?? 0) > 0;
  if (hasSecret && value !== undefined) await checkSecret(api, name, value);
  if (hasSecret || (value === undefined && endpoint?.secretFrom !== 'operator')) return false;
  const body = value === undefined ? {} : { value };
  await api.call('POST /v1/connections/{name}/endpoint/token', { params: { name }, body });
  return true;
}

/** What is left to do, if the sender makes the secret. */
function nextStep({ name, endpoint }: ConnectionView): string | undefined {
  if (!endpoint || endpoint.tokens.length > 0) return undefined;
  return endpoint.secretFrom === 'handshake'
    ? `Next: enter the URL at the sender, run "hooklatch handshake open ${name}", and start the handshake there.`
    : `Next: enter the URL at the sender, then adopt its secret: hooklatch token generate ${name} --value-stdin`;
}

/** Whether only this machine can reach a URL. */
const isLocal = (url: string | null | undefined): boolean =>
  /^(127\.|localhost$|\[::1\]$)/.test(URL.parse(url ?? '')?.hostname ?? '');

/** What to enter at the sender, for people. */
async function guide({ api, isJson, tell }: Session, { name, provider, endpoint }: ConnectionView): Promise<void> {
  if (isJson) return;
  if (provider !== 'generic') {
    const sender = await api.call('GET /v1/providers/{id}', { params: { id: provider } });
    const { name: title, url, secret, contentType } = sender;
    const steps = [url, secret, ...(contentType === undefined ? [] : [contentType])].map((step) => `  ${step}`);
    for (const line of ['', `At ${title}:`, ...steps]) tell(line);
  }
  if (isLocal(endpoint?.url))
    tell('Only this machine can reach this URL. docs/local.md shows how to give it a public one.');
  if (endpoint?.tokens.length) tell(`To try it: hooklatch endpoint test ${name}`);
}

/** Prints the connection with its URL. Prints the token only if the operator wants to see it. */
async function show(session: Session, view: ConnectionView, isTokenShown: boolean): Promise<void> {
  const { name, endpoint } = view;
  const next = nextStep(view);
  const token =
    isTokenShown && endpoint?.tokens.length
      ? await session.api.call('GET /v1/connections/{name}/endpoint/token', { params: { name } })
      : undefined;
  const { connection: _, ...shown } = token ?? {};
  session.print({ ...view, ...(next && { next }), ...(token && { token: shown }) }, (isColoured) => [
    ...connectionLines(view, isColoured),
    ...(token ? ['', ...tokenLines(token, isColoured)] : []),
  ]);
  await guide(session, view);
  if (next) session.tell(next);
  else if (!token) session.tell(`To see the ${tokenWord(view)}: hooklatch token reveal ${name}`);
}

async function bringUp(session: Session, name: string, options: UpOptions): Promise<void> {
  const { api, terminal } = session;
  const settings = await readSettings(session, name, options);
  const value = options.valueStdin ? await readSecret(terminal, 'Secret: ') : undefined;
  const configured = await configure(api, await openConnection(api, name, options), settings);
  const isNew = await giveSecret(api, configured, value);
  const view = await api.call('POST /v1/connections/{name}/endpoint/activate', { params: { name } });
  await show(session, view, options.showToken === true || (isNew && isTokenShown(session, options)));
}

/** `up`: from nothing to an active URL. */
export function addUp(program: Command, open: OpenSession): void {
  withSettingsOptions(withValueOption(program.command('up <name>')))
    .description('make an active endpoint: connection, settings, token, activation; run again, it changes nothing')
    .option('--provider <id>', 'the sender, as in hooklatch providers list (default: generic)')
    .option('--show-token', 'print the token too; without it, only a new token at a terminal is printed')
    .addHelpText(
      'after',
      examples(
        'hooklatch up orders',
        'hooklatch up code --provider github --show-token',
        'hooklatch up alarms --dedupe-header x-id --retention-days 90',
        'hooklatch up billing --provider stripe',
        'hooklatch up shop --provider shopify --value-stdin < secret.txt',
      ),
    )
    .action((name: string, options: UpOptions, command: Command) => bringUp(open(command), name, options));
}
