import { unusable } from './setting-error.ts';

/** Deployment stages. A stage is part of names and prefixes, never of a URL's path. */
const stages = ['dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** The stage if `-c stage` is not set. */
const defaultStage: Stage = 'dev';

/** Reads `stage`. @throws SettingError for an unknown stage */
export function stageOf(value: unknown): Stage {
  if (value === undefined) return defaultStage;
  const stage = stages.find((known) => known === value);
  if (stage) return stage;
  throw unusable('stage', value, `use ${stages.join(' or ')}`);
}

/** Whether a stage keeps its data when the stack is removed. */
export const keepsData = (stage: Stage): boolean => stage !== 'dev';
