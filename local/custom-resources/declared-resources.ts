import type { Stack } from '../cloudformation/physical-ids.ts';
import type { Template } from '../cloudformation/template.ts';
import { StartError } from '../start/start-error.ts';
import { type Declaration, declarationSchema, isCustomResource } from './custom-resource.ts';
import { asTexts } from './lifecycle-request.ts';

type Resources = Template['Resources'];

/**
 * The logical ids of the custom resources. Each comes after those that it depends on, also by other resources.
 * @param from the resources that depend on them, or are them. Default: all
 */
export function customResourceIds(resources: Resources, from: readonly string[] = Object.keys(resources)): string[] {
  const visited = new Set<string>();
  const visit = (id: string): string[] => {
    const resource = resources[id];
    if (!resource || visited.has(id)) return [];
    visited.add(id);
    const { DependsOn = [], Properties, Type } = resource;
    const before = [...[DependsOn].flat(), ...referencesIn(Properties)].flatMap(visit);
    return isCustomResource(Type) ? [...before, id] : before;
  };
  return from.flatMap(visit);
}

/** The logical ids that an expression refers to, among other names. */
export function referencesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(referencesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, argument]) => {
    if (key === 'Ref') return [String(argument)];
    if (key === 'Fn::GetAtt') return [[argument].flat().map(String)[0]?.split('.')[0] ?? ''];
    if (key !== 'Fn::Sub') return referencesIn(argument);
    const [text, variables] = [argument].flat();
    return [...namesIn(String(text)), ...referencesIn(variables)];
  });
}

const namesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].flatMap(([, name]) => name ?? []);

/**
 * A custom resource with its resolved properties.
 * @throws StartError if it has a policy that a custom resource can't have
 */
export function declarationOf(stack: Stack, logicalId: string): Declaration {
  const { Type, DeletionPolicy = 'Delete', UpdateReplacePolicy = 'Delete' } = stack.resources[logicalId] ?? {};
  const parsed = declarationSchema.safeParse({
    type: Type,
    properties: asTexts(stack.properties(logicalId)),
    deletionPolicy: DeletionPolicy,
    updateReplacePolicy: UpdateReplacePolicy,
  });
  if (parsed.success) return parsed.data;
  throw new StartError(`${logicalId} (${Type}) can't have these policies: ${DeletionPolicy}, ${UpdateReplacePolicy}`);
}
