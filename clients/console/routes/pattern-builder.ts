/** The common patterns as conditions that a person fills in. Every other pattern is written as JSON. */
import { parseJson } from '../../../shared/ground/base/parse-json.ts';
import { routesText } from '../routes-text.ts';
import { isRecord } from '../shell/json-object.ts';

/** What a condition looks at: the type of the event, one of its headers, or a field of its JSON body. */
export type Subject = keyof typeof routesText.subjects;
/** How it looks at it. */
export type Test = keyof typeof routesText.tests;

/** A condition, as text where a person types. */
export interface Condition {
  subject: Subject;
  /** The name of the header, or the path of the field, such as `customer.country`. The type has none. */
  name: string;
  test: Test;
  /** One value a line for `oneOf`. */
  value: string;
}

/** The tests of each subject. A type is always there, and a header is no number. */
export const testsOf: Readonly<Record<Subject, readonly Test[]>> = {
  type: ['equals', 'oneOf', 'prefix'],
  header: ['equals', 'oneOf', 'prefix', 'exists', 'missing'],
  data: ['equals', 'oneOf', 'prefix', 'exists', 'missing', 'greater', 'less'],
};

/** The most names in the path of a field. No sender nests its fields as deeply. */
const maxPathLength = 50;

export const newCondition: Condition = { subject: 'type', name: '', test: 'equals', value: '' };

/** Whether the test compares with something. */
export const comparesWithValue = ({ test }: Pick<Condition, 'test'>): boolean =>
  test !== 'exists' && test !== 'missing';

/** Whether nothing was entered into a condition, so that nothing is lost without it. */
export const isBlank = ({ name, value }: Condition): boolean => name.trim() === '' && value.trim() === '';

/** The other condition with another subject, and what still fits of it. */
export const withSubject = (condition: Condition, subject: Subject): Condition => ({
  ...condition,
  subject,
  name: subject === 'type' ? '' : condition.name,
  test: testsOf[subject].includes(condition.test) ? condition.test : 'equals',
});

type Scalar = string | number | boolean | null;

const isScalar = (value: unknown): value is Scalar =>
  value === null || ['string', 'boolean'].includes(typeof value) || Number.isFinite(value);

/**
 * The value that a person types. In quotes it is a text, as in JSON. In a body, `5`, `true` and `null` are no texts; everything else is.
 * @param isText whether only texts occur there
 */
export function scalarIn(typed: string, isText: boolean): Scalar {
  const trimmed = typed.trim();
  const value = parseJson(trimmed);
  return isScalar(value) && (typeof value === 'string' || !isText) ? value : trimmed;
}

/** How a person types a value: as it is, if that is read as the same value again. */
export function typedOf(value: Scalar, isText: boolean): string {
  const isPlain =
    typeof value === 'string' && value !== '' && !/[\r\n]/.test(value) && scalarIn(value, isText) === value;
  return isPlain ? value : JSON.stringify(value);
}

/** Only a body has values that are no texts, and nothing else begins with something. */
const isText = ({ subject, test }: Condition): boolean => subject !== 'data' || test === 'prefix';

const linesOf = (lines: string): string[] => lines.split('\n').filter((line) => line.trim() !== '');

/** The values of a condition's field in a pattern. */
function wantedOf(condition: Condition): unknown[] {
  const { test, value } = condition;
  switch (test) {
    case 'equals':
      return [scalarIn(value, isText(condition))];
    case 'oneOf':
      return linesOf(value).map((line) => scalarIn(line, isText(condition)));
    case 'prefix':
      return [{ prefix: scalarIn(value, true) }];
    case 'exists':
      return [{ exists: true }];
    case 'missing':
      return [{ exists: false }];
    case 'greater':
      return [{ numeric: ['>', Number(value)] }];
    case 'less':
      return [{ numeric: ['<', Number(value)] }];
  }
}

/** The keys that lead to a condition's field in a pattern. The names of headers are in lower case there. */
export function keysOf({ subject, name }: Condition): string[] {
  switch (subject) {
    case 'type':
      return ['type'];
    case 'header':
      return ['headers', name.trim().toLowerCase()];
    case 'data':
      return ['data', ...name.trim().split('.')];
  }
}

/** The fields of a part of a pattern. A map keeps a field that is named `__proto__`. */
type Fields = Map<string, unknown[] | Fields>;

const objectOf = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries([...fields].map(([key, inner]) => [key, inner instanceof Map ? objectOf(inner) : inner]));

/** The pattern of conditions in which nothing is wrong: an event must meet all of them. Undefined without conditions: every event does. */
export function patternOfConditions(conditions: readonly Condition[]): Record<string, unknown> | undefined {
  const root: Fields = new Map();
  for (const condition of conditions) {
    const keys = keysOf(condition);
    let fields = root;
    for (const key of keys.slice(0, -1)) {
      const inner = fields.get(key);
      const next: Fields = inner instanceof Map ? inner : new Map();
      fields.set(key, next);
      fields = next;
    }
    fields.set(keys.at(-1) ?? '', wantedOf(condition));
  }
  return root.size === 0 ? undefined : objectOf(root);
}

/** The test and the value of a field in a pattern. Undefined if no test means the same. */
function testIn(wanted: unknown, subject: Subject): Pick<Condition, 'test' | 'value'> | undefined {
  if (!Array.isArray(wanted) || wanted.length === 0) return undefined;
  if (wanted.every(isScalar)) {
    const typed = wanted.map((value) => typedOf(value, subject !== 'data'));
    return { test: typed.length === 1 ? 'equals' : 'oneOf', value: typed.join('\n') };
  }
  const [only, ...more] = wanted;
  if (!isRecord(only) || more.length > 0) return undefined;
  const { prefix, exists, numeric } = only;
  if (typeof prefix === 'string') return { test: 'prefix', value: typedOf(prefix, true) };
  if (typeof exists === 'boolean') return { test: exists ? 'exists' : 'missing', value: '' };
  const [comparison, bound] = Array.isArray(numeric) ? numeric : [];
  if (typeof bound !== 'number') return undefined;
  return { test: comparison === '>' ? 'greater' : 'less', value: `${bound}` };
}

/** The conditions on the fields below some keys of a pattern. Undefined if one has no test. */
function conditionsBelow(subject: Subject, wanted: unknown, names: readonly string[]): Condition[] | undefined {
  if (names.length > maxPathLength) return undefined;
  if (!isRecord(wanted)) {
    const found = testIn(wanted, subject);
    return found && [{ subject, name: names.join('.'), ...found }];
  }
  const inner = Object.entries(wanted).map(([name, each]) => conditionsBelow(subject, each, [...names, name]));
  return inner.every((each) => each !== undefined) ? inner.flat() : undefined;
}

const subjects = new Map<string, Subject>([
  ['type', 'type'],
  ['headers', 'header'],
  ['data', 'data'],
]);

/**
 * The conditions that mean exactly this pattern: they make the same one again, to the letter.
 * @returns undefined if there are none, so that the pattern stays JSON
 */
export function conditionsOf(pattern: Record<string, unknown> | undefined): Condition[] | undefined {
  const found = Object.entries(pattern ?? {}).map(([key, wanted]) => {
    const subject = subjects.get(key);
    return subject && conditionsBelow(subject, wanted, []);
  });
  if (!found.every((each) => each !== undefined)) return undefined;
  const conditions = found.flat();
  const isOffered = conditions.every(({ subject, test }) => testsOf[subject].includes(test));
  const isRight = conditionErrors(conditions).every((errors) => Object.keys(errors).length === 0);
  const isSame = JSON.stringify(patternOfConditions(conditions)) === JSON.stringify(pattern);
  return isOffered && isRight && isSame ? conditions : undefined;
}

export type ConditionErrors = Partial<Record<'name' | 'value', string>>;

function nameErrorOf({ subject, name }: Condition): string | undefined {
  const typed = name.trim();
  if (subject === 'header') return typed === '' ? routesText.headerMissing : undefined;
  const path = typed.split('.');
  return path.includes('') || path.length > maxPathLength ? routesText.pathError : undefined;
}

function valueErrorOf(condition: Condition): string | undefined {
  const { test, value } = condition;
  if (!comparesWithValue(condition)) return undefined;
  if (value.trim() === '') return routesText.valueMissing;
  const isNumber = Number.isFinite(Number(value));
  return (test === 'greater' || test === 'less') && !isNumber ? routesText.numberError : undefined;
}

const isBeginning = (one: readonly string[], other: readonly string[]): boolean =>
  one.every((key, at) => key === other[at]);

/** Whether a pattern can't have both conditions: they are about the same field, or one field is inside of the other. */
const isClash = (one: readonly string[], other: readonly string[]): boolean =>
  isBeginning(one, other) || isBeginning(other, one);

/** What is wrong with each condition. Empty objects if nothing is. */
export function conditionErrors(conditions: readonly Condition[]): ConditionErrors[] {
  return conditions.map((condition, at) => {
    const keys = keysOf(condition);
    const isTwice = conditions.slice(0, at).some((other) => isClash(keys, keysOf(other)));
    const twice = isTwice ? routesText.fieldTwice : undefined;
    // The type has no field for its name.
    const isType = condition.subject === 'type';
    const name = isType ? undefined : (nameErrorOf(condition) ?? twice);
    const value = valueErrorOf(condition) ?? (isType ? twice : undefined);
    return { ...(name !== undefined && { name }), ...(value !== undefined && { value }) };
  });
}
