import { z } from 'zod';
import type { Setting } from './setting.ts';

/** Deployment stages. A stage is part of names and prefixes, never of a URL's path. */
const stages = ['dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

export const stage = {
  schema: z.enum(stages).default('dev'),
  advice: `use ${stages.join(' or ')}`,
} satisfies Setting;

/** Whether a stage keeps its data when the stack is removed. */
export const keepsData = (stage: Stage): boolean => stage !== 'dev';
