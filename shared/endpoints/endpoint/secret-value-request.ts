/** The parts of a request that set a token or a signing secret. */
import * as z from 'zod/mini';
import { maxKeyLength, maxTokenLength, minTokenLength } from '../credential/token.ts';
import { settingsChangeSchema } from '../settings/settings.ts';
import { defaultGraceSeconds, maxGraceSeconds } from './grace.ts';
import { fileManagerRequestSchema } from './managed-by.ts';

/**
 * Whether a text is a placeholder from a guide, such as `whsec_…` or `<your secret>`. A key in PEM is not a
 * placeholder.
 */
const isPlaceholder = (text: string): boolean => /…|\.{3}\s*$|^\s*<[^<>]*>\s*$/.test(text);

/** A value that the sender chose: a token, a signing secret, or the sender's public key. */
const secretText = z.string().check(
  z.refine((text) => !isPlaceholder(text), {
    error: 'looks like a placeholder from the documentation; paste the secret that the sender shows',
    abort: true,
  }),
  z.regex(
    new RegExp(`^[\\x20-\\x7e\\r\\n]{${minTokenLength},${maxKeyLength}}$`),
    `must be ${minTokenLength} to ${maxTokenLength} printable ASCII characters, or a key of at most ${maxKeyLength}`,
  ),
);

/** The values that an operator may choose. Hooklatch generates the others, or a rotation keeps them. */
const dictatedValues = { value: z.optional(secretText), signingSecret: z.optional(secretText) };

export const dictatedValuesSchema = z.strictObject(dictatedValues);

/** A file that brings a value says in the same write where it takes it from. */
const byFile = { managedBy: z.optional(fileManagerRequestSchema) };

/** The request for a first value. */
export const firstValuesSchema = z.strictObject({ ...dictatedValues, ...byFile });

/** The settings of the grace, in which the previous values stay live after the change. */
const graceFields = {
  graceSeconds: z._default(z.int().check(z.minimum(0), z.maximum(maxGraceSeconds)), defaultGraceSeconds),
  force: z._default(z.boolean(), false),
};

export const graceSchema = z.strictObject(graceFields);

/** Values that replace the live ones. */
export const newValuesSchema = z.strictObject({ ...dictatedValues, ...graceFields, ...byFile });

/** Settings, and the new values if the auth changes. */
export const configurationSchema = z
  .strictObject({ ...settingsChangeSchema.shape, values: z.optional(newValuesSchema) })
  .check(
    z.refine(({ auth, values }) => values === undefined || auth !== undefined, {
      error: 'can be sent only together with auth; send auth too, or rotate the token',
      path: ['values'],
    }),
  );
