import * as z from 'zod/mini';

/** The longest name of an operator, in characters. */
const maxOperatorName = 64;

/** The name of an operator, which is for people. */
export const operatorNameSchema = z
  .string()
  .check(
    z.regex(/^[^\s\p{C}](?:[^\p{C}]*[^\s\p{C}])?$/u, 'must have no control characters, and no white space at its ends'),
    z.maxLength(maxOperatorName),
  );
