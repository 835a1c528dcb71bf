/**
 * The rules for a destination that a CloudFormation stack manages: which steps a request of the stack needs. Pure. They are those of
 * connections (`shared/endpoint/managed-connection.ts`):
 *
 * - An update applies only what differs from the old properties, so what an operator changed otherwise stays.
 * - A request changes only a destination that the same resource manages. Taking over another one needs `adopt`.
 * - Every request may arrive twice, and each step may be repeated.
 */
import * as z from 'zod/mini';
import { parse } from '../base/parse.ts';
import { Refusal } from '../base/refusal.ts';
import { schema } from '../base/schema.ts';
import { fileManagerOf, isManagedBy, type StackResource } from '../endpoint/managed-by.ts';
import { type Destination, type DestinationRecord, isFinished } from './destination.ts';
import { newDestinationSchema } from './destination-request.ts';
import { faultsOf, type ManagedSettings, type SecretReference, settingsChange } from './managed-settings.ts';

/** The properties in the template. */
export interface DestinationProperties {
  Name: string;
  /** The settings as JSON, because CloudFormation turns numbers into texts. */
  Settings: string;
  Adopt: 'true' | 'false';
}

/** The properties, parsed. */
export interface ManagedDestination {
  name: string;
  settings: ManagedSettings;
  /** Whether a destination of this name that exists is taken over. */
  adopt: boolean;
}

/** A request of CloudFormation. */
export type DestinationRequest = {
  resource: StackResource;
  /** The id of the destination that this request creates, if it creates one. The same each time the request arrives. */
  newId: string;
  properties: ManagedDestination;
} & (
  | { type: 'Create' }
  | { type: 'Update'; physicalId: string; oldProperties: ManagedDestination }
  | { type: 'Delete'; physicalId: string }
);

/** A step of a request, in the order in which they are made. */
export type DestinationStep =
  | { verb: 'create'; settings: ManagedSettings }
  | { verb: 'edit'; settings: ManagedSettings }
  | { verb: 'adoptSigningSecret'; reference: SecretReference }
  | { verb: 'adopt' | 'detach' | 'delete' };

/** The steps of a request, and the id of the destination that they are about. */
export interface DestinationPlan {
  id: string;
  steps: DestinationStep[];
}

const propertiesSchema = /* @__PURE__ */ schema(() =>
  z.object({
    Name: newDestinationSchema.shape.name,
    Settings: z.string(),
    Adopt: z._default(z.enum(['true', 'false']), 'false'),
  }),
);

function objectIn(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {}
  throw new Refusal('invalid_request', 'Settings in the properties must be a JSON object.');
}

/**
 * Parses the properties.
 * @throws a refusal that says which one is wrong
 */
export function managedDestinationOf(properties: Record<string, unknown>): ManagedDestination {
  const { Name: name, Settings, Adopt } = parse(propertiesSchema, properties, 'properties');
  const settings = objectIn(Settings);
  const [fault] = faultsOf(settings, name);
  if (fault) throw new Refusal('invalid_request', `${fault.place} in the settings ${fault.message}.`);
  return { name, settings, adopt: Adopt === 'true' };
}

/** @throws always: CloudFormation shows the message as the reason of the failure */
function refuse(code: 'destination_exists' | 'destination_not_found' | 'managed_by_other', detail: string): never {
  throw new Refusal(code, detail);
}

const exists = (name: string) =>
  refuse(
    'destination_exists',
    `A destination named ${name} exists already, and this resource did not create it. Choose another name. Or set adopt to true, and the stack manages the existing destination.`,
  );
const gone = (name: string) =>
  refuse(
    'destination_not_found',
    `The destination ${name} was deleted outside of this stack. Remove this resource from the template. To create the destination again, give the resource another construct id.`,
  );
const notManaged = (name: string) =>
  refuse(
    'destination_exists',
    `The destination ${name} is not managed by this resource any more: somebody created it again, or another stack adopted it. To take it over, set adopt to true.`,
  );

const managedByFile = (name: string) =>
  refuse(
    'managed_by_other',
    `A file manages the destination ${name}, so no stack can take it over. First leave it out of the file, and detach it: hooklatch destinations detach ${name}.`,
  );

/** The steps that set these settings of a destination that is there. The signing secret is replaced with a grace. */
function settingSteps({ signingSecret, ...settings }: ManagedSettings): DestinationStep[] {
  return [
    ...(Object.keys(settings).length > 0 ? [{ verb: 'edit', settings } as const] : []),
    ...(signingSecret === undefined
      ? []
      : [{ verb: 'adoptSigningSecret', reference: signingSecret as SecretReference } as const]),
  ];
}

/** Takes over a destination: sets what the template names, and leaves the rest. What is refused leaves it to the operators. */
function planAdoption({ resource, properties }: DestinationRequest, record: Destination): DestinationPlan {
  if (fileManagerOf(record)) return managedByFile(record.name);
  const adopt = isManagedBy(record, resource) ? [] : [{ verb: 'adopt' } as const];
  return { id: record.id, steps: [...settingSteps(properties.settings), ...adopt] };
}

/** Creates the destination, finds what an earlier try has created, or adopts the destination of this name. */
function planCreation(request: DestinationRequest, record: Destination | undefined): DestinationPlan {
  const { newId, properties } = request;
  if (!record) return { id: newId, steps: [{ verb: 'create', settings: properties.settings }] };
  if (record.id === newId) return { id: newId, steps: [] };
  return properties.adopt ? planAdoption(request, record) : exists(properties.name);
}

function planUpdate(
  request: Extract<DestinationRequest, { type: 'Update' }>,
  record: Destination | undefined,
): DestinationPlan {
  const { resource, properties, oldProperties, physicalId } = request;
  const { name, settings } = properties;
  const isOwn = record !== undefined && isManagedBy(record, resource);
  if (name !== oldProperties.name) {
    // The other name was refused, so this rollback finds what the update did not change.
    if (record?.id === physicalId) return { id: physicalId, steps: [] };
    // The destination of the earlier name stays until the whole update succeeded. A rollback returns to it.
    if (isOwn && record.id !== request.newId) return { id: record.id, steps: settingSteps(settings) };
    return planCreation(request, record);
  }
  if (!record) return gone(name);
  const steps = settingSteps(settingsChange(oldProperties.settings, settings));
  if ((isOwn && record.id === physicalId) || steps.length === 0) return { id: physicalId, steps };
  return properties.adopt ? planAdoption(request, record) : notManaged(name);
}

/** Removes a destination that this resource created, and detaches one that it adopted. Any other stays as it is. */
function planDelete(
  { resource, physicalId }: Extract<DestinationRequest, { type: 'Delete' }>,
  record: Destination | undefined,
): DestinationPlan {
  if (record?.id !== physicalId || !isManagedBy(record, resource)) return { id: physicalId, steps: [] };
  return { id: physicalId, steps: [{ verb: record.managedBy?.adopted ? 'detach' : 'delete' }] };
}

/**
 * Plans a request.
 * @param found what the State table has under the name in the request's properties
 * @throws a refusal
 */
export function planDestination(request: DestinationRequest, found: DestinationRecord | undefined): DestinationPlan {
  const record = isFinished(found) ? found : undefined;
  if (request.type === 'Create') return planCreation(request, record);
  return request.type === 'Update' ? planUpdate(request, record) : planDelete(request, record);
}
