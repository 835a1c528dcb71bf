/** The state of the form for a destination. */
import { useState } from 'react';
import { type DestinationFields, enteredFields, errorsOf, refusedFields } from './destination-fields.ts';

export interface DestinationForm {
  /** The fields at the beginning, and now. */
  start: DestinationFields;
  fields: DestinationFields;
  enter: (entered: Partial<DestinationFields>) => void;
  /** What is wrong. Before the first try, only what the API has refused. */
  errors: ReturnType<typeof errorsOf>;
  hasRefusedField: boolean;
  attempts: number;
  isChanged: boolean;
  /** Notes a try to send the form. @returns whether nothing stops it */
  check: () => boolean;
  /** Takes over what somebody else changed, and keeps what this person entered. */
  rebase: (theirs: DestinationFields) => void;
}

/**
 * @param first the fields at the beginning
 * @param error why the last request was refused
 * @param clear forgets it, because what the API found wrong before may be right now
 */
export function useDestinationForm(first: DestinationFields, error: unknown, clear: () => void): DestinationForm {
  const [start, setStart] = useState(first);
  const [fields, setFields] = useState(first);
  const [attempts, setAttempts] = useState(0);
  const refused = refusedFields(error, fields);
  const hasRefusedField = Object.keys(refused).length > 0;
  return {
    start,
    fields,
    errors: { ...refused, ...(attempts > 0 && errorsOf(start, fields)) },
    hasRefusedField,
    attempts,
    isChanged: Object.keys(enteredFields(start, fields)).length > 0,
    enter(entered) {
      setFields({ ...fields, ...entered });
      if (hasRefusedField) clear();
    },
    check() {
      setAttempts(attempts + 1);
      return Object.keys(errorsOf(start, fields)).length === 0;
    },
    rebase(theirs) {
      setStart(theirs);
      setFields({ ...theirs, ...enteredFields(start, fields) });
    },
  };
}
