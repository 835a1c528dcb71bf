import { nearest } from '../../shared/ground/base/nearest.ts';
import { alarmEmail, alarmTopic, warningEmail, warningTopic } from './alarm-target.ts';
import { certificateArn, domainName, mtlsTruststore, originSha256, publicUrl } from './api-address.ts';
import {
  dispatchConcurrency,
  eventShards,
  replayCeiling,
  reservedConcurrency,
  senderBurst,
  senderRate,
  warmThroughput,
} from './capacity.ts';
import { managedConnections, tokenReminderDays } from './connections.ts';
import { edgeSettings } from './edge.ts';
import { oidcSettings } from './oidc.ts';
import type { Setting } from './setting.ts';
import { SettingError } from './setting-error.ts';
import { account, bootstrapQualifier, permissionsBoundary, region, tags } from './stage.ts';
import { allowPrivate, exampleRules } from './targets.ts';

/**
 * Each setting that the file of a stage can have. `-c name=value` and the context of cdk.json have the same names. All that is said
 * of settings elsewhere is derived from this list: `npm run stage-schema` writes the JSON Schema of the file from it, and the
 * constructs check their props by it.
 */
export const fileSettings = {
  account,
  region,
  bootstrapQualifier,
  permissionsBoundary,
  publicUrl,
  eventShards,
  alarmTopic,
  alarmEmail,
  warningTopic,
  warningEmail,
  senderRate,
  senderBurst,
  reservedConcurrency,
  exampleRules,
  replayCeiling,
  dispatchConcurrency,
  tokenReminderDays,
  warmThroughput,
  tags,
  managedConnections,
  allowPrivate,
  ...oidcSettings,
  domainName,
  certificateArn,
  mtlsTruststore,
  originSha256,
  ...edgeSettings,
} satisfies Record<string, Setting>;

/** The settings that say which file is read, so no file can have them. */
const choosingSettings = ['stage', 'stageFile'] as const;

export type FileSettingName = keyof typeof fileSettings;
export type SettingName = (typeof choosingSettings)[number] | FileSettingName;

export const fileSettingNames = Object.keys(fileSettings) as FileSettingName[];
export const settingNames: readonly SettingName[] = [...choosingSettings, ...fileSettingNames];

/**
 * Refuses a mistyped setting, which CDK would ignore. The context also contains names of CDK and of other tools. So
 * only a name that is close to one of these settings counts as a typing mistake.
 * @param given the names in the context
 * @throws SettingError with the setting that was probably meant
 */
export function checkSettingNames(given: readonly string[]): void {
  for (const name of given.filter((each) => !settingNames.some((known) => known === each))) {
    const meant = nearest(name, settingNames);
    if (meant) throw new SettingError(`-c ${name} is not a setting; did you mean ${meant}?`);
  }
}
