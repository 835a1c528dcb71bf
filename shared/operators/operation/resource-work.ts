/** Carries out what a CloudFormation stack asks of one of its resources, whatever kind of resource it is. */
import { nameIn } from '../../endpoints/endpoint/managed-properties.ts';
import type { StackRequest } from '../../endpoints/endpoint/managed-resource.ts';
import type { ResourceRequest } from '../../ground/aws/custom-resource.ts';
import type { OperationContext } from './operation.ts';

export interface ResourceWork {
  /**
   * Carries out the request. It may be repeated.
   * @returns the physical id of the resource
   * @throws a refusal
   */
  carryOut(): Promise<string>;
  /** Removes what a replacement left behind that failed. CloudFormation does not know its id, and would never delete it. */
  undoReplacement(): Promise<void>;
  /** What a template can refer to. None of it is a secret. */
  attributes(physicalId: string): Promise<Record<string, string>>;
}

/** How one kind of resource is read from a template, and its steps carried out. */
interface ResourceKind<Properties extends { name: string; adopt: boolean }, Step> {
  /** The id of what the request creates. */
  newId: string;
  /** @throws a refusal that says what is wrong */
  propertiesOf(properties: Record<string, unknown>): Properties;
  /** The properties of a deletion, of which only the name is read. */
  named(name: string): Properties;
  /** @throws a refusal */
  plan(asked: StackRequest<Properties>): Promise<{ id: string; steps: Step[] }>;
  apply(asked: StackRequest<Properties>, id: string, step: Step, context: OperationContext): Promise<unknown>;
  attributes(name: string, id: string): Promise<Record<string, string>>;
  now(): Date;
}

/** The old properties. If they can't be parsed, they were refused, so nothing of them was applied. */
function oldPropertiesOf<P>(properties: Record<string, unknown>, next: P, parse: (each: typeof properties) => P): P {
  try {
    return parse(properties);
  } catch {
    return next;
  }
}

function askedBy<P extends { name: string; adopt: boolean }>(
  request: ResourceRequest,
  { newId, propertiesOf, named }: Pick<ResourceKind<P, never>, 'newId' | 'propertiesOf' | 'named'>,
): StackRequest<P> {
  const { StackId: stackId, LogicalResourceId: logicalId, ResourceProperties: given } = request;
  const common = { resource: { stackId, logicalId }, newId };
  // A creation that was refused for its properties is deleted with the same ones.
  if (request.RequestType === 'Delete')
    return { ...common, type: 'Delete', physicalId: request.PhysicalResourceId, properties: named(nameIn(given)) };
  const properties = propertiesOf(given);
  if (request.RequestType === 'Create') return { ...common, type: 'Create', properties };
  const oldProperties = oldPropertiesOf(request.OldResourceProperties, properties, propertiesOf);
  return { ...common, type: 'Update', physicalId: request.PhysicalResourceId, properties, oldProperties };
}

/** The stack is the author of what its requests change. */
const stackContext = ({ StackId, RequestId }: ResourceRequest, now: Date): OperationContext => ({
  actor: { id: `cfn:${StackId}`, role: 'connection_admin' },
  requestId: RequestId,
  now,
});

/** @throws a refusal if the properties are wrong */
export function resourceWork<Properties extends { name: string; adopt: boolean }, Step>(
  request: ResourceRequest,
  kind: ResourceKind<Properties, Step>,
): ResourceWork {
  const asked = askedBy(request, kind);
  async function manage(wanted: StackRequest<Properties>): Promise<string> {
    const { id, steps } = await kind.plan(wanted);
    for (const step of steps) await kind.apply(wanted, id, step, stackContext(request, kind.now()));
    return id;
  }
  return {
    carryOut: () => manage(asked),
    async undoReplacement() {
      if (asked.type === 'Update') await manage({ ...asked, type: 'Delete', physicalId: asked.newId });
    },
    attributes: (id) => kind.attributes(asked.properties.name, id),
  };
}
