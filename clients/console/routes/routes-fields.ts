/** The fields of the form for routes, and the request that they make. */

import { pointerKeys } from '../../../shared/ground/base/json-pointer.ts';
import type { ApiAnswer, ApiBody } from '../../../shared/operators/api/api-client.ts';
import { routesText } from '../routes-text.ts';
import type { FieldErrors, FormRules } from '../shell/form-fields.ts';
import { jsonObjectIn } from '../shell/json-object.ts';
import { refusedAt } from '../shell/refused-fields.ts';
import {
  type Condition,
  conditionErrors,
  conditionsOf,
  isBlank,
  keysOf,
  patternOfConditions,
} from './pattern-builder.ts';

export type RoutesRecord = ApiAnswer<'GET /v1/connections/{name}/routes'>;
export type RoutesBody = ApiBody<'PUT /v1/connections/{name}/routes'>;
type Rule = RoutesRecord['rules'][number];
export type RoutesMode = RoutesRecord['mode'];

/** The most rules that the API takes. */
export const mostRules = 50;

/** A rule, as text where a person types. */
export interface RuleFields {
  /** Names the rule in the form: its id may change. */
  key: number;
  id: string;
  /** Empty before a destination is chosen. */
  to: string;
  /** The pattern as conditions, or as JSON. */
  when: readonly Condition[] | string;
  transform: string;
}

export interface RoutesFields {
  mode: RoutesMode;
  rules: readonly RuleFields[];
}

/** A field of a rule, or of a condition of it. */
export type RuleField = 'id' | 'to' | 'when' | 'transform' | `${number}.name` | `${number}.value`;
/** What is wrong with a rule. */
export type RuleErrors = FieldErrors<RuleField>;
/** A field of the form: that of the rule with this key. */
export type RoutesField = `${number}.${RuleField}`;
type RoutesErrors = FieldErrors<RoutesField>;

/** A pattern as it is shown as JSON. */
const jsonOf = (pattern: unknown): string => JSON.stringify(pattern, null, 2);

function ruleFieldsOf({ id, when, transform = '', to }: Rule, key: number): RuleFields {
  return { key, id, to, when: conditionsOf(when) ?? jsonOf(when), transform };
}

/** The fields of a list as it is. */
export const routesFieldsOf = ({ mode, rules }: Pick<RoutesRecord, 'mode' | 'rules'>): RoutesFields => ({
  mode,
  rules: rules.map(ruleFieldsOf),
});

/** Whether a rule is for every event. */
export const isForAll = ({ when }: RuleFields): boolean =>
  typeof when === 'string' ? when.trim() === '' : when.length === 0;

/** Whether a rule takes what no rule before it has taken. */
export const isOtherwise = ({ mode, rules }: RoutesFields, rule: RuleFields): boolean =>
  mode === 'first' && rule === rules.at(-1) && isForAll(rule);

/** The list with a further rule: the last one, but before an “Otherwise”. @param to its destination, if there is only one to choose */
export function withNewRule(fields: RoutesFields, to: string): RoutesFields {
  const { rules } = fields;
  const ids = new Set(rules.map(({ id }) => id));
  let number = 1;
  while (ids.has(`rule-${number}`)) number += 1;
  const key = 1 + Math.max(-1, ...rules.map((rule) => rule.key));
  const rule: RuleFields = { key, id: `rule-${number}`, to, when: [], transform: '' };
  const last = rules.at(-1);
  const end = last && isOtherwise(fields, last) ? rules.length - 1 : rules.length;
  return { ...fields, rules: [...rules.slice(0, end), rule, ...rules.slice(end)] };
}

/** The list with a rule one place further up or down. */
export function withMovedRule({ mode, rules }: RoutesFields, key: number, by: -1 | 1): RoutesFields {
  const at = rules.findIndex((rule) => rule.key === key);
  const [one, other] = [rules[at], rules[at + by]];
  if (!one || !other) return { mode, rules };
  return { mode, rules: rules.map((rule) => (rule === one ? other : rule === other ? one : rule)) };
}

/** The list without a rule. */
export const withoutRule = ({ mode, rules }: RoutesFields, key: number): RoutesFields => ({
  mode,
  rules: rules.filter((rule) => rule.key !== key),
});

/** The largest JSON that is looked at. A list of rules is no larger. */
const maxJsonLength = 32 * 1024;

/** The pattern in a text. Null if there is none in it, undefined if it is no JSON object. */
export function patternIn(json: string): Record<string, unknown> | null | undefined {
  if (json.trim() === '') return null;
  return json.length > maxJsonLength ? undefined : jsonObjectIn(json);
}

/** Why the text is no pattern. Chromium and Firefox say where a mistake in JSON is. */
export function jsonErrorOf(json: string): string | undefined {
  if (patternIn(json) !== undefined) return undefined;
  try {
    JSON.parse(json);
    return routesText.patternError;
  } catch (error) {
    return `${routesText.jsonError} ${(error as Error).message}`;
  }
}

/** The conditions that say the same as a JSON pattern. Undefined if no conditions do. */
export function conditionsIn(json: string): Condition[] | undefined {
  const pattern = patternIn(json);
  return pattern === undefined ? undefined : conditionsOf(pattern ?? undefined);
}

/** The JSON that says the same as conditions. Undefined if something is wrong with one of them. */
export function jsonIn(conditions: readonly Condition[]): string | undefined {
  const entered = conditions.filter((condition) => !isBlank(condition));
  if (conditionErrors(entered).some((errors) => Object.keys(errors).length > 0)) return undefined;
  const pattern = patternOfConditions(entered);
  return pattern ? jsonOf(pattern) : '';
}

function whenErrors(when: RuleFields['when']): RuleErrors {
  if (typeof when === 'string') {
    const error = jsonErrorOf(when);
    return error === undefined ? {} : { when: error };
  }
  const entries = conditionErrors(when).flatMap((errors, at) =>
    Object.entries(errors).map(([field, error]) => [`${at}.${field}`, error]),
  );
  return Object.fromEntries(entries);
}

const idForm = /^[a-z0-9-]{1,32}$/;

function ruleErrors(rule: RuleFields, rules: readonly RuleFields[]): RuleErrors {
  const isTwice = rules.some((other) => other !== rule && other.id === rule.id);
  const id = idForm.test(rule.id) ? (isTwice ? routesText.idTwice : undefined) : routesText.idError;
  return {
    ...(id !== undefined && { id }),
    ...(rule.to === '' && { to: routesText.toMissing }),
    ...whenErrors(rule.when),
  };
}

/** What is wrong with the rule that has this key. */
export const errorsOfRule = (errors: RoutesErrors, key: number): RuleErrors =>
  Object.fromEntries(
    Object.entries(errors)
      .filter(([field]) => field.startsWith(`${key}.`))
      .map(([field, error]) => [field.slice(`${key}.`.length), error]),
  );

const errorsOf = (_: RoutesFields, { rules }: RoutesFields): RoutesErrors =>
  Object.fromEntries(
    rules.flatMap((rule) =>
      Object.entries(ruleErrors(rule, rules)).map(([field, error]) => [`${rule.key}.${field}`, error]),
    ),
  );

function ruleOf({ id, to, when, transform }: RuleFields): Rule {
  const pattern = typeof when === 'string' ? patternIn(when) : patternOfConditions(when);
  return { id, ...(pattern && { when: pattern }), ...(transform.trim() !== '' && { transform }), to };
}

/** The request of fields in which nothing is wrong. */
export const routesBody = ({ mode, rules }: RoutesFields): RoutesBody => ({ mode, rules: rules.map(ruleOf) });

/** The field of a rule that has a place in the request. @param keys those behind the rule, such as `when`, `type`, `0` */
function fieldAt({ when }: RuleFields, [field, ...inside]: readonly string[]): RuleField | undefined {
  if (field === 'id' || field === 'to' || field === 'transform') return field;
  if (field !== 'when') return undefined;
  if (typeof when === 'string') return 'when';
  const at = when.findIndex((condition) => {
    const keys = keysOf(condition);
    return keys.every((key, place) => key === inside[place]);
  });
  const condition = when[at];
  if (!condition) return 'when';
  return condition.test === 'exists' || condition.test === 'missing' ? `${at}.name` : `${at}.value`;
}

/** What the API finds wrong with the rules, each at the field that has it. */
const refusedFields = (error: unknown, { rules }: RoutesFields): RoutesErrors =>
  refusedAt(error, ({ pointer = '' }) => {
    // A test has the list inside of its request.
    const [list, at, ...keys] = pointerKeys(pointer.replace(/^\/routes(?=\/)/, ''));
    const rule = list === 'rules' ? rules[Number(at)] : undefined;
    const field = rule && fieldAt(rule, keys);
    if (!rule || !field) return undefined;
    const place = field === 'when' && keys.length > 1 ? keys.slice(1).join('.') : routesText.it;
    return { field: `${rule.key}.${field}`, subject: place };
  });

export const routesRules: FormRules<RoutesFields, RoutesField> = { errorsOf, refusedFields };

/** Whether two lists say the same. */
export const isSameList = (one: RoutesRecord, other: RoutesRecord): boolean =>
  JSON.stringify([one.mode, one.rules]) === JSON.stringify([other.mode, other.rules]);
