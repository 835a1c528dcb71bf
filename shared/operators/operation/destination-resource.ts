/** Carries out what a CloudFormation stack asks of a destination. `shared/destination/managed-destination.ts` has the rules. */
import { type ResourceRequest, requestUuid } from '../aws/custom-resource.ts';
import { parse } from '../base/parse.ts';
import { isFinished } from '../destination/destination.ts';
import { destinationChangeSchema, newDestinationSchema } from '../destination/destination-request.ts';
import type { DestinationTable } from '../destination/destination-table.ts';
import {
  type DestinationRequest,
  type DestinationStep,
  type ManagedDestination,
  managedDestinationOf,
  planDestination,
} from '../destination/managed-destination.ts';
import {
  type ManagedSettings,
  referencesIn,
  resolvedSettings,
  type SecretReference,
  textAt,
} from '../destination/managed-settings.ts';
import { signingSecretSchema } from '../destination/signing-secret.ts';
import { defaultGraceSeconds } from '../endpoint/grace.ts';
import { type ManagedBy, stackManager } from '../endpoint/managed-by.ts';
import { nameIn } from '../endpoint/managed-properties.ts';
import { type CreateDestinationPorts, createDestination } from './create-destination.ts';
import { type DeleteDestinationPorts, deleteDestination } from './delete-destination.ts';
import { rotateSigningSecret } from './destination-signing-secret.ts';
import { type EditDestinationPorts, editDestination } from './edit-destination.ts';
import type { OperationContext } from './operation.ts';
import { type ResourceWork, stackContext } from './resource-work.ts';
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

/** The old properties. If they can't be parsed, they were refused, so nothing of them was applied. */
function oldPropertiesOf(properties: Record<string, unknown>, next: ManagedDestination): ManagedDestination {
  try {
    return managedDestinationOf(properties);
  } catch {
    return next;
  }
}

function requestOf(request: ResourceRequest): DestinationRequest {
  const { StackId: stackId, LogicalResourceId: logicalId, ResourceProperties } = request;
  const common = { resource: { stackId, logicalId }, newId: destinationIdOf(request) };
  // A creation that was refused for its properties is deleted with the same ones.
  if (request.RequestType === 'Delete') {
    const properties = { name: nameIn(ResourceProperties), settings: {}, adopt: false };
    return { ...common, type: 'Delete', physicalId: request.PhysicalResourceId, properties };
  }
  const properties = managedDestinationOf(ResourceProperties);
  if (request.RequestType === 'Create') return { ...common, type: 'Create', properties };
  const oldProperties = oldPropertiesOf(request.OldResourceProperties, properties);
  return { ...common, type: 'Update', physicalId: request.PhysicalResourceId, properties, oldProperties };
}

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
  for (const { fromSecret } of referencesIn(settings))
    if (!texts.has(fromSecret)) texts.set(fromSecret, await readSource(fromSecret));
  return resolvedSettings(settings, (reference) => textAt(reference, texts.get(reference.fromSecret) ?? ''));
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
  step: DestinationStep,
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

async function manage(
  request: ResourceRequest,
  asked: DestinationRequest,
  ports: DestinationResourcePorts,
): Promise<string> {
  const { id, steps } = planDestination(asked, await ports.destinations.read(asked.properties.name));
  const own = { ...ports, destinations: destinationsOf(ports.destinations, id) };
  for (const step of steps) await applyStep(asked, step, stackContext(request, ports.now()), own);
  return id;
}

/** @throws a refusal if the properties are wrong */
export function destinationWork(request: ResourceRequest, ports: DestinationResourcePorts): ResourceWork {
  const asked = requestOf(request);
  return {
    carryOut: () => manage(request, asked, ports),
    async undoReplacement() {
      if (asked.type === 'Update') await manage(request, { ...asked, type: 'Delete', physicalId: asked.newId }, ports);
    },
    async attributes(id) {
      const found = await destinationsOf(ports.destinations, id).read(asked.properties.name);
      return { SecretArn: isFinished(found) ? found.secret : '' };
    },
  };
}
