import type { z } from 'zod';
import { nearest } from '../../shared/base/nearest.ts';
import { accountSchema } from './account.ts';
import { alarmEmailSchema, alarmTopicSchema } from './alarm-target.ts';
import { certificateArnSchema, domainNameSchema, mtlsTruststoreSchema } from './custom-domain.ts';
import {
  edgeCertificateArnSchema,
  edgeDomainSchema,
  edgeOriginSchema,
  edgeRateSchema,
  edgeSecretVersionSchema,
} from './edge.ts';
import { eventShardsSchema } from './event-shards.ts';
import { exampleRulesSchema } from './example-targets.ts';
import { managedConnectionsSchema } from './managed-connections.ts';
import {
  oidcAdminsSchema,
  oidcAudienceSchema,
  oidcDesignersSchema,
  oidcIssuerSchema,
  oidcJwksUriSchema,
  oidcOperatorDaysSchema,
} from './oidc.ts';
import { bootstrapQualifierSchema, permissionsBoundarySchema } from './one-account.ts';
import { originSha256Schema } from './origin-digests.ts';
import { publicUrlSchema } from './public-url.ts';
import { regionSchema } from './region.ts';
import { replayCeilingSchema } from './replay-ceiling.ts';
import { reservedConcurrencySchema } from './reserved-concurrency.ts';
import { senderBurstSchema, senderRateSchema } from './sender-throttle.ts';
import { SettingError } from './setting-error.ts';
import { tagsSchema } from './tags.ts';
import { tokenReminderDaysSchema } from './token-reminder-days.ts';
import { warmThroughputSchema } from './warm-throughput.ts';

/**
 * Each setting that the file of a stage can have, with the schema of its value. `-c name=value` and the context of cdk.json have
 * the same names. `npm run stage-schema` writes the JSON Schema of the file from this list.
 */
export const settingSchemas = {
  account: accountSchema,
  region: regionSchema,
  bootstrapQualifier: bootstrapQualifierSchema,
  permissionsBoundary: permissionsBoundarySchema,
  publicUrl: publicUrlSchema,
  eventShards: eventShardsSchema,
  alarmTopic: alarmTopicSchema,
  alarmEmail: alarmEmailSchema,
  senderRate: senderRateSchema,
  senderBurst: senderBurstSchema,
  reservedConcurrency: reservedConcurrencySchema,
  exampleRules: exampleRulesSchema,
  replayCeiling: replayCeilingSchema,
  tokenReminderDays: tokenReminderDaysSchema,
  warmThroughput: warmThroughputSchema,
  tags: tagsSchema,
  managedConnections: managedConnectionsSchema,
  oidcIssuer: oidcIssuerSchema,
  oidcAudience: oidcAudienceSchema,
  oidcJwksUri: oidcJwksUriSchema,
  oidcAdmins: oidcAdminsSchema,
  oidcDesigners: oidcDesignersSchema,
  oidcOperatorDays: oidcOperatorDaysSchema,
  domainName: domainNameSchema,
  certificateArn: certificateArnSchema,
  mtlsTruststore: mtlsTruststoreSchema,
  originSha256: originSha256Schema,
  edgeOrigin: edgeOriginSchema,
  edgeSecretVersion: edgeSecretVersionSchema,
  edgeDomain: edgeDomainSchema,
  edgeCertificateArn: edgeCertificateArnSchema,
  edgeRate: edgeRateSchema,
} satisfies Record<string, z.ZodType>;

/** The settings that say which file is read, so no file can have them. */
const choosingSettings = ['stage', 'stageFile'] as const;

export type FileSettingName = keyof typeof settingSchemas;
export type SettingName = (typeof choosingSettings)[number] | FileSettingName;

export const fileSettingNames = Object.keys(settingSchemas) as FileSettingName[];
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
