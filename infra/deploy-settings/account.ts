import { z } from 'zod';
import type { Setting } from './setting.ts';

/** A text, because a number would lose the zeros at its beginning. Without it, the credentials decide. */
export const account = {
  schema: z
    .string()
    .regex(/^\d{12}$/)
    .describe('The AWS account of the stage. A deployment with credentials of another account fails.'),
  advice: 'write the 12 digits of the AWS account as a text, like "123456789012"',
} satisfies Setting;
