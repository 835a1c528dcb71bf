/** Reveals and replaces the secret with which requests to a destination are signed. */

import { type Destination, type DestinationEntry, hasSigningGrace } from '../../deliveries/destination/destination.ts';
import { generateSigningSecret } from '../../deliveries/destination/signing-secret.ts';
import { faultAt, Refusal } from '../../ground/base/refusal.ts';
import type { Operation, OperationContext } from './operation.ts';
import type { Named } from './update-connection.ts';
import {
  type DestinationValuePorts,
  liveDestinationValue,
  moveDestinationLabel,
  storeDestinationValue,
  updateDestination,
} from './update-destination.ts';

/** The live secrets. There is a previous one only during a grace. */
export interface SigningSecrets {
  destination: Destination;
  secret: string;
  previous?: { secret: string; expiresAt: string };
}

const entryOf = (verb: DestinationEntry['verb'], { actor, now }: OperationContext): DestinationEntry => ({
  verb,
  by: actor.id,
  at: now.toISOString(),
});

async function secretsOfLive(destination: Destination, now: Date, ports: DestinationValuePorts) {
  const { signingSecret: secret, previousSigningSecret } = await liveDestinationValue(destination, ports);
  const { previousUntil } = destination.signing;
  const isInGrace = hasSigningGrace(destination, now) && previousSigningSecret !== undefined && previousUntil;
  return {
    destination,
    secret,
    ...(isInGrace && { previous: { secret: previousSigningSecret, expiresAt: previousUntil } }),
  };
}

/** First it records the reveal, so that nobody can see a secret without a trace in the history. */
export const revealSigningSecret: Operation<Named, DestinationValuePorts, SigningSecrets> = async (
  { name },
  context,
  ports,
) => {
  const entry = entryOf('revealSecret', context);
  const destination = await updateDestination(name, context, ports, () => ({ change: {}, entry }));
  return secretsOfLive(destination, context.now, ports);
};

interface Rotation extends Named {
  /** A secret that the operator brings along. By default one is made. */
  value?: string | undefined;
  graceSeconds: number;
  /** Whether a running grace ends now. */
  force: boolean;
}

function refuseGrace(destination: Destination, { force }: Rotation, now: Date): void {
  if (force || !hasSigningGrace(destination, now)) return;
  const { previousUntil } = destination.signing;
  throw new Refusal(
    'rotation_in_progress',
    `The previous secret signs until ${previousUntil}. Wait, or send force to let it end now.`,
  );
}

/** The next requests are signed with both secrets until the grace ends. */
export const rotateSigningSecret: Operation<Rotation, DestinationValuePorts, SigningSecrets> = async (
  rotation,
  context,
  ports,
) => {
  const { name, value: wanted = generateSigningSecret(), graceSeconds } = rotation;
  const { actor, now } = context;
  const rotated = await updateDestination(name, context, ports, async (destination) => {
    refuseGrace(destination, rotation, now);
    const { previousSigningSecret: _ended, ...present } = await liveDestinationValue(destination, ports);
    if (wanted === present.signingSecret)
      throw new Refusal(
        'invalid_request',
        'value is the live secret. Send another one.',
        faultAt('value', 'is the live secret'),
      );
    const previous = graceSeconds > 0 ? { previousSigningSecret: present.signingSecret } : {};
    const valueId = await storeDestinationValue(destination, { ...present, signingSecret: wanted, ...previous }, ports);
    const previousUntil = new Date(now.getTime() + graceSeconds * 1000).toISOString();
    const signing = {
      createdAt: now.toISOString(),
      createdBy: actor.id,
      ...(graceSeconds > 0 && { previousUntil }),
    };
    return { change: { valueId, signing }, entry: entryOf('rotateSecret', context) };
  });
  await moveDestinationLabel(rotated, context, ports);
  return secretsOfLive(rotated, now, ports);
};
