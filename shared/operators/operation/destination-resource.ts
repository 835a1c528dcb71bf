/** Carries out what a CloudFormation stack asks of a destination. `shared/deliveries/destination/managed-destination.ts` has the rules. */

import { isFinished } from '../../deliveries/destination/destination.ts';
import { destinationChangeSchema, newDestinationSchema } from '../../deliveries/destination/destination-request.ts';
import type { DestinationTable } from '../../deliveries/destination/destination-table.ts';
import {
  type DestinationRequest,
  type ManagedDestinationStep,
  managedDestinationOf,
  planManagedDestination,
} from '../../deliveries/destination/managed-destination.ts';
import {
  type ManagedSettings,
  type SecretReference,
  secretsNamedIn,
  textAt,
  withSecretTexts,
} from '../../deliveries/destination/managed-settings.ts';
import { signingSecretSchema } from '../../deliveries/destination/signing-secret.ts';
import { defaultGraceSeconds } from '../../endpoints/endpoint/grace.ts';
import { type ManagedBy, stackManager } from '../../endpoints/endpoint/managed-by.ts';
import { type ResourceRequest, requestUuid } from '../../ground/aws/custom-resource.ts';
import { parse } from '../../ground/base/parse.ts';
import { type CreateDestinationPorts, createDestination } from './create-destination.ts';
import { type DeleteDestinationPorts, deleteDestination } from './delete-destination.ts';
import { rotateSigningSecret } from './destination-signing-secret.ts';
import { type EditDestinationPorts, editDestination } from './edit-destination.ts';
import type { OperationContext } from './operation.ts';
import { type ResourceWork, resourceWork } from './resource-work.ts';
import { liveDestinationValue, requireDestination, updateDestination } from './update-destination.ts';

export interface DestinationResourcePorts
  extends Omit<CreateDestinationPorts, 'newDestinationId'>,
    EditDestinationPorts,
    DeleteDestinationPorts {
  destinations: DestinationTable;
  destinationSecrets: CreateDestinationPorts['destinationSecrets'] & EditDestinationPorts['destinationSecrets'];
  /** Reads the text of a secret that the template names. */
  readSource(secretArn: string): Promise<string>;
  now(): Date;
}

/** The id of a destination that this request creates. */
export const destinationIdOf = (request: ResourceRequest): string => `dst_${requestUuid(request)}`;

/** A view of the table that has a destination only while it has this id. So no step changes a later one of the same name. */
const destinationsOf = (table: DestinationTable, id: string): DestinationTable => ({
  ...table,
  async read(name) {
    const found = await table.read(name);
    return isFinished(found) && found.id !== id ? undefined : found;
  },
});

/** The settings with the texts of the secrets that they name, each of which is read once. */
async function readSettings(settings: ManagedSettings, { readSource }: DestinationResourcePorts) {
  const texts = new Map<string, string>();
  for (const { fromSecret } of secretsNamedIn(settings))
    if (!texts.has(fromSecret)) texts.set(fromSecret, await readSource(fromSecret));
  return withSecretTexts(settings, (reference) => textAt(reference, texts.get(reference.fromSecret) ?? ''));
}

/** Writes who manages the destination. Undefined for operators alone. */
const changeManager = (
  name: string,
  verb: 'adopt' | 'detach',
  managedBy: ManagedBy | undefined,
  context: OperationContext,
  ports: DestinationResourcePorts,
) =>
  updateDestination(name, context, ports, () => ({
    change: { managedBy } as object,
    entry: { verb, by: context.actor.id, at: context.now.toISOString() },
  }));

/** Replaces the signing secret, unless it is the live one. A rollback returns to the previous one while its grace runs. */
async function adoptSigningSecret(
  name: string,
  reference: SecretReference,
  context: OperationContext,
  ports: DestinationResourcePorts,
): Promise<void> {
  const text = textAt(reference, await ports.readSource(reference.fromSecret));
  const value = parse(signingSecretSchema, text, 'signing secret');
  const { signingSecret, previousSigningSecret } = await liveDestinationValue(
    await requireDestination(name, ports),
    ports,
  );
  if (value === signingSecret) return;
  const force = value === previousSigningSecret;
  await rotateSigningSecret({ name, value, graceSeconds: defaultGraceSeconds, force }, context, ports);
}

async function applyStep(
  { newId, resource, properties: { name } }: DestinationRequest,
  step: ManagedDestinationStep,
  context: OperationContext,
  ports: DestinationResourcePorts,
): Promise<unknown> {
  switch (step.verb) {
    case 'create': {
      const wanted = parse(newDestinationSchema, { ...(await readSettings(step.settings, ports)), name }, 'settings');
      const made = { ...ports, newDestinationId: () => newId };
      return createDestination({ ...wanted, managedBy: stackManager(resource) }, context, made);
    }
    case 'edit': {
      const change = parse(destinationChangeSchema, await readSettings(step.settings, ports), 'settings');
      return editDestination({ name, ...change }, context, ports);
    }
    case 'adoptSigningSecret':
      return adoptSigningSecret(name, step.reference, context, ports);
    case 'adopt':
      return changeManager(name, 'adopt', stackManager(resource, { adopted: true }), context, ports);
    case 'detach':
      return changeManager(name, 'detach', undefined, context, ports);
    case 'delete':
      return deleteDestination({ name, force: false }, context, ports);
  }
}

/** @throws a refusal if the properties are wrong */
export const destinationWork = (request: ResourceRequest, ports: DestinationResourcePorts): ResourceWork =>
  resourceWork(request, {
    newId: destinationIdOf(request),
    propertiesOf: managedDestinationOf,
    named: (name) => ({ name, settings: {}, adopt: false }),
    plan: async (asked) => planManagedDestination(asked, await ports.destinations.read(asked.properties.name)),
    apply: (asked, id, step, context) =>
      applyStep(asked, step, context, { ...ports, destinations: destinationsOf(ports.destinations, id) }),
    async attributes(name, id) {
      const found = await destinationsOf(ports.destinations, id).read(name);
      return { SecretArn: isFinished(found) ? found.secret : '' };
    },
    now: ports.now,
  });
