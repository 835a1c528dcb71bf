/** The settings of a deployment, as `-c name=value` and `cdk.json` name them. */
import { nearest } from '../shared/base/nearest.ts';

export const settingNames = [
  'stage',
  'publicUrl',
  'eventShards',
  'alarmTopic',
  'alarmEmail',
  'senderRate',
  'senderBurst',
  'reservedConcurrency',
  'exampleRules',
  'replayCeiling',
] as const;
export type SettingName = (typeof settingNames)[number];

/**
 * Refuses a mistyped setting, which CDK would ignore. Context also holds what CDK itself and its tools name, so only what
 * is near one of our names is taken for a mistake.
 * @param given the names that the context has
 * @throws with the setting that was meant
 */
export function checkSettingNames(given: readonly string[]): void {
  for (const name of given.filter((each) => !settingNames.some((known) => known === each))) {
    const meant = nearest(name, settingNames);
    if (meant) throw new Error(`-c ${name} is not a setting; did you mean ${meant}?`);
  }
}
