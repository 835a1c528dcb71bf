/** `send --to`: makes and proves a webhook on this machine, and sends it to a program. */
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { schemeOf, settingsInForce } from '../../../shared/endpoints/endpoint/settings-in-force.ts';
import { presetOf } from '../../../shared/endpoints/provider/presets.ts';
import { nearestProvider, providerIdOf } from '../../../shared/endpoints/provider/provider-name.ts';
import { sampleOf } from '../../../shared/endpoints/provider/samples.ts';
import { type ProvenArrival, provenArrival } from '../../../shared/events/arrival/proven-arrival.ts';
import {
  givenBody,
  recordedContent,
  type SampleContent,
  senderSample,
  typeFault,
} from '../../../shared/events/arrival/sample-content.ts';
import { isValueReference } from '../../../shared/operators/manifest/secret-reference.ts';
import { BadResult, ForbiddenError, UsageError } from '../command-error.ts';
import { sendTarget } from '../listen/forward-target.ts';
import { bodyBytesOf } from '../listen/forwarded-request.ts';
import { sendRequest } from '../listen/send-request.ts';
import { referenceReader } from '../secret-reference.ts';
import type { Session } from '../session.ts';
import { type SentOptions, sentFileOf } from './sent-file.ts';

/** How long a program may take to answer, in milliseconds. */
const timeoutMs = 30_000;

export interface SendToOptions {
  to?: string;
  provider?: string;
  secret?: string;
  token?: string;
}

type Options = SentOptions & SendToOptions & { to: string };

/** A sender, and how the receiver reads its webhooks. */
interface Sender extends Pick<ReturnType<typeof settingsInForce>, 'auth' | 'dedupe' | 'type'> {
  provider: string;
}

export const withSendToOptions = (command: Command): Command =>
  command
    .option('--to <url>', 'send it to this URL or this port of this machine, signed here')
    .option('--provider <id>', 'with --to: the sender, if no connection is named')
    .option('--secret <reference>', 'with --to: where the signing secret is, such as env:GITHUB_WEBHOOK_SECRET')
    .option('--token <reference>', 'with --to: where the token is, such as env:ORDERS_TOKEN');

/** @throws UsageError if no sender has this name */
function knownSender(name: string): Sender {
  const provider = providerIdOf(name);
  if (provider !== undefined) return { provider, ...settingsInForce({ provider, settings: {} }) };
  const meant = nearestProvider(name);
  throw new UsageError(
    `No sender is known by the name of --provider${meant === undefined ? '' : `; did you mean ${meant}?`} hooklatch providers list shows them.`,
  );
}

/** The sender of a connection, with the settings of its endpoint if it has one. */
async function senderOf({ api }: Session, name: string): Promise<Sender> {
  const { provider, endpoint } = await api.call('GET /v1/connections/{name}', { params: { name } });
  return endpoint ? { ...endpoint, provider } : knownSender(provider);
}

/** A recorded event. @throws ForbiddenError if its body is withheld from this operator */
async function recorded({ api }: Session, name: string, id: string): Promise<SampleContent> {
  const event = await api.call('GET /v1/connections/{name}/events/{id}', { params: { name, id } });
  const body = bodyBytesOf(event);
  if (!body) throw new ForbiddenError(event.bodyWithheld ?? 'The body is withheld.');
  return recordedContent(event, body);
}

async function contentOf(
  session: Session,
  name: string | undefined,
  options: Options,
  { provider, type: place }: Sender,
): Promise<SampleContent> {
  const { type, event } = options;
  const file = await sentFileOf(session.terminal, options);
  const fault =
    type === undefined ? undefined : typeFault({ preset: presetOf(provider), type: place }, file !== undefined);
  if (fault !== undefined) throw new UsageError(`--type ${fault}.`);
  if (file) return givenBody(file.bytes, file.contentType, type);
  if (event !== undefined && name !== undefined) return recorded(session, name, event);
  return senderSample(sampleOf(provider), type);
}

/** Reads the value that an option leads to. @throws UsageError that never quotes what was typed */
async function secretOf({ terminal }: Session, option: '--secret' | '--token', reference: string): Promise<string> {
  if (!isValueReference(reference))
    throw new UsageError(`${option} must be a reference, never the value: env:NAME, file:PATH or secretsmanager:NAME.`);
  return referenceReader(terminal)(reference);
}

/** The values that the sender proves itself with. */
async function valuesOf(session: Session, { auth, provider }: Sender, { secret, token }: Options) {
  const needed = {
    '--secret': auth.kind === 'token' ? undefined : 'signs its webhooks',
    '--token': auth.kind === 'signature' ? undefined : 'sends a token',
  } as const;
  const read = async (option: keyof typeof needed, reference: string | undefined) => {
    const why = needed[option];
    if (why !== undefined && reference === undefined)
      throw new UsageError(`${provider} ${why}. Say where the value is: ${option} env:NAME.`);
    if (why === undefined && reference !== undefined)
      throw new UsageError(`${provider} needs no ${option} here. Leave it out.`);
    return reference === undefined ? undefined : secretOf(session, option, reference);
  };
  const [signingSecret, bearer] = [await read('--secret', secret), await read('--token', token)];
  return bearer === undefined
    ? { token: signingSecret ?? '' }
    : { token: bearer, ...(signingSecret !== undefined && { signingSecret }) };
}

async function proven(
  session: Session,
  name: string | undefined,
  options: Options,
  url: string,
): Promise<ProvenArrival['request']> {
  const sender = name === undefined ? knownSender(options.provider ?? 'generic') : await senderOf(session, name);
  const { provider, auth, dedupe, type } = sender;
  const content = await contentOf(session, name, options, sender);
  const scheme = 'scheme' in auth ? schemeOf(provider, auth.scheme) : undefined;
  const value = await valuesOf(session, sender, options);
  const now = session.terminal.now();
  const made = content({ preset: presetOf(provider), scheme, dedupe, type, url, id: randomUUID(), now });
  const { request, unsigned } = provenArrival(made, { auth, scheme, value });
  if (!unsigned) return request;
  throw new UsageError(
    `${provider} can't be signed with this value: it is not in the form that ${provider} uses, or only ${provider} has the key.`,
  );
}

/**
 * Sends a webhook to a program.
 * @param name the connection whose sender and settings count. Without it, those of the option `--provider`
 * @throws BadResult if the program does not answer with 2xx
 */
export async function sendTo(session: Session, name: string | undefined, options: Options): Promise<void> {
  const to = sendTarget(options.to);
  const { method, url, headers, body } = await proven(session, name, options, to.href);
  const authorization = to.authorization === undefined ? {} : { authorization: to.authorization };
  const request = { method, url, body, headers: { ...(headers as Record<string, string>), ...authorization } };
  const answer = await sendRequest(request, { timeoutMs, signal: new AbortController().signal });
  if (answer.status === undefined) {
    session.print({ to: to.shown, error: answer.reason }, `${to.shown} did not answer: ${answer.reason}.`);
    throw new BadResult('Nothing answered.');
  }
  const { status } = answer;
  session.print({ to: to.shown, status }, `${to.shown} answered ${status}.`);
  if (status < 200 || status > 299) throw new BadResult('It was refused.');
}
