/** Settings for stages that share an account: each is deployed by a bootstrap of its own, whose rights are confined. */
import { z } from 'zod';
import { unusable } from './setting-error.ts';

export const bootstrapQualifierSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,10}$/)
  .describe('The qualifier of the cdk bootstrap that deploys this stage.');
export const permissionsBoundarySchema = z
  .string()
  .regex(/^[\w+=,.@-]{1,128}$/)
  .describe('The name of a managed policy of the account, which limits every role of this stage.');

/** Reads `bootstrapQualifier`. @throws SettingError for a text that can't be a qualifier */
export function bootstrapQualifierOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { data } = bootstrapQualifierSchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable('bootstrapQualifier', value, 'use the --qualifier of cdk bootstrap, up to 10 letters and digits');
}

/** Reads `permissionsBoundary`. @throws SettingError for a text that can't be the name of a policy */
export function permissionsBoundaryOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  const { data } = permissionsBoundarySchema.safeParse(value);
  if (data !== undefined) return data;
  throw unusable(
    'permissionsBoundary',
    value,
    'use the name of a managed policy, like hooklatch-dev-boundary-eu-central-1',
  );
}
