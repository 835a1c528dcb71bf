/** Leaves resources out of a template that the user does not want to run on this machine, with what only serves them. */
import { isCustomResource } from '../custom-resources/custom-resource.ts';
import { referencesIn } from '../custom-resources/declared-resources.ts';
import { StartError } from '../start/start-error.ts';
import { nameOf, type Resource, type Template } from './template.ts';

/** What is left of a template. */
export interface ReducedTemplate {
  template: Template;
  /** Says in one line what is left out. Undefined if nothing is. */
  report: string | undefined;
}

type Resources = Template['Resources'];

/**
 * The lists of which an item can be left out: a rule goes on without one of its targets, a policy without a statement. Without any
 * item, what has the list has nothing to do.
 */
const shortened = new Set(['Targets', 'Statement', 'Resource', 'Roles', 'Queues', 'Policies', 'ManagedPolicyArns']);

/** Stands for a value that refers to what is left out. */
const gone = Symbol('left out');

/**
 * Leaves out the named resources, and what can't be without them: a rule's target, or the rule if it has no other; permissions; a
 * function's variables; each resource that refers to them.
 * @param names logical ids, or paths of constructs in the stack, which stand for all resources in them
 * @throws StartError if a name is unknown, or a custom resource would be left out: what it made would be deleted
 */
export function leaveOut(template: Template, names: readonly string[]): ReducedTemplate {
  if (names.length === 0) return { template, report: undefined };
  const named = new Set(names.flatMap((name) => idsNamed(template, name)));
  const resources = without(template.Resources, named);
  const isLeft = (id: string) => Object.hasOwn(template.Resources, id) && !Object.hasOwn(resources, id);
  const lost = Object.keys(template.Resources).filter(isLeft);
  refuseCustomResources(template.Resources, lost, names);
  const outputs = Object.entries(template.Outputs ?? {}).filter(([, { Value }]) => !referencesIn(Value).some(isLeft));
  return {
    template: { ...template, Resources: resources, ...(template.Outputs && { Outputs: Object.fromEntries(outputs) }) },
    report: reportOf(template.Resources, resources, named),
  };
}

function idsNamed({ Resources }: Template, name: string): string[] {
  const isIn = (path: string) => name !== '' && `${path}/`.startsWith(`${name}/`);
  const ids = Object.entries(Resources).flatMap(([id, resource]) => {
    const path = String(resource.Metadata?.['aws:cdk:path'] ?? '');
    return id === name || [path, path.split('/').slice(1).join('/')].some(isIn) ? [id] : [];
  });
  if (ids.length > 0) return ids;
  const tops = Object.entries(Resources).map(([id, resource]) => nameOf(id, resource).split('/')[0] ?? id);
  const known = [...new Set(tops)].sort().join(', ');
  throw new StartError(`--without ${name}: the stack has no such resource or construct. It has: ${known}`);
}

/** The resources without those that are named and those that refer to what is left out. */
function without(all: Resources, named: ReadonlySet<string>): Resources {
  const left = new Set(named);
  for (;;) {
    const entries = Object.entries(all).filter(([id]) => !left.has(id));
    const pruned = entries.map(([id, resource]) => [id, prunedResource(resource, left)] as const);
    const more = pruned.filter(([, resource]) => resource === undefined);
    if (more.length === 0) return Object.fromEntries(pruned) as Resources;
    for (const [id] of more) left.add(id);
  }
}

/** @returns undefined if the resource can't be without what is left out */
function prunedResource({ Properties, DependsOn, ...rest }: Resource, left: ReadonlySet<string>): Resource | undefined {
  const properties = Properties && prune(Properties, left);
  if (properties === gone) return undefined;
  const needed = [DependsOn ?? []].flat().filter((id) => !left.has(id));
  return {
    ...rest,
    ...(Properties && { Properties: properties as Record<string, unknown> }),
    ...(needed.length > 0 && { DependsOn: needed }),
  };
}

/** @param key the name under which the value is */
function prune(value: unknown, left: ReadonlySet<string>, key = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => prune(item, left));
    const kept = items.filter((item) => item !== gone);
    if (kept.length === items.length) return items;
    return shortened.has(key) && kept.length > 0 ? kept : gone;
  }
  if (isReference(value)) return referencesIn(value).some((id) => left.has(id)) ? gone : value;
  const entries = Object.entries(value).map(([name, item]) => [name, prune(item, left, name)] as const);
  const kept = entries.filter(([, item]) => item !== gone);
  return kept.length === entries.length || key === 'Variables' ? Object.fromEntries(kept) : gone;
}

const isReference = (value: object): boolean => {
  const [name = '', ...others] = Object.keys(value);
  return others.length === 0 && (name === 'Ref' || name.startsWith('Fn::'));
};

function refuseCustomResources(all: Resources, lost: readonly string[], names: readonly string[]): void {
  const custom = lost.find((id) => isCustomResource(all[id]?.Type ?? ''));
  if (custom === undefined) return;
  throw new StartError(
    `--without ${names.join(' --without ')} would leave out ${described(all, custom)}, and what that has made on this machine ` +
      'would be deleted. Remove it from the app instead',
  );
}

const described = (all: Resources, id: string): string => `${id} (${all[id]?.Type})`;

function reportOf(all: Resources, kept: Resources, named: ReadonlySet<string>): string {
  const lost = Object.keys(all).filter((id) => !Object.hasOwn(kept, id));
  const list = (ids: readonly string[]) => ids.map((id) => described(all, id)).join(', ');
  const others = lost.filter((id) => !named.has(id));
  const variables = Object.keys(kept).flatMap((id) =>
    variablesIn(all[id])
      .filter((name) => !variablesIn(kept[id]).includes(name))
      .map((name) => `${name} of ${id}`),
  );
  return [
    `Left out: ${list([...named])}.`,
    ...(others.length > 0 ? [`With them goes what needs them: ${list(others)}.`] : []),
    ...(variables.length > 0 ? [`These variables are not set: ${variables.join(', ')}.`] : []),
  ].join(' ');
}

function variablesIn(resource: Resource | undefined): string[] {
  const { Variables = {} } = (resource?.Properties?.['Environment'] ?? {}) as { Variables?: object };
  return Object.keys(Variables);
}
