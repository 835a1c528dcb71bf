import type { PolicyStatement } from '../aws/policy-evaluation.ts';
import { isCustomResource } from '../custom-resources/custom-resource.ts';
import { referencesIn } from '../custom-resources/declared-resources.ts';
import { StartError } from '../start/start-error.ts';
import { cannotRun } from './cannot-run.ts';
import { namingResource, type Stack } from './physical-ids.ts';
import { resourcesOfType } from './resource-properties.ts';

/** A role's name, with the statements of its inline and attached policies. */
export interface RolePolicies {
  role: string;
  /** The statements as they are now: one that names a custom resource begins with it. */
  statements(): PolicyStatement[];
}

/** The managed policy that allows writing logs. Logs need no permission on a laptop. */
const basicExecution = /:policy\/service-role\/AWSLambdaBasicExecutionRole$/;

/**
 * Collects the stack's roles by ARN.
 * @throws StartError if a role names a managed policy that is not in the template, because its statements are not known
 */
export function readRoles(stack: Stack): Map<string, RolePolicies> {
  const attached = [
    ...resourcesOfType(stack, 'AWS::IAM::Policy'),
    ...resourcesOfType(stack, 'AWS::IAM::ManagedPolicy'),
  ].map(({ id, properties }) => ({ roles: properties.Roles, readers: documentReaders(stack, id) }));
  return new Map(
    resourcesOfType(stack, 'AWS::IAM::Role').map(({ id, properties }) => {
      const managed = properties.ManagedPolicyArns.filter((policy) => !basicExecution.test(policy));
      if (managed.length > 0) {
        const unknown = `the template does not have its managed policies, so their statements are not known: ${managed.join(', ')}`;
        throw cannotRun(id, 'AWS::IAM::Role', unknown);
      }
      const role = stack.attribute(id, 'Ref') ?? id;
      const policies = attached.filter(({ roles }) => roles.includes(role)).flatMap(({ readers }) => readers);
      const readers = [...inlineReaders(stack, id), ...policies];
      return [stack.attribute(id, 'Arn') ?? id, { role, statements: () => readers.flatMap((read) => read()) }];
    }),
  );
}

type Reader = () => PolicyStatement[];

/** The inline policies of a role. */
const inlineReaders = (stack: Stack, id: string): Reader[] =>
  [stack.deferred(id) ?? []]
    .flat()
    .map((policies) => readerOf(stack, id, policies, (resolved) => [resolved].flat().flatMap(documentStatements)));

const documentStatements = (policy: unknown) => readStatements((policy as { PolicyDocument?: unknown }).PolicyDocument);

/** The statements of a policy, one by one, because the CDK gathers all that a role is granted in one policy. */
function documentReaders(stack: Stack, id: string): Reader[] {
  const document = stack.deferred(id);
  const { Statement } = (document ?? {}) as { Statement?: unknown };
  const parts = Array.isArray(Statement) ? Statement.map((each) => ({ Statement: [each] })) : [document];
  return parts.map((part) => readerOf(stack, id, part, readStatements));
}

/** Resolves a part of a policy once, or each time if it refers to a custom resource. Until that exists, nothing is permitted. */
function readerOf(stack: Stack, id: string, part: unknown, read: (resolved: unknown) => PolicyStatement[]): Reader {
  const resolve = () => read(namingResource(id, stack.resources[id]?.Type ?? '', () => stack.resolve(part)));
  if (!refersToCustomResource(stack, part)) {
    const statements = resolve();
    return () => statements;
  }
  return () => {
    try {
      return resolve();
    } catch (error) {
      if (error instanceof StartError) return [];
      throw error;
    }
  };
}

function refersToCustomResource({ resources }: Stack, value: unknown): boolean {
  return referencesIn(value).some((id) => isCustomResource(resources[id]?.Type ?? ''));
}

export function readStatements(document: unknown): PolicyStatement[] {
  const { Statement: statements = [] } = (document ?? {}) as { Statement?: PolicyStatement | PolicyStatement[] };
  return [statements].flat();
}
