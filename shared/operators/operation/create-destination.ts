/**
 * Creates a destination, in two writes: the record names the secret that is being made, the secret is made, and the record becomes
 * that of a destination. After a crash in between there is no destination. Whoever creates it again takes the name over, and the
 * sweep clears away what nobody takes over.
 */
import { randomUUID } from 'node:crypto';
import { type Destination, isFinished, newDestination } from '../../deliveries/destination/destination.ts';
import type { DestinationChange, NewDestination } from '../../deliveries/destination/destination-request.ts';
import type { DestinationSecrets } from '../../deliveries/destination/destination-secret.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import { originOf } from '../../deliveries/destination/destination-url.ts';
import { generateSigningSecret } from '../../deliveries/destination/signing-secret.ts';
import { newSecretName } from '../../endpoints/credential/secret-name.ts';
import type { ManagedBy } from '../../endpoints/endpoint/managed-by.ts';
import { Refusal } from '../../ground/base/refusal.ts';
import type { Operation } from './operation.ts';

/** Why a request to this URL would be refused, whoever sends it; undefined if it would not. */
export type WhyUrlRefused = (url: string) => string | undefined;

export interface CreateDestinationPorts {
  destinations: Pick<DestinationTable, 'read' | 'put'>;
  destinationSecrets: Pick<DestinationSecrets, 'create'>;
  /** Prefix of the names of secrets. */
  secretPrefix: string;
  newDestinationId(): string;
  whyUrlRefused: WhyUrlRefused;
}

function checkUrl(path: string, url: string, whyUrlRefused: WhyUrlRefused): void {
  const reason = whyUrlRefused(url);
  if (reason === undefined) return;
  const message = `cannot be used: ${reason}`;
  const errors = [{ path, pointer: `/${path.replace('.', '/')}`, message }];
  throw new Refusal('invalid_request', `${path} ${message}.`, { errors });
}

/**
 * Refuses URLs to which no request may go: that of the destination, and that of the tokens for it.
 * @throws a refusal
 */
export function checkUrls({ url, auth }: Pick<DestinationChange, 'url' | 'auth'>, whyUrlRefused: WhyUrlRefused): void {
  if (url !== undefined) checkUrl('url', url, whyUrlRefused);
  if (auth?.kind === 'oauth2') checkUrl('auth.tokenUrl', auth.tokenUrl, whyUrlRefused);
}

const exists = () =>
  new Refusal('destination_exists', 'A destination with this name exists. Read it, or choose another name.');

/** A new destination, and who manages it. */
type Wanted = Omit<NewDestination, 'managedBy'> & { managedBy?: ManagedBy | undefined };

export const createDestination: Operation<Wanted, CreateDestinationPorts, Destination> = async (
  {
    url,
    headers,
    auth,
    signingSecret = generateSigningSecret(),
    rate,
    concurrency,
    schedule,
    retryOn,
    forwardHeaders,
    ...settings
  },
  { actor, now, requestId },
  { destinations, destinationSecrets, secretPrefix, newDestinationId, whyUrlRefused },
) => {
  checkUrls({ url, auth }, whyUrlRefused);
  const { name } = settings;
  const present = await destinations.read(name);
  if (isFinished(present)) throw exists();
  const pending = { secret: newSecretName(secretPrefix, 'destination', name), since: now.toISOString() };
  const unfinished = { name, version: (present?.version ?? 0) + 1, pending };
  if ((await destinations.put(unfinished, requestId)) === 'lost') throw exists();
  const valueId = randomUUID();
  const secret = await destinationSecrets.create(pending.secret, valueId, { url, headers, auth, signingSecret });
  const created = newDestination(
    unfinished,
    {
      ...settings,
      rate: rate ?? undefined,
      concurrency: concurrency ?? undefined,
      schedule: schedule ?? undefined,
      retryOn: retryOn ?? undefined,
      forwardHeaders: forwardHeaders ?? undefined,
      origin: originOf(url),
      headerNames: Object.keys(headers),
      authKind: auth.kind,
    },
    { id: newDestinationId(), secret, valueId },
    { by: actor.id, now },
  );
  if ((await destinations.put(created, requestId)) === 'written') return created;
  throw new Refusal('superseded', 'Another request made this destination at the same time. Read it.');
};
