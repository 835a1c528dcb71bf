/** The state of the form for routes. */
import { useState } from 'react';
import type { FormState } from '../shell/form-fields.ts';
import { type FormParts, useForm } from '../shell/use-form.ts';
import {
  type RoutesField,
  type RoutesFields,
  type RuleFields,
  routesRules,
  withMovedRule,
  withNewRule,
  withoutRule,
} from './routes-fields.ts';

export interface RoutesForm extends FormState<RoutesFields, RoutesField> {
  /** The key of the rule that was added last. */
  added: number | undefined;
  setRule: (rule: RuleFields) => void;
  add: (to: string) => void;
  move: (key: number, by: -1 | 1) => void;
  remove: (key: number) => void;
}

export function useRoutesForm(parts: FormParts<RoutesFields>): RoutesForm {
  const form = useForm(routesRules, parts);
  const { fields, enter } = form;
  const [added, setAdded] = useState<number>();
  return {
    ...form,
    added,
    setRule: (rule) => enter({ rules: fields.rules.map((each) => (each.key === rule.key ? rule : each)) }),
    add(to) {
      const next = withNewRule(fields, to);
      const known = new Set(fields.rules.map(({ key }) => key));
      setAdded(next.rules.find(({ key }) => !known.has(key))?.key);
      enter(next);
    },
    move: (key, by) => enter(withMovedRule(fields, key, by)),
    remove: (key) => enter(withoutRule(fields, key)),
  };
}
