import { z } from 'zod';
import type { Setting } from './setting.ts';

/** Without it, the AWS configuration of the caller decides. */
export const region = {
  schema: z
    .string()
    .regex(/^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/)
    .describe('The AWS region of the stage, such as eu-central-1.'),
  advice: 'use the name of an AWS region, like eu-central-1',
} satisfies Setting;
