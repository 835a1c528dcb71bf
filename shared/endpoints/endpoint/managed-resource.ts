/**
 * The rules for what a CloudFormation stack manages, whatever kind of resource it is: which steps a request of the stack needs. Pure.
 *
 * - An update applies only what differs from the old properties, so what an operator changed otherwise stays.
 * - A request changes only what the same resource manages. Taking over another thing needs `adopt`, and is refused for that of a file.
 * - Every request may arrive twice.
 */
import { fileManagerOf, isManagedBy, type Manageable, type ManagingResource } from './managed-by.ts';

/** What the properties of every kind say. */
interface Named {
  name: string;
  /** Whether a thing of this name that exists is taken over. */
  adopt: boolean;
}

/** A request of CloudFormation. */
export type StackRequest<Properties extends Named> = {
  resource: ManagingResource;
  /** The id of what this request creates, if it creates anything. The same each time the request arrives. */
  newId: string;
  properties: Properties;
} & (
  | { type: 'Create' }
  | { type: 'Update'; physicalId: string; oldProperties: Properties }
  | { type: 'Delete'; physicalId: string }
);

/** Why a request is refused, for every kind. */
export type StackRefusal = 'exists' | 'gone' | 'not_managed' | 'managed_by_file';

/** The steps of a request, and the id of what they are about. */
export type StackPlan<Step, Code = never> =
  | { kind: 'steps'; id: string; steps: Step[] }
  | { kind: 'refused'; code: StackRefusal | Code };

/** How one kind of resource is made and changed. */
export interface StackKind<Properties extends Named, Found, Step, Code> {
  create(properties: Properties): Step[];
  /** After a creation that was interrupted. */
  goOn(found: Found, properties: Properties): Step[];
  /** Makes one that others made as the template says. */
  takeOver(found: Found, properties: Properties): Step[];
  change(found: Found, before: Properties, after: Properties): Step[];
  /** Back to the one of an earlier name, when an update is rolled back. */
  goBack(found: Found, before: Properties, after: Properties): Step[];
  /** Why the template can't have what is there. */
  whyUnfit(found: Found, properties: Properties): Code | undefined;
  remove(found: Found): Step[] | Code;
}

/** What is managed: its id, and by whom. */
type Managed = Manageable & { id: string };
type OwnStep = { verb: 'adopt' | 'detach' };

const refused = <Code extends string>(code: Code) => ({ kind: 'refused' as const, code });
const stepsOf = <Step>(id: string, steps: Step[]) => ({ kind: 'steps' as const, id, steps });

/** Plans the requests for one kind of resource. @param found what has the name in the request's properties */
export function stackPlanner<Properties extends Named, Found extends Managed, Step, Code extends string>(
  kind: StackKind<Properties, Found, Step, Code>,
) {
  type Plan = StackPlan<Step | OwnStep, Code>;
  type Update = Extract<StackRequest<Properties>, { type: 'Update' }>;
  type Delete = Extract<StackRequest<Properties>, { type: 'Delete' }>;

  /**
   * It becomes the stack's at the end. So what is refused before leaves it to the operators, and a repetition of a request that was
   * interrupted does not take it for what a rollback returns to.
   */
  function adoption({ resource, properties }: StackRequest<Properties>, found: Found): Plan {
    if (fileManagerOf(found)) return refused('managed_by_file');
    const code = kind.whyUnfit(found, properties);
    if (code !== undefined) return refused(code);
    const adopt = isManagedBy(found, resource) ? [] : [{ verb: 'adopt' } as const];
    return stepsOf(found.id, [...kind.takeOver(found, properties), ...adopt]);
  }

  /** Creates it, continues a creation that was interrupted, or adopts what has this name. */
  function creation(request: StackRequest<Properties>, found: Found | undefined): Plan {
    const { newId, properties } = request;
    if (!found) return stepsOf(newId, kind.create(properties));
    if (found.id === newId) return stepsOf(newId, kind.goOn(found, properties));
    return properties.adopt ? adoption(request, found) : refused('exists');
  }

  function update(request: Update, found: Found | undefined): Plan {
    const { resource, newId, physicalId, properties, oldProperties } = request;
    const isOwn = found !== undefined && isManagedBy(found, resource);
    if (properties.name !== oldProperties.name) {
      // The other name was refused, so this rollback finds what the update did not change.
      if (found?.id === physicalId) return stepsOf(physicalId, []);
      // What had the earlier name is still there until the whole update succeeded. A rollback returns to it.
      if (isOwn && found.id !== newId) return stepsOf(found.id, kind.goBack(found, oldProperties, properties));
      return creation(request, found);
    }
    if (!found) return refused('gone');
    const code = kind.whyUnfit(found, properties);
    if (code !== undefined) return refused(code);
    const steps = kind.change(found, oldProperties, properties);
    if (isOwn && found.id === physicalId) return stepsOf(physicalId, steps);
    // The adoption comes first. When an interrupted one arrives again, nothing else may be left to do.
    const plan = properties.adopt ? adoption(request, found) : refused('not_managed');
    return plan.kind === 'refused' && steps.length === 0 ? stepsOf(physicalId, []) : plan;
  }

  /** Removes what this resource created, and detaches what it adopted. Anything else stays as it is. */
  function removal({ resource, physicalId }: Delete, found: Found | undefined): Plan {
    if (found?.id !== physicalId || !isManagedBy(found, resource)) return stepsOf(physicalId, []);
    if (found.managedBy?.adopted) return stepsOf(physicalId, [{ verb: 'detach' }]);
    const steps = kind.remove(found);
    return typeof steps === 'string' ? refused(steps) : stepsOf(physicalId, steps);
  }

  return (request: StackRequest<Properties>, found: Found | undefined): Plan => {
    if (request.type === 'Create') return creation(request, found);
    return request.type === 'Update' ? update(request, found) : removal(request, found);
  };
}
