/** Settings for stages that share an account: each is deployed by a bootstrap of its own, whose rights are confined. */
import { z } from 'zod';
import type { Setting } from './setting.ts';

export const bootstrapQualifier = {
  schema: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,10}$/)
    .describe('The qualifier of the cdk bootstrap that deploys this stage.'),
  advice: 'use the --qualifier of cdk bootstrap, up to 10 letters and digits',
} satisfies Setting;

export const permissionsBoundary = {
  schema: z
    .string()
    .regex(/^[\w+=,.@-]{1,128}$/)
    .describe('The name of a managed policy of the account, which limits every role of this stage.'),
  advice: 'use the name of a managed policy, like hooklatch-dev-boundary-eu-central-1',
} satisfies Setting;
