/** The state of the form for routes. */
import { useState } from 'react';
import {
  errorsOf,
  fieldsOf,
  mergedErrors,
  type RoutesErrors,
  type RoutesFields,
  type RoutesRecord,
  type RuleFields,
  refusedFields,
  withMovedRule,
  withNewRule,
  withoutRule,
} from './routes-fields.ts';

export interface RoutesForm {
  fields: RoutesFields;
  /** What is wrong. Before the first try, only what the API has refused. */
  errors: RoutesErrors;
  hasRefusedField: boolean;
  attempts: number;
  isChanged: boolean;
  /** The key of the rule that was added last. */
  added: number | undefined;
  setMode: (mode: RoutesFields['mode']) => void;
  setRule: (rule: RuleFields) => void;
  add: (to: string) => void;
  move: (key: number, by: -1 | 1) => void;
  remove: (key: number) => void;
  /** Notes a try to send the rules. @returns whether nothing stops it */
  check: () => boolean;
  /** Begins again with this list, without what was entered. */
  begin: (routes: RoutesRecord) => void;
}

interface RoutesFormParts {
  /** The fields at the beginning. A rule that is offered there is nothing that a person entered. */
  first: RoutesFields;
  /** Why the last request was refused, whether it was to save the rules or to try them. */
  error: unknown;
  /** Forgets it, because what the API found wrong before may be right now. */
  clear: () => void;
}

export function useRoutesForm({ first, error, clear }: RoutesFormParts): RoutesForm {
  const [start, setStart] = useState(first);
  const [fields, setFields] = useState(first);
  const [added, setAdded] = useState<number>();
  const [attempts, setAttempts] = useState(0);
  const refused = refusedFields(error, fields);
  const hasRefusedField = refused.size > 0;

  function enter(next: RoutesFields) {
    setFields(next);
    if (hasRefusedField) clear();
  }

  return {
    fields,
    errors: attempts > 0 ? mergedErrors(errorsOf(fields), refused) : refused,
    hasRefusedField,
    attempts,
    isChanged: JSON.stringify(start) !== JSON.stringify(fields),
    added,
    setMode: (mode) => enter({ ...fields, mode }),
    setRule: (rule) => enter({ ...fields, rules: fields.rules.map((each) => (each.key === rule.key ? rule : each)) }),
    add(to) {
      const next = withNewRule(fields, to);
      const known = new Set(fields.rules.map(({ key }) => key));
      setAdded(next.rules.find(({ key }) => !known.has(key))?.key);
      enter(next);
    },
    move: (key, by) => enter(withMovedRule(fields, key, by)),
    remove: (key) => enter(withoutRule(fields, key)),
    check() {
      setAttempts(attempts + 1);
      return errorsOf(fields).size === 0;
    },
    begin(routes) {
      setStart(fieldsOf(routes));
      setFields(fieldsOf(routes));
      setAttempts(0);
    },
  };
}
