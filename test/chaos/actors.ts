/** The actors of a world: senders, which repeat unanswered requests, and operators. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { generateToken } from '../../shared/endpoints/credential/token.ts';
import type { Received } from '../local/http-client.ts';
import type { Sending } from './check.ts';
import type { Entry, Kind } from './check-deliveries.ts';
import { kindHeader, nameHeader } from './delivery-plan.ts';
import type { Step, Webhook } from './plan.ts';
import type { World } from './world.ts';

/** An endpoint of the world, as its sender and its operator see it. */
export interface Target {
  name: string;
  /** The path of its URL. */
  path: string;
  token: string;
  /** The header with the delivery id, if the endpoint deduplicates. */
  idHeader: string | undefined;
}

/** What the actors have done so far. */
export interface Deeds {
  /** What concerns destinations, in order. */
  history: Entry[];
  sendings: Sending[];
  replays: { to: number; id: string; until: string; covered: string[] }[];
}

/**
 * A body that depends only on its number and size, so that a repeated delivery has the same bytes. It is text: receivers verify signatures with a
 * library that knows no other.
 */
export const bytesOf = ({ delivery, size }: Webhook, to: number): Buffer => {
  const seedOf = createHash('sha256').update(`${to} ${delivery} ${size}`).digest('hex');
  return Buffer.alloc(size, seedOf);
};

export const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** A sender's number of attempts, and its first wait in milliseconds. Each wait doubles. */
const tries = 7;
const firstWait = 20;

/** Returns the answer, or undefined if the connection broke. */
const attempt = (request: Promise<Received>): Promise<Received | undefined> => request.catch(() => undefined);

/** Sends one webhook until it is acknowledged or the sender gives up. */
async function deliver(world: World, target: Target, webhook: Webhook, to: number, deeds: Deeds): Promise<void> {
  const body = bytesOf(webhook, to);
  const deliveryId = target.idHeader === undefined ? undefined : `d${webhook.delivery}-${webhook.size}`;
  const kind: Kind = webhook.delivery % 2 === 0 ? 'even' : 'odd';
  const name = `${to}-${webhook.delivery}-${webhook.size}`;
  const sending: Sending = {
    to,
    name,
    deliveryId,
    sha256: digest(body),
    kind,
    isGenuine: webhook.isGenuine,
    answers: [],
  };
  deeds.sendings.push(sending);
  deeds.history.push({ what: 'sending', name });
  for (let tried = 0; tried < tries; tried += 1) {
    const token = webhook.isGenuine ? target.token : generateToken('hle');
    const answer = await attempt(
      world.send({
        method: 'POST',
        path: target.path,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/octet-stream',
          [kindHeader]: kind,
          [nameHeader]: name,
          ...(target.idHeader && deliveryId ? { [target.idHeader]: deliveryId } : {}),
        },
        body,
      }),
    );
    const { status = 0 } = answer ?? {};
    sending.answers.push(status >= 200 && status < 300 ? { status, id: String(answer?.json()['id']) } : { status });
    if (status >= 200 && status < 300) return;
    if (status === 403 && !webhook.isGenuine) return;
    await sleep(firstWait * 2 ** tried);
  }
}

/** Sends many webhooks at once. */
export async function burst(
  world: World,
  target: Target,
  to: number,
  webhooks: Webhook[],
  deeds: Deeds,
): Promise<void> {
  await Promise.all(webhooks.map((webhook) => deliver(world, target, webhook, to, deeds)));
}

const verbs = {
  activate: '/endpoint/activate',
  deactivate: '/endpoint/deactivate',
  rotate: '/endpoint/token/rotate',
  hold: '/endpoint/hold',
  release: '/endpoint/release',
} as const;

/** Performs one verb. Its answer may get lost; then the sender does not learn of a new token. */
export async function operate(world: World, target: Target, verb: keyof typeof verbs): Promise<void> {
  const answer = await attempt(world.api('POST', `/v1/connections/${target.name}${verbs[verb]}`, {}));
  if (verb === 'rotate' && answer?.status === 200) target.token = String(answer.json()['token']);
}

/** The ids of the events that were acknowledged to this endpoint's senders. */
const acknowledged = ({ sendings }: Deeds, to: number): string[] =>
  sendings.filter((one) => one.to === to).flatMap(({ answers }) => answers.flatMap(({ id }) => id ?? []));

export async function replay(world: World, target: Target, step: Step & { do: 'replay' }, deeds: Deeds): Promise<void> {
  const path = `/v1/connections/${target.name}`;
  const covered = [...new Set(acknowledged(deeds, step.to))];
  if (step.what === 'one') {
    if (covered[0]) await attempt(world.api('POST', `${path}/events/${covered[0]}/replay`, {}));
    return;
  }
  const until = new Date(Date.now() + world.skew).toISOString();
  const range = { from: '2026-01-01T00:00:00.000Z', to: until };
  const answer = await attempt(world.api('POST', `${path}/replays`, { ...range, ratePerSecond: 500 }));
  if (answer?.status === 202) deeds.replays.push({ to: step.to, id: String(answer.json()['id']), until, covered });
}
