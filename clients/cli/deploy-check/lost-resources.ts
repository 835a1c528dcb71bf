/**
 * Compares the template that is deployed with the one that would be. Finds what holds data, has a name or calls people, and would
 * be lost. CloudFormation itself removes and replaces such resources without a question.
 */
import { isDeepStrictEqual } from 'node:util';
import { type LastingType, lastingTypes } from './lasting-types.ts';

export interface Resource {
  Type: string;
  Properties?: Readonly<Record<string, unknown>> | undefined;
  DeletionPolicy?: string | undefined;
  UpdateReplacePolicy?: string | undefined;
}

/** The resources of a template, by logical id. */
export type Resources = Readonly<Record<string, Resource>>;

/** Something that a deployment would lose. */
export interface Loss {
  /** By which an operator allows the loss: the logical id, or the ARN of a target that is not in the stack. */
  id: string;
  type: string;
  /** The name in the deployed template, if it has one there. */
  name?: string;
  /** `silenced`: alarms no longer call it. `unnamed`: it has a domain less. */
  how: 'removed' | 'replaced' | 'silenced' | 'unnamed';
  /** Whether the resource stays in the account, without the deployment. */
  isKept: boolean;
  /** The immutable properties that change. */
  changed: string[];
  /** What would happen, for people. */
  sentence: string;
}

const ownEntry = <T>(record: Readonly<Record<string, T>>, key: string): T | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

/** The logical id to which `{Ref}` or `Fn::GetAtt` refers. */
export function referenceIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { Ref: ref, 'Fn::GetAtt': attribute } = value as { Ref?: unknown; 'Fn::GetAtt'?: unknown };
  const id = ref ?? (Array.isArray(attribute) ? attribute[0] : undefined);
  return typeof id === 'string' ? id : undefined;
}

function isKeptWhen(how: 'removed' | 'replaced', deployed: Resource, next: Resource | undefined): boolean {
  if (how === 'removed') return /^Retain/.test(deployed.DeletionPolicy ?? '');
  return deployed.UpdateReplacePolicy === 'Retain' && next?.UpdateReplacePolicy === 'Retain';
}

/** What happens to a resource of a lasting type. Undefined if it stays as it is or changes in place. */
function fateOf(type: LastingType, deployed: Resource, next: Resource | undefined) {
  if (next?.Type !== deployed.Type)
    return type.isSpared?.(deployed.Properties ?? {}) ? undefined : ({ how: 'removed', changed: [] } as const);
  const changed = type.immutable.filter(
    (name) => !isDeepStrictEqual(deployed.Properties?.[name], next.Properties?.[name]),
  );
  return changed.length > 0 ? ({ how: 'replaced', changed } as const) : undefined;
}

function sentenceFor(how: 'removed' | 'replaced', changed: readonly string[], loss: string, isKept: boolean): string {
  const event =
    isKept && how === 'removed' ? 'leave the stack' : how === 'removed' ? 'be removed' : 'be replaced by a new one';
  const cause = how === 'removed' ? 'the new template does not have it' : `${changed.join(' and ')} changes`;
  const lost = isKept ? `${loss} to the deployment; the old one stays in the account` : loss;
  return `It would ${event}, because ${cause}. ${lost}.`;
}

/** Says so if the new template has a new resource of the same type, because that is what a rename looks like. */
function hintAt(deployed: Resources, next: Resources, type: string): string {
  const [added] = Object.keys(next).filter((id) => next[id]?.Type === type && !Object.hasOwn(deployed, id));
  if (added === undefined) return '';
  return ` ${added} is a new one of the same type: if it was renamed, give it back its logical id.`;
}

function* removedAndReplaced(deployed: Resources, next: Resources): Generator<Loss> {
  for (const [id, resource] of Object.entries(deployed)) {
    const type = ownEntry(lastingTypes, resource.Type);
    const after = ownEntry(next, id);
    const fate = type && fateOf(type, resource, after);
    if (!fate) continue;
    const isKept = isKeptWhen(fate.how, resource, after);
    const name = type.name && resource.Properties?.[type.name];
    const hint = fate.how === 'removed' ? hintAt(deployed, next, resource.Type) : '';
    yield {
      id,
      type: resource.Type,
      ...(typeof name === 'string' && { name }),
      how: fate.how,
      isKept,
      changed: [...fate.changed],
      sentence: `${sentenceFor(fate.how, fate.changed, type.loss, isKept)}${hint}`,
    };
  }
}

/** Without those that are a part of another loss. */
function withoutParts(losses: readonly Loss[], deployed: Resources): Loss[] {
  const ids = new Set(losses.map(({ id }) => id));
  return losses.filter(({ id, type }) => {
    const partOf = lastingTypes[type]?.partOf;
    const whole = partOf && referenceIn(deployed[id]?.Properties?.[partOf]);
    return whole === undefined || !ids.has(whole);
  });
}

const alarmType = 'AWS::CloudWatch::Alarm';

/** Those whom an alarm calls: the ARN of a topic, or the logical id of one in the stack. */
function calledBy(alarm: Resource | undefined): string[] {
  const { AlarmActions: actions, ActionsEnabled: isEnabled } = alarm?.Properties ?? {};
  if (!Array.isArray(actions) || isEnabled === false) return [];
  return actions.map((action: unknown) =>
    typeof action === 'string' ? action : (referenceIn(action) ?? JSON.stringify(action)),
  );
}

/** The targets of alarms that called somebody, and would call nobody. */
function silencedTargets(deployed: Resources, next: Resources): Loss[] {
  const counts = new Map<string, number>();
  for (const [id, resource] of Object.entries(deployed)) {
    const after = ownEntry(next, id);
    if (resource.Type !== alarmType || !after || calledBy(after).length > 0) continue;
    for (const target of calledBy(resource)) counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return [...counts].map(([id, count]) => ({
    id,
    type: alarmType,
    how: 'silenced',
    isKept: true,
    changed: ['AlarmActions'],
    sentence: `${count} ${count === 1 ? 'alarm' : 'alarms'} would notify nobody, because the new template has no target for them.`,
  }));
}

function domainsOf(distribution: Resource | undefined): string[] {
  const config = distribution?.Properties?.['DistributionConfig'] as { Aliases?: unknown } | undefined;
  return Array.isArray(config?.Aliases) ? config.Aliases.map(String) : [];
}

/** Distributions that stay, but without one of their domains. */
function unnamedDistributions(deployed: Resources, next: Resources): Loss[] {
  return Object.entries(deployed).flatMap(([id, resource]) => {
    const after = ownEntry(next, id);
    if (resource.Type !== 'AWS::CloudFront::Distribution' || after?.Type !== resource.Type) return [];
    const lost = domainsOf(resource).filter((domain) => !domainsOf(after).includes(domain));
    if (lost.length === 0) return [];
    const sentence = `The distribution would not answer at ${lost.join(' and ')} any more. ${lastingTypes['AWS::ApiGatewayV2::DomainName']?.loss}.`;
    return {
      id,
      type: resource.Type,
      name: lost.join(', '),
      how: 'unnamed',
      isKept: true,
      changed: ['Aliases'],
      sentence,
    };
  });
}

/**
 * The resources that hold data, have a name or call people, and that the new template would lose. It compares one template
 * with another: what is in a nested stack is not compared, and a parameter or a condition counts as unchanged.
 * @param deployed the resources of the template that is deployed; none if there is no stack yet
 * @param next the resources of the template that would be deployed
 */
export function lostResources(deployed: Resources, next: Resources): Loss[] {
  const losses = withoutParts([...removedAndReplaced(deployed, next)], deployed);
  const told = new Set(losses.map(({ id }) => id));
  const silenced = silencedTargets(deployed, next).filter(({ id }) => !told.has(id));
  return [...losses, ...silenced, ...unnamedDistributions(deployed, next)];
}
