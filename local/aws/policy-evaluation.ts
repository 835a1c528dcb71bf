/** A policy statement as CloudFormation resolves it. */
export interface PolicyStatement {
  Sid?: string;
  Effect: 'Allow' | 'Deny';
  Principal?: unknown;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/**
 * One action that a caller wants to take. `conditions` contains the values of the condition keys that the service
 * knows.
 */
export interface PolicyRequest {
  action: string;
  resource: string;
  conditions?: Record<string, readonly string[]>;
}

export interface PolicyDecision {
  allowed: boolean;
  /**
   * The last part of AWS's error message ("because …" or "with …"), so that a denial has the same message as on AWS.
   */
  reason: string;
}

const elements = new Set([
  'Sid',
  'Effect',
  'Principal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
] satisfies (keyof PolicyStatement)[] as string[]);

/** The condition keys that the local services fill in as AWS does. A policy with any other key is refused. */
const conditionKeys = new Set([
  'dynamodb:leadingkeys',
  'aws:sourcearn',
  'aws:sourceaccount',
  'secretsmanager:name',
  'secretsmanager:versionstage',
  's3:prefix',
  'events:source',
  'events:detail-type',
]);

const operators: Record<string, (wanted: string, value: string) => boolean> = {
  StringEquals: (wanted, value) => literalText(wanted) === value,
  StringLike: matchesWildcards,
  ArnLike: arnMatches,
  ArnEquals: arnMatches,
};

/**
 * Evaluates identity-based policies as IAM does: an explicit deny wins, and an action that no statement allows is
 * denied. Throws on an unknown element, operator, condition key or policy variable if the statement could apply,
 * because a wrong "yes" would show only in production.
 */
export function evaluatePolicies(statements: readonly PolicyStatement[], request: PolicyRequest): PolicyDecision {
  const effects = statements.filter((statement) => applies(statement, request)).map(({ Effect }) => Effect);
  if (effects.includes('Deny')) return { allowed: false, reason: 'with an explicit deny in an identity-based policy' };
  if (effects.includes('Allow')) return { allowed: true, reason: 'because an identity-based policy allows it' };
  return { allowed: false, reason: `because no identity-based policy allows the ${request.action} action` };
}

/** Whether the pattern matches the whole value. `*` matches any characters or none, `?` matches one. */
export function matchesWildcards(pattern: string, value: string): boolean {
  const source = literalText(pattern)
    .replace(/[\\^$.+|()[\]{}/]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'su').test(value);
}

function applies(statement: PolicyStatement, { action, resource, conditions = {} }: PolicyRequest): boolean {
  const unknown = Object.keys(statement).find((element) => !elements.has(element));
  if (unknown) throw new Error(`the policy element ${unknown} is not known`);
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw new Error('a policy statement has no Effect');
  return (
    matchesElement(statement, 'Action', (pattern) => matchesWildcards(pattern.toLowerCase(), action.toLowerCase())) &&
    matchesElement(statement, 'Resource', (pattern) => matchesWildcards(pattern, resource)) &&
    Object.entries(statement.Condition ?? {}).every(([operator, keys]) => conditionHolds(operator, keys, conditions))
  );
}

function matchesElement(
  statement: PolicyStatement,
  element: 'Action' | 'Resource',
  test: (pattern: string) => boolean,
): boolean {
  const wanted = statement[element];
  const unwanted = statement[`Not${element}`];
  if ((wanted === undefined) === (unwanted === undefined)) {
    throw new Error(`a policy statement needs either ${element} or Not${element}`);
  }
  // Tests every pattern, even after a match, because a test throws if its pattern is not supported.
  const matching = list(wanted ?? unwanted).filter(test);
  return matching.length > 0 === (wanted !== undefined);
}

function conditionHolds(
  name: string,
  keys: Record<string, string | string[]>,
  conditions: Record<string, readonly string[]>,
): boolean {
  const [, set, operator] = /^(?:(ForAllValues|ForAnyValue):)?(.*)$/.exec(name) ?? [];
  const compare = operators[operator ?? ''];
  if (!compare) throw new Error(`the condition operator ${name} is not known`);
  const given = new Map(Object.entries(conditions).map(([key, values]) => [key.toLowerCase(), values]));
  return Object.entries(keys).every(([key, wanted]) => {
    const values = given.get(key.toLowerCase());
    if (!values && !conditionKeys.has(key.toLowerCase())) throw new Error(`the condition key ${key} is not known`);
    const isWanted = (value: string): boolean => list(wanted).some((pattern) => compare(pattern, value));
    if (set === 'ForAllValues') return (values ?? []).every(isWanted);
    if (set === 'ForAnyValue') return (values ?? []).some(isWanted);
    if (values && values.length > 1) throw new Error(`${name} on ${key} has several values: it needs ForAllValues`);
    return values?.[0] !== undefined && isWanted(values[0]);
  });
}

/** ARNs are compared part by part: a wildcard does not match across a colon, except within the last part, the name. */
function arnMatches(pattern: string, value: string): boolean {
  const wanted = arnParts(pattern);
  const parts = arnParts(value);
  return wanted.length === parts.length && wanted.every((part, at) => matchesWildcards(part, parts[at] ?? ''));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function literalText(text: string): string {
  if (typeof text !== 'string') throw new Error('a policy contains a value that is not a text');
  if (text.includes('${')) throw new Error(`the policy variable in ${text} is not known`);
  return text;
}

function list(value: string | string[] | undefined): string[] {
  return value === undefined ? [] : [value].flat();
}
