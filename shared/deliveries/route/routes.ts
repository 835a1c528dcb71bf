/**
 * The routes of a connection: rules that say to which destinations its events go. A list of rules is immutable. Its version is the digest
 * of its content, so that two lists never share a version, and whoever has read a version may keep it for ever.
 */
import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { patternJsonSchema } from '../../ground/pattern/pattern-json.ts';

/** `all`: each rule that matches. `first`: only the first rule that matches. */
export const routeModes = ['all', 'first'] as const;

/** A rule as it is stored: its destination has an immutable id. */
const ruleSchema = /* @__PURE__ */ schema(() =>
  z.object({
    id: z.string(),
    /** The events that it is for. By default every event. */
    when: z.optional(patternJsonSchema),
    /** A JSONata expression that makes the body. By default the body goes as it came. */
    transform: z.optional(z.string()),
    to: z.object({ id: z.string(), name: z.string() }),
  }),
);
export type Rule = z.infer<typeof ruleSchema>;

export const routesSchema = /* @__PURE__ */ schema(() =>
  z.object({ mode: z.enum(routeModes), rules: z.array(ruleSchema) }),
);
export type Routes = z.infer<typeof routesSchema>;

/** A rule with its fields in this order, and its pattern as it was written. */
const plainRuleOf = ({ id, when, transform, to }: Rule) => ({ id, when, transform, to: { id: to.id, name: to.name } });

/** The content of a rule, as a text. */
export const ruleTextOf = (rule: Rule): string => JSON.stringify(plainRuleOf(rule));

/** A list with its version: the SHA-256 of its content. */
export interface RoutesVersion {
  version: string;
  content: string;
}

export function routesVersionOf(routes: Routes): RoutesVersion {
  const content = JSON.stringify({ mode: routes.mode, rules: routes.rules.map(plainRuleOf) });
  return { version: hash('sha256', content), content };
}
