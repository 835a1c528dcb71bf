/** The request that replaces the routes of a connection, and its bounds. */
import * as z from 'zod/mini';
import type { RoutedEvent } from '../../events/bus/routed-event.ts';
import { pointerKeys } from '../../ground/base/json-pointer.ts';
import { schema } from '../../ground/base/schema.ts';
import { unknownFields } from '../../ground/pattern/event-field.ts';
import { PatternError } from '../../ground/pattern/pattern-error.ts';
import { maxPatternSize, maxRoutesBytes, patternJsonSchema } from '../../ground/pattern/pattern-json.ts';
import { readPattern } from '../../ground/pattern/read-pattern.ts';
import { routeModes } from './routes.ts';

/** The most rules of a connection. */
export const maxRules = 50;

/** The form of a rule's id. */
export const ruleIdForm = /^[a-z0-9-]{1,32}$/;

const ruleRequestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    id: z.string().check(z.regex(ruleIdForm, 'must be 1 to 32 characters: lower case letters, digits and dashes')),
    when: z.optional(patternJsonSchema),
    transform: z.optional(z.string().check(z.minLength(1))),
    /** The name of the destination. */
    to: z.string(),
  }),
);
export type RuleRequest = z.infer<typeof ruleRequestSchema>;

/** What is wrong with a list, and where. */
interface Fault {
  path: (string | number)[];
  message: string;
}

function repeatedIds(rules: readonly RuleRequest[]): Fault[] {
  const places = new Map(rules.map(({ id }, at) => [id, at]));
  return rules.flatMap(({ id }, at) =>
    places.get(id) === at ? [] : [{ path: ['rules', at, 'id'], message: 'is the id of another rule too' }],
  );
}

/** In `first`, every event matches a rule without a pattern, so no later rule is ever reached. */
function unreachedRules({ mode, rules }: ParsedRequest): Fault[] {
  const at = mode === 'first' ? rules.slice(0, -1).findIndex(({ when }) => when === undefined) : -1;
  if (at < 0) return [];
  const message = 'is missing; every event matches this rule, so in the mode first no rule after it is reached';
  return [{ path: ['rules', at, 'when'], message }];
}

/** The mistakes in patterns. Stops where the patterns are too large together, so that reading them stays quick. */
function patternFaults(rules: readonly RuleRequest[]): Fault[] {
  const faults: Fault[] = [];
  let size = 0;
  for (const [at, { when }] of rules.entries()) {
    if (when === undefined) continue;
    const path = ['rules', at, 'when'];
    const pattern = readPattern(when);
    if (pattern instanceof PatternError)
      faults.push({ path: [...path, ...pointerKeys(pattern.pointer)], message: pattern.problem });
    else size += pattern.size;
    if (size > maxPatternSize) {
      const message = `makes the patterns too large together: with all combinations of $or, they name more than ${maxPatternSize} fields and values`;
      return [...faults, { path, message }];
    }
  }
  return faults;
}

function sizeFaults(request: ParsedRequest): Fault[] {
  const size = Buffer.byteLength(JSON.stringify(request));
  return size <= maxRoutesBytes
    ? []
    : [{ path: ['rules'], message: `can be at most ${maxRoutesBytes} bytes with the mode, and are ${size}` }];
}

/** The fields that a pattern can name. */
const routedFields = Object.keys({
  type: true,
  provider: true,
  headers: true,
  query: true,
  path: true,
  sourceIp: true,
  data: true,
} satisfies Record<keyof RoutedEvent, true>);

/** The conditions on fields that no event has. */
const fieldFaults = ({ rules }: ParsedRequest): Fault[] =>
  rules.flatMap(({ when = {} }, at) =>
    unknownFields(when, routedFields).map(({ path, message }) => ({ path: ['rules', at, 'when', ...path], message })),
  );

/** All that is wrong with a list. Its size is measured last, because a pattern with a mistake may be nested too deeply for that. */
function faultsOf(request: ParsedRequest): Fault[] {
  const faults = [...repeatedIds(request.rules), ...unreachedRules(request), ...patternFaults(request.rules)];
  return faults.length > 0 ? faults : sizeFaults(request);
}

const parsedRequestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({
    mode: z._default(z.enum(routeModes), 'all'),
    rules: z.array(ruleRequestSchema).check(z.maxLength(maxRules)),
  }),
);
type ParsedRequest = z.infer<typeof parsedRequestSchema>;

const requestSchemaWith = (find: (request: ParsedRequest) => Fault[]) =>
  parsedRequestSchema.check(
    z.check(({ value, issues }) => {
      for (const { path, message } of find(value)) issues.push({ code: 'custom', input: value, path, message });
    }),
  );

/** A list as earlier versions took it: a pattern may name a field that no event has. A stack's rollback can return to such a list. */
export const earlierRoutesSchema = /* @__PURE__ */ schema(() => requestSchemaWith(faultsOf));

/** The request that replaces the routes. An empty list removes them. */
export const routesRequestSchema = /* @__PURE__ */ schema(() =>
  requestSchemaWith((request) => {
    const faults = faultsOf(request);
    return faults.length > 0 ? faults : fieldFaults(request);
  }),
);
export type RoutesRequest = z.infer<typeof routesRequestSchema>;
