/** The state of a form: what a person entered, what is wrong with it, and what happens when somebody else changes the same record. */
import { useState } from 'react';
import { useDraft, useKeptDraft } from '../session/drafts.ts';
import { useSession } from '../session/session.tsx';

/** What is wrong, by field. */
export type FieldErrors<Field extends PropertyKey> = Partial<Record<Field, string>>;

export interface FormRules<Fields, Field extends PropertyKey = keyof Fields> {
  /** What is wrong with the fields, apart from what only the API can tell. @param start the fields at the beginning */
  errorsOf: (start: Fields, fields: Fields) => FieldErrors<Field>;
  /** What the API finds wrong, each at the field that has it. Empty if the error is about something else. */
  refusedFields: (error: unknown, fields: Fields) => FieldErrors<Field>;
  /** The fields that no other operator gets. */
  secrets?: readonly (keyof Fields)[];
}

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

export interface FormState<Fields, Field extends PropertyKey = keyof Fields> {
  /** The fields at the beginning, and now. */
  start: Fields;
  fields: Fields;
  /** What is wrong, as far as it is shown. */
  errors: FieldErrors<Field>;
  /** Whether the form itself finds nothing wrong. */
  isWhole: boolean;
  hasRefusedField: boolean;
  /** How often a button tried to send the form. */
  attempts: number;
  isChanged: boolean;
  /** Whether the form has what was entered before the session ended. */
  isRestored: boolean;
  enter: (entered: Partial<Fields>) => void;
  /** Notes a try to send the form. @returns whether nothing stops it */
  check: () => boolean;
  /** Begins again with these fields, without what was entered. */
  begin: (fields: Fields) => void;
  /** Takes over what somebody else changed, and keeps what this person entered. */
  rebase: (theirs: Fields) => void;
}

/** The fields that a person changed. */
export function enteredFields<Fields extends object>(start: Fields, fields: Fields): Partial<Fields> {
  const isSame = (field: string, value: unknown) =>
    JSON.stringify(start[field as keyof Fields]) === JSON.stringify(value);
  return Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => !isSame(field, value)),
  ) as Partial<Fields>;
}

/** What is wrong by two accounts: at a field, what the form itself finds comes first. */
export const mergedErrors = <Field extends PropertyKey>(
  own: FieldErrors<Field>,
  refused: FieldErrors<Field>,
): FieldErrors<Field> => ({ ...refused, ...own });

/** The names of the fields that are texts. */
export type TextFieldOf<Fields> = { [Key in keyof Fields]: string extends Fields[Key] ? Key : never }[keyof Fields];

/** The value of a field, what is wrong with it, and how it is entered. */
export const fieldEntry = <Fields>({ fields, errors, enter }: FormState<Fields>, field: TextFieldOf<Fields>) => ({
  value: fields[field] as string,
  error: errors[field] as string | undefined,
  setValue: (value: string) => enter({ [field]: value } as Partial<Fields>),
});

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
export function useVersion<Known extends { version: number }>(record: Known, adopt: (theirs: Known) => void) {
  const [before, begin] = useState(record);
  const [isRefused, setIsRefused] = useState(false);
  if (isRefused && record.version !== before.version) {
    adopt(record);
    begin(record);
    setIsRefused(false);
  }
  return { before, begin, refuse: () => setIsRefused(true) };
}
