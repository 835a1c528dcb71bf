/** The state of a form: what a person entered, what is wrong with it, and what happens when somebody else changes the same record. */
import { useState } from 'react';
import { useDraft, useKeptDraft } from '../session/drafts.ts';
import { useSession } from '../session/session.tsx';
import { enteredFields, type FormRules, type FormState, mergedErrors } from './form-fields.ts';

export interface FormParts<Fields> {
  /** The fields at the beginning. What is offered there is nothing that a person entered. */
  first: Fields;
  /** Why the last request was refused. */
  error: unknown;
  /** Forgets it, because what the API found wrong before may be right now. */
  clear: () => void;
  /** Whether mistakes are shown from the beginning. By default they are shown after the first try to send the form. */
  showsMistakesAtOnce?: boolean;
}

export function useForm<Fields extends object, Field extends PropertyKey = keyof Fields>(
  { errorsOf, refusedFields, secrets = [] }: FormRules<Fields, Field>,
  { first, error, clear, showsMistakesAtOnce = false }: FormParts<Fields>,
): FormState<Fields, Field> {
  const [start, setStart] = useState(first);
  const draft = useDraft<Fields>(useSession().me.id);
  const [fields, setFields] = useState<Fields>({ ...first, ...draft });
  const [attempts, setAttempts] = useState(0);
  useKeptDraft<Fields>(() => {
    const entered = Object.entries(enteredFields(start, fields));
    const isSecret = ([field]: [string, unknown]) => secrets.includes(field as keyof Fields);
    return {
      plain: Object.fromEntries(entered.filter((each) => !isSecret(each))) as Partial<Fields>,
      secrets: Object.fromEntries(entered.filter(isSecret)) as Partial<Fields>,
    };
  });
  const refused = refusedFields(error, fields);
  const mistakes = errorsOf(start, fields);
  const hasRefusedField = Object.keys(refused).length > 0;
  const isWhole = Object.keys(mistakes).length === 0;
  return {
    start,
    fields,
    errors: showsMistakesAtOnce || attempts > 0 ? mergedErrors(mistakes, refused) : refused,
    isWhole,
    hasRefusedField,
    attempts,
    isChanged: Object.keys(enteredFields(start, fields)).length > 0,
    isRestored: draft !== undefined,
    enter(entered) {
      setFields({ ...fields, ...entered });
      if (hasRefusedField) clear();
    },
    check() {
      setAttempts(attempts + 1);
      return isWhole;
    },
    begin(next) {
      setStart(next);
      setFields(next);
      setAttempts(0);
    },
    rebase(theirs) {
      setStart(theirs);
      setFields({ ...theirs, ...enteredFields(start, fields) });
    },
  };
}

/**
 * The record that a form changes, in the version that its request names.
 * @param adopt takes over the newer record of somebody who was faster, once the API has refused the request and the record was read again
 */
export function useVersion<Known extends { version: number }>(
  record: Known,
  adopt?: (theirs: Known, before: Known) => void,
) {
  const [before, setBefore] = useState(record);
  const [isRefused, setIsRefused] = useState(false);
  const [theirs, setTheirs] = useState<Known>();
  if (isRefused && record.version !== before.version) {
    adopt?.(record, before);
    setBefore(record);
    setTheirs(record);
    setIsRefused(false);
  }
  return {
    before,
    /** The record of somebody who was faster. */
    theirs,
    begin: setBefore,
    refuse: () => setIsRefused(true),
    /** Goes on without what somebody else did. */
    forget: () => setTheirs(undefined),
  };
}
