/** A stage, where it is deployed, and what all its resources get. */
import { z } from 'zod';
import { type Setting, text } from './setting.ts';

/** Deployment stages. A stage is part of names and prefixes, never of a URL's path. */
const stages = ['dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

export const stage = {
  schema: z.enum(stages).default('dev'),
  advice: `use ${stages.join(' or ')}`,
} satisfies Setting;

/** Whether a stage keeps its data when the stack is removed. */
export const keepsData = (stage: Stage): boolean => stage !== 'dev';

/** A text, because a number would lose the zeros at its beginning. Without it, the credentials decide. */
export const account = text({
  form: /^\d{12}$/,
  description: 'The AWS account of the stage. A deployment with credentials of another account fails.',
  advice: 'write the 12 digits of the AWS account as a text, like "123456789012"',
});

/** Without it, the AWS configuration of the caller decides. */
export const region = text({
  form: /^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/,
  description: 'The AWS region of the stage, such as eu-central-1.',
  advice: 'use the name of an AWS region, like eu-central-1',
});

/** Stages that share an account are each deployed by a bootstrap of its own, whose rights are confined. */
export const bootstrapQualifier = text({
  form: /^[A-Za-z0-9_-]{1,10}$/,
  description: 'The qualifier of the cdk bootstrap that deploys this stage.',
  advice: 'use the --qualifier of cdk bootstrap, up to 10 letters and digits',
});

export const permissionsBoundary = text({
  form: /^[\w+=,.@-]{1,128}$/,
  description: 'The name of a managed policy of the account, which limits every role of this stage.',
  advice: 'use the name of a managed policy, like hooklatch-dev-boundary-eu-central-1',
});

/** Lambda takes 4 KB of environment variables for all settings together. */
const longestTags = 1_024;

const tagText = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .regex(/^[\p{L}\p{N} _.:/=+@-]+$/u);

/** `key=value`, several with commas. */
const tagsFromText = (text: string): Record<string, string> =>
  Object.fromEntries(text.split(',').map((pair) => /^([^=]*)=?(.*)$/s.exec(pair)?.slice(1) as [string, string]));

/** The tags that AWS takes, but for those that AWS and Hooklatch keep for themselves. */
export const tags = {
  schema: z
    .record(tagText(128).regex(/^(?!(aws|hooklatch):)/i), tagText(256))
    .refine((all) => JSON.stringify(all).length <= longestTags)
    .describe('Tags of the stacks, and of the secrets that are made at run time.'),
  advice: `write them like {"team": "payments"}, or -c tags=team=payments; keys don't begin with aws: or hooklatch:, and all together have at most ${longestTags} characters`,
  fromText: tagsFromText,
} satisfies Setting;
