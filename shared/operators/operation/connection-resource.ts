/** Carries out what a CloudFormation stack asks of a connection. `shared/endpoints/endpoint/managed-connection.ts` has the rules. */

import { futureUrlOf } from '../../endpoints/endpoint/connection.ts';
import { type ManagedProperties, planManaged } from '../../endpoints/endpoint/managed-connection.ts';
import { managedPropertiesOf } from '../../endpoints/endpoint/managed-properties.ts';
import { managedRefusal } from '../../endpoints/endpoint/managed-refusal.ts';
import { type ResourceRequest, requestUuid } from '../../ground/aws/custom-resource.ts';
import { applyStep, type ManagedStepPorts, routesIn, storeOf } from './managed-steps.ts';
import { type ResourceWork, resourceWork } from './resource-work.ts';

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
export const connectionWork = (request: ResourceRequest, ports: ConnectionResourcePorts): ResourceWork =>
  resourceWork(request, {
    newId: connectionIdOf(request),
    propertiesOf,
    named: (name) => ({ ...unnamed, name }),
    async plan(asked) {
      const { name } = asked.properties;
      const plan = planManaged(asked, await ports.store.readConnection(name));
      if (plan.kind === 'refused') throw managedRefusal(plan.code, name);
      return plan;
    },
    apply: (asked, id, step, context) => applyStep(asked, step, context, { ...ports, store: storeOf(ports.store, id) }),
    attributes: (name, id) => attributesOf(name, id, ports),
    now: ports.now,
  });
