/** What the API finds wrong with a request, at the fields of a form. */
import { ApiError } from '../../../shared/operators/api/api-error.ts';
import { faultSentence, faultsOf } from '../../../shared/operators/api/field-name.ts';
import { texts } from './answer-words.ts';
import type { FieldErrors } from './form-fields.ts';

type Fault = ReturnType<typeof faultsOf>[number];

/** The field of a form that has a fault, and the word for what is wrong in it. */
interface Place<Field> {
  field: Field;
  subject: string;
}

/**
 * Each field has the first of its faults.
 * @param placeOf undefined if no field has the fault
 * @returns nothing if the error is about something else
 */
export function refusedAt<Field extends PropertyKey>(
  error: unknown,
  placeOf: (fault: Fault) => Place<Field> | undefined,
): FieldErrors<Field> {
  const refused: FieldErrors<Field> = {};
  if (!(error instanceof ApiError)) return refused;
  for (const fault of faultsOf(error.problem)) {
    const place = placeOf(fault);
    if (place) refused[place.field] ??= faultSentence(fault, place.subject, error.code, texts.said);
  }
  return refused;
}
