/** Carries out what a CloudFormation stack asks of a connection. `shared/endpoint/managed-connection.ts` has the rules. */
import { type ResourceRequest, requestUuid } from '../aws/custom-resource.ts';
import { futureUrlOf } from '../endpoint/connection.ts';
import { type ManagedProperties, type ManagedRequest, planManaged } from '../endpoint/managed-connection.ts';
import { managedPropertiesOf, nameIn } from '../endpoint/managed-properties.ts';
import { managedRefusal } from '../endpoint/managed-refusal.ts';
import { applyStep, type ManagedStepPorts, routesIn, storeOf } from './managed-steps.ts';
import { type ResourceWork, stackContext } from './resource-work.ts';

export interface ConnectionResourcePorts extends ManagedStepPorts {
  publicUrl: string;
  now(): Date;
}

const unnamed: ManagedProperties = {
  name: '',
  provider: 'generic',
  description: '',
  settings: {},
  status: 'inactive',
  adopt: false,
};

/** @throws a refusal that says what is wrong */
function propertiesOf(properties: Record<string, unknown>): ManagedProperties {
  const parsed = managedPropertiesOf(properties);
  if (parsed.routes) routesIn(parsed.routes.list);
  return parsed;
}

/** The old properties. If they can't be parsed, they were refused, so nothing of them was applied. */
function oldPropertiesOf(properties: Record<string, unknown>, next: ManagedProperties): ManagedProperties {
  try {
    return propertiesOf(properties);
  } catch {
    return next;
  }
}

function managedRequestOf(request: ResourceRequest): ManagedRequest {
  const { StackId: stackId, LogicalResourceId: logicalId, ResourceProperties } = request;
  const common = { resource: { stackId, logicalId }, newId: connectionIdOf(request) };
  // A creation that was refused for its properties is deleted with the same ones.
  if (request.RequestType === 'Delete')
    return {
      ...common,
      type: 'Delete',
      physicalId: request.PhysicalResourceId,
      properties: { ...unnamed, name: nameIn(ResourceProperties) },
    };
  const properties = propertiesOf(ResourceProperties);
  if (request.RequestType === 'Create') return { ...common, type: 'Create', properties };
  const oldProperties = oldPropertiesOf(request.OldResourceProperties, properties);
  return { ...common, type: 'Update', physicalId: request.PhysicalResourceId, properties, oldProperties };
}

/** @throws a refusal */
async function manage(
  request: ResourceRequest,
  managed: ManagedRequest,
  ports: ConnectionResourcePorts,
): Promise<string> {
  const { name } = managed.properties;
  const plan = planManaged(managed, await ports.store.readConnection(name));
  if (plan.kind === 'refused') throw managedRefusal(plan.code, name);
  const own = { ...ports, store: storeOf(ports.store, plan.id) };
  for (const step of plan.steps) await applyStep(managed, step, stackContext(request, ports.now()), own);
  return plan.id;
}

/** What a template can refer to. Contains no secret: `TokenSecretArn` stays the same when the token is rotated. */
async function attributesOf(
  name: string,
  id: string,
  { store, publicUrl }: ConnectionResourcePorts,
): Promise<Record<string, string>> {
  const connection = await storeOf(store, id).readConnection(name);
  return {
    Url: (connection && futureUrlOf(connection, publicUrl)) ?? '',
    TokenSecretArn: connection?.endpoint?.secret ?? '',
  };
}

/** The id of a connection that this request creates. */
export const connectionIdOf = requestUuid;

/** @throws a refusal if the properties are wrong */
export function connectionWork(request: ResourceRequest, ports: ConnectionResourcePorts): ResourceWork {
  const managed = managedRequestOf(request);
  return {
    carryOut: () => manage(request, managed, ports),
    async undoReplacement() {
      if (managed.type === 'Update')
        await manage(request, { ...managed, type: 'Delete', physicalId: managed.newId }, ports);
    },
    attributes: (id) => attributesOf(managed.properties.name, id, ports),
  };
}
