import { nearest } from '../../shared/base/nearest.ts';
import { SettingError } from './setting-error.ts';

/** The settings of a deployment, as `-c name=value` and the context of cdk.json name them. */
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
  'tokenReminderDays',
  'oidcIssuer',
  'oidcAudience',
  'oidcJwksUri',
  'oidcAdmins',
  'oidcDesigners',
  'domainName',
  'certificateArn',
  'mtlsTruststore',
  'originSha256',
  'edgeOrigin',
  'edgeSecretVersion',
  'edgeDomain',
  'edgeCertificateArn',
  'edgeRate',
] as const;
export type SettingName = (typeof settingNames)[number];

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
