import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import {
  type Change,
  type CustomResource,
  changeSchema,
  customResourceSchema,
  type Declaration,
  type Removal,
  removalSchema,
} from './custom-resource.ts';

const resources = z.record(z.string(), customResourceSchema);

/**
 * What is known of a stack's custom resources. It is written before and after each request. So whatever a killed runtime has
 * begun, the next start completes.
 */
export const stackStateSchema = z.object({
  /** The resources that exist, by logical id. A resource comes after those that it depends on. */
  resources,
  /** The resources before the update that runs. Without it, no update runs. */
  before: resources.optional(),
  /** The request that may have arrived, and whose answer is not known. */
  sent: changeSchema.optional(),
  /** The resources to delete when no update runs. */
  obsolete: z.array(removalSchema),
});

export type StackState = z.infer<typeof stackStateSchema>;

export const noResources: StackState = { resources: {}, obsolete: [] };

/** What a function answered to a request that it fulfilled. */
export interface Fulfilled {
  physicalId: string;
  attributes: Record<string, unknown>;
}

/** The request that makes a resource what it should be. Returns undefined if it is that already. */
export function changeTo(
  wanted: Declaration,
  current: CustomResource | undefined,
  identity: { requestId: string; logicalId: string },
): Change | undefined {
  if (!current) return { ...identity, wanted };
  const isSame = current.type === wanted.type && isDeepStrictEqual(current.properties, wanted.properties);
  return isSame ? undefined : { ...identity, wanted, current };
}

/** Notes a request before it is sent. The first one begins an update. */
export function sending(state: StackState, change: Change): StackState {
  return { ...state, before: state.before ?? state.resources, sent: change };
}

/** Adopts a template's policies, which no function needs to know. */
export function withPolicies(
  state: StackState,
  logicalId: string,
  { deletionPolicy, updateReplacePolicy }: Declaration,
) {
  const current = state.resources[logicalId];
  if (!current) return state;
  return {
    ...state,
    resources: { ...state.resources, [logicalId]: { ...current, deletionPolicy, updateReplacePolicy } },
  };
}

/** A function fulfilled a request. With another physical id, it made a new resource, and the old one is obsolete. */
export function fulfilled(
  state: StackState,
  { logicalId, wanted, current }: Change,
  { physicalId, attributes }: Fulfilled,
): StackState {
  const isReplaced = current !== undefined && current.physicalId !== physicalId;
  const replaced = isReplaced && wanted.updateReplacePolicy !== 'Retain' ? [{ logicalId, resource: current }] : [];
  return withoutSent({
    ...state,
    resources: { ...state.resources, [logicalId]: { ...wanted, physicalId, attributes } },
    obsolete: [...state.obsolete, ...replaced],
  });
}

/**
 * A function refused a request, or did not answer. A failed creation may have left something behind, so it is deleted.
 * A failed update may have been made in part, so the resource counts as updated until it is rolled back.
 * @param physicalId the id in the answer, or one that CloudFormation would make up
 */
export function failed(state: StackState, { logicalId, wanted, current }: Change, physicalId: string): StackState {
  if (current) {
    return withoutSent({ ...state, resources: { ...state.resources, [logicalId]: { ...current, ...wanted } } });
  }
  const left = { logicalId, resource: { ...wanted, physicalId, attributes: {} } };
  const isKept = wanted.deletionPolicy === 'Retain';
  return withoutSent({ ...state, obsolete: isKept ? state.obsolete : [...state.obsolete, left] });
}

/** A request was not sent, because it is not allowed. */
export const refused = (state: StackState): StackState =>
  withoutSent({ ...state, before: state.before ?? state.resources });

/** The updates that a rollback sends: back to what was before the update. */
export function rollbackChanges(state: StackState, newId: () => string): Change[] {
  return Object.entries(state.before ?? {}).flatMap(([logicalId, old]) => {
    const current = state.resources[logicalId];
    const isSame = current?.physicalId === old.physicalId && isDeepStrictEqual(current.properties, old.properties);
    return current && !isSame ? [{ requestId: newId(), logicalId, wanted: declarationOf(old), current }] : [];
  });
}

/**
 * A function refused to go back. What was before is remembered, so that the next start sends the update again.
 */
export function notRolledBack(state: StackState, { logicalId }: Change): StackState {
  const old = state.before?.[logicalId];
  return withoutSent(old ? { ...state, resources: { ...state.resources, [logicalId]: old } } : state);
}

/** The update is rolled back: what it created is obsolete, the last one first. */
export function rolledBack(state: StackState): StackState {
  const { before = state.resources } = state;
  const created = Object.entries(state.resources).filter(([id]) => !before[id]);
  return ended(state, created.reverse(), ['Retain']);
}

/**
 * The update succeeded: what left the template is obsolete.
 * @param declared logical ids, in the order of dependency
 */
export function committed(state: StackState, declared: readonly string[]): StackState {
  const present = declared.flatMap((id) => (state.resources[id] ? [[id, state.resources[id]] as const] : []));
  const left = Object.entries(state.resources).filter(([id]) => !declared.includes(id));
  const next = { ...state, resources: Object.fromEntries([...present, ...left]) };
  return ended(next, left.reverse(), ['Retain', 'RetainExceptOnCreate']);
}

/** An obsolete resource was deleted. */
export const deleted = (state: StackState, removal: Removal): StackState => ({
  ...state,
  obsolete: state.obsolete.filter((each) => each !== removal),
});

/** Ends the update. Nothing is deleted that is in use again: a rollback may return to a resource that was replaced. */
function ended(state: StackState, leaving: [string, CustomResource][], keeping: readonly string[]): StackState {
  const { before: _, ...rest } = state;
  const gone = leaving.map(([logicalId, resource]) => ({ logicalId, resource }));
  const removals = gone.filter(({ resource }) => !keeping.includes(resource.deletionPolicy));
  const kept = Object.entries(state.resources).filter(([id]) => !leaving.some(([each]) => each === id));
  const used = kept.map(([, { physicalId }]) => physicalId);
  const obsolete = [...state.obsolete, ...removals].filter(({ resource }) => !used.includes(resource.physicalId));
  return { ...rest, resources: Object.fromEntries(kept), obsolete };
}

function withoutSent({ sent: _, ...state }: StackState): StackState {
  return state;
}

const declarationOf = ({ type, properties, deletionPolicy, updateReplacePolicy }: CustomResource): Declaration => ({
  type,
  properties,
  deletionPolicy,
  updateReplacePolicy,
});
