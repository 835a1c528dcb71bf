import { isCustomResource } from '../custom-resources/custom-resource.ts';
import { StartError } from '../start/start-error.ts';
import type { Template } from './template.ts';

/** The names and values that the intrinsic functions of one template can refer to. */
export interface IntrinsicScope {
  template: Template;
  /** The values of `AWS::Region` and the other pseudo parameters. */
  pseudo: Readonly<Record<string, string>>;
  /** The value of `Ref` on a resource, or of one of its attributes. Undefined if there is none. */
  attribute(logicalId: string, name: 'Ref' | (string & {})): string | undefined;
  /** Rewrites each joined or substituted string. */
  rewrite(text: string): string;
}

export interface Resolver {
  /** Replaces every intrinsic function in the value. `AWS::NoValue` removes its property. */
  resolve(value: unknown): unknown;
  condition(name: string): boolean;
}

const noValue = Symbol('AWS::NoValue');

type Intrinsic = (argument: unknown, resolver: Resolver, scope: IntrinsicScope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (name, _, scope) => reference(String(name), scope),
  'Fn::GetAtt': (path, _, scope) => {
    const [id = '', ...rest] = typeof path === 'string' ? path.split('.') : (path as string[]);
    return attribute(id, rest.join('.'), scope);
  },
  'Fn::Join': (argument, resolver, scope) => {
    const [separator, parts] = resolver.resolve(argument) as [string, unknown[]];
    return scope.rewrite(parts.map(String).join(separator));
  },
  'Fn::Sub': substitute,
  'Fn::Select': (argument, resolver) => {
    const [index, list] = resolver.resolve(argument) as [number | string, unknown[]];
    const selected = list[Number(index)];
    if (selected === undefined) throw new StartError(`Fn::Select: there is no element ${index}`);
    return selected;
  },
  'Fn::Split': (argument, resolver) => {
    const [separator, text] = resolver.resolve(argument) as [string, string];
    return text.split(separator);
  },
  'Fn::FindInMap': (argument, resolver, scope) => {
    const [map, first, second] = resolver.resolve(argument) as [string, string, string];
    const found = scope.template.Mappings?.[map]?.[first]?.[second];
    if (found === undefined) throw new StartError(`Fn::FindInMap: ${map}.${first}.${second} is not in the template`);
    return found;
  },
  'Fn::If': (argument, resolver) => {
    const [name, whenTrue, whenFalse] = argument as [string, unknown, unknown];
    const branch = resolver.condition(name) ? whenTrue : whenFalse;
    return isNoValue(branch) ? noValue : resolver.resolve(branch);
  },
  'Fn::Equals': (argument, resolver) => {
    const [left, right] = resolver.resolve(argument) as [unknown, unknown];
    return String(left) === String(right);
  },
  'Fn::Not': (argument, resolver) => !(resolver.resolve(argument) as boolean[])[0],
  'Fn::And': (argument, resolver) => (resolver.resolve(argument) as boolean[]).every(Boolean),
  'Fn::Or': (argument, resolver) => (resolver.resolve(argument) as boolean[]).some(Boolean),
  Condition: (name, resolver) => resolver.condition(String(name)),
};

/**
 * Resolves CloudFormation's intrinsic functions. The resolver throws StartError on an unknown function and on a name
 * that is not in the template. It also throws on a dynamic reference (`{{resolve:…}}`), because that would put a
 * secret's value into a property.
 */
export function createResolver(scope: IntrinsicScope): Resolver {
  const resolver: Resolver = {
    resolve: (value) => {
      const resolved = resolveValue(value, resolver, scope);
      return resolved === noValue ? undefined : resolved;
    },
    condition: (name) => {
      const condition = scope.template.Conditions?.[name];
      if (condition === undefined) throw new StartError(`The condition ${name} is not in the template`);
      return Boolean(resolver.resolve(condition));
    },
  };
  return resolver;
}

function resolveValue(value: unknown, resolver: Resolver, scope: IntrinsicScope): unknown {
  if (typeof value === 'string') return refuseDynamicReference(value);
  if (Array.isArray(value)) {
    return value.map((item) => resolveValue(item, resolver, scope)).filter((item) => item !== noValue);
  }
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only && isFunction(only[0], only[1])) {
    const intrinsic = intrinsics[only[0]];
    if (!intrinsic) throw new StartError(`The local runtime doesn't know the intrinsic function ${only[0]}`);
    return intrinsic(only[1], resolver, scope);
  }
  const resolved = entries.map(([key, item]) => [key, resolveValue(item, resolver, scope)] as const);
  return Object.fromEntries(resolved.filter(([, item]) => item !== noValue));
}

/**
 * `Condition` is a function only if its argument is a name. In a policy statement, `Condition` contains the statement's
 * conditions.
 */
function isFunction(key: string, argument: unknown): boolean {
  return key === 'Ref' || key.startsWith('Fn::') || (key === 'Condition' && typeof argument === 'string');
}

function isNoValue(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { Ref?: unknown }).Ref === 'AWS::NoValue';
}

function refuseDynamicReference(text: string): string {
  if (text.includes('{{resolve:')) {
    throw new StartError("The local runtime doesn't know dynamic references ({{resolve:…}})");
  }
  return text;
}

function reference(name: string, scope: IntrinsicScope): unknown {
  if (name === 'AWS::NoValue') return noValue;
  const pseudo = scope.pseudo[name];
  if (pseudo !== undefined) return pseudo;
  const parameter = scope.template.Parameters?.[name];
  if (!parameter) return attribute(name, 'Ref', scope);
  if (parameter.Default === undefined || parameter.Type.startsWith('AWS::SSM::')) {
    throw new StartError(`The parameter ${name} (${parameter.Type}) has no value that the local runtime knows`);
  }
  return parameter.Default;
}

function attribute(id: string, name: string, scope: IntrinsicScope): string {
  const value = scope.attribute(id, name);
  if (value !== undefined) return value;
  const type = scope.template.Resources[id]?.Type;
  const what = name === 'Ref' ? `Ref ${id}` : `Fn::GetAtt ${id}.${name}`;
  if (isCustomResource(type ?? '')) {
    throw new StartError(
      `${what}: the function of ${id} has not answered with it. Only outputs, variables of functions, policies of roles and ` +
        'other custom resources can use it, because the local runtime creates custom resources last',
    );
  }
  throw new StartError(`${what}: ${type ? `the local runtime doesn't know it for ${type}` : 'no such resource'}`);
}

function substitute(argument: unknown, resolver: Resolver, scope: IntrinsicScope): string {
  const [text, given] = typeof argument === 'string' ? [argument, {}] : (argument as [string, Record<string, unknown>]);
  const variables = resolver.resolve(given) as Record<string, unknown>;
  const value = refuseDynamicReference(text).replace(/\$\{([^}]*)\}/g, (_, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(variables, name)) return String(variables[name]);
    const [id = '', ...path] = name.split('.');
    return String(path.length > 0 ? attribute(id, path.join('.'), scope) : reference(name, scope));
  });
  return scope.rewrite(value);
}
