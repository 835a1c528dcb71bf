/** The parts of a request that set a token or a signing secret. */
import * as z from 'zod/mini';
import { maxKeyLength, maxTokenLength, minTokenLength } from '../credential/token.ts';
import { defaultGraceSeconds, maxGraceSeconds } from '../endpoint/grace.ts';
import { settingsChangeSchema } from '../settings/settings.ts';

/** Whether a text stands for a secret in a guide, such as `whsec_…` or `<your secret>`. A PEM does not have this form. */
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

/** The values that an operator may dictate. The others are generated, or a rotation keeps them. */
export const dictatedValues = { value: z.optional(secretText), signingSecret: z.optional(secretText) };

/** How long the present values stay live beside the new ones. */
export const graceFields = {
  graceSeconds: z._default(z.int().check(z.minimum(0), z.maximum(maxGraceSeconds)), defaultGraceSeconds),
  force: z._default(z.boolean(), false),
};

/** Values that replace the live ones. */
export const newValues = { ...dictatedValues, ...graceFields };

/** Settings, and the new values if the auth changes. */
export const configurationSchema = z
  .strictObject({ ...settingsChangeSchema.shape, values: z.optional(z.strictObject(newValues)) })
  .check(
    z.refine(({ auth, values }) => values === undefined || auth !== undefined, {
      error: 'need the auth that they are for; send auth too, or rotate the token',
      path: ['values'],
    }),
  );
