/** The fields of a form: what a person entered, and what is wrong with it. */

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
