import type { OidcSettings } from '../../shared/endpoint/oidc-settings.ts';
import type { Throttle } from '../throttles.ts';
import { type AlarmTarget, alarmTargetOf } from './alarm-target.ts';
import { type CustomDomain, customDomainOf } from './custom-domain.ts';
import { type EdgeSettings, edgeOf } from './edge.ts';
import { eventShardsOf } from './event-shards.ts';
import { type ExampleTarget, exampleTargetsOf } from './example-targets.ts';
import { oidcOf } from './oidc.ts';
import { originDigestsOf } from './origin-digests.ts';
import { publicUrlOf } from './public-url.ts';
import { replayCeilingOf } from './replay-ceiling.ts';
import { reservedConcurrencyOf } from './reserved-concurrency.ts';
import { senderThrottleOf } from './sender-throttle.ts';
import { checkSettingNames, type SettingName } from './setting-names.ts';
import { type Stage, stageOf } from './stage.ts';
import { tokenReminderDaysOf } from './token-reminder-days.ts';

/** The settings of a deployment: `-c name=value`, or the context of cdk.json. Each has a file in this folder. */
export interface Settings {
  stage: Stage;
  /** The URL at which senders reach the API; undefined for the API's own endpoint. */
  publicUrl: string | undefined;
  /** The number of index partitions for the events of one connection. */
  eventShards: number;
  /** The receiver of alarms; undefined for nobody. */
  alarmTarget: AlarmTarget | undefined;
  /** The number of requests that each public route takes, from all senders together. */
  senders: Throttle;
  /** Concurrent executions that are reserved for each of the two functions that answer senders. */
  reservedConcurrency: number | undefined;
  /** The targets of the example rules on the bus. */
  exampleTargets: ExampleTarget[];
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  /** A token that is older than so many days is reported on the bus; undefined for none. */
  tokenReminderDays: number | undefined;
  /** The OpenID Connect issuer whose tokens operators may use; undefined for none. */
  oidc: OidcSettings | undefined;
  /** The domain of the API; undefined for the API's own endpoint. */
  customDomain: CustomDomain | undefined;
  /** SHA-256 of each value that CloudFront may add as a secret header; empty without CloudFront. */
  originDigests: string[];
  /** The distribution of CloudFront in front of the API; undefined for none, or for one that is not made here. */
  edge: EdgeSettings | undefined;
}

/**
 * Reads all settings from the context of the app.
 * @throws SettingError for a value that can't be used, and for a mistyped name
 */
export function readSettings(context: Readonly<Record<string, unknown>>): Settings {
  checkSettingNames(Object.keys(context));
  const setting = (name: SettingName): unknown => context[name];
  const stage = stageOf(setting('stage'));
  const originDigests = originDigestsOf(setting('originSha256'));
  const customDomain = customDomainOf(setting('domainName'), setting('certificateArn'), setting('mtlsTruststore'));
  const edge = edgeOf(
    {
      edgeOrigin: setting('edgeOrigin'),
      edgeSecretVersion: setting('edgeSecretVersion'),
      edgeDomain: setting('edgeDomain'),
      edgeCertificateArn: setting('edgeCertificateArn'),
      edgeRate: setting('edgeRate'),
    },
    { digests: originDigests, domain: customDomain },
  );
  const ownDomain = edge?.domain?.name ?? customDomain?.domainName;
  return {
    stage,
    publicUrl: publicUrlOf(setting('publicUrl')) ?? (ownDomain && `https://${ownDomain}`),
    eventShards: eventShardsOf(setting('eventShards')),
    alarmTarget: alarmTargetOf(setting('alarmTopic'), setting('alarmEmail')),
    senders: senderThrottleOf(setting('senderRate'), setting('senderBurst')),
    reservedConcurrency: reservedConcurrencyOf(setting('reservedConcurrency')),
    exampleTargets: exampleTargetsOf(setting('exampleRules')),
    replayCeiling: replayCeilingOf(setting('replayCeiling')),
    tokenReminderDays: tokenReminderDaysOf(setting('tokenReminderDays')),
    oidc: oidcOf(
      {
        oidcIssuer: setting('oidcIssuer'),
        oidcAudience: setting('oidcAudience'),
        oidcJwksUri: setting('oidcJwksUri'),
        oidcAdmins: setting('oidcAdmins'),
        oidcDesigners: setting('oidcDesigners'),
      },
      stage,
    ),
    customDomain,
    originDigests,
    edge,
  };
}
