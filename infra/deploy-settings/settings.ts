import type { OidcSettings } from '../../shared/operators/operator/oidc-settings.ts';
import type { Throttle } from '../throttles.ts';
import { type AlarmTargets, alarmTargetsOf } from './alarm-target.ts';
import { customDomainOf, type DomainSettings, originDigestsOf } from './api-address.ts';
import { type EdgeSettings, edgeOf } from './edge.ts';
import { oidcOf } from './oidc.ts';
import { readerOf, readSetting } from './setting.ts';
import { SettingError, UnusableValue } from './setting-error.ts';
import { checkSettingNames, type FileSettingName, fileSettings } from './setting-names.ts';
import { type Stage, stage as stageSetting } from './stage.ts';
import { readStageFile, type StageFile } from './stage-file.ts';
import { type ExampleTarget, exampleTargetsOf } from './targets.ts';

/** The settings of a deployment: the file of its stage, `-c name=value`, or the context of cdk.json. */
export interface DeploymentSettings extends AlarmTargets {
  stage: Stage;
  /** Where the stacks are; what is absent comes from the credentials and the AWS configuration of the caller. */
  env: { account?: string; region?: string };
  /** The qualifier of the bootstrap that deploys the stage; undefined for CDK's own. */
  bootstrapQualifier: string | undefined;
  /** The name of the policy that limits every role; undefined for none. */
  boundaryPolicy: string | undefined;
  /** The URL at which senders reach the API; undefined for the API's own endpoint. */
  publicUrl: string | undefined;
  /** The number of index partitions for the events of one connection. */
  eventShards: number;
  /** The number of requests that each public route takes, from all senders together. */
  senders: Throttle;
  /** Concurrent executions that are reserved for each of the two functions that answer senders. */
  reservedConcurrency: number | undefined;
  /** The targets of the example rules on the bus. */
  exampleTargets: ExampleTarget[];
  /** The highest rate of a replay, in events a second. */
  replayCeiling: number;
  /** How many batches of webhooks are sent to destinations at the same time. */
  dispatchConcurrency: number;
  /** A token that is older than so many days is reported on the bus; undefined for none. */
  tokenReminderDays: number | undefined;
  /** Events a second that the tables take at once; undefined for what AWS gives a new table. */
  warmThroughput: number | undefined;
  /** Tags of the stacks, and of the secrets that are made at run time. */
  tags: Record<string, string>;
  /** Whether stacks can have connections of this gateway. */
  managedConnections: boolean;
  /** Ranges of private addresses at which destinations may be. */
  allowPrivate: string[];
  /** The OpenID Connect issuer whose tokens operators may use; undefined for none. */
  oidc: OidcSettings | undefined;
  /** The domain of the API; undefined for the API's own endpoint. */
  customDomain: DomainSettings | undefined;
  /** SHA-256 of each value that CloudFront may add as a secret header; empty without CloudFront. */
  originDigests: string[];
  /** The distribution of CloudFront in front of the API; undefined for none, or for one that is not made here. */
  edge: EdgeSettings | undefined;
  /** Sentences for the operator about settings that do not work completely yet. */
  warnings: string[];
}

type Given = Readonly<Partial<Record<FileSettingName, unknown>>>;

const noWayThroughCloudFront =
  'originSha256 needs publicUrl, edgeDomain or edgeOrigin: without one, the URLs that operators copy lead to the API itself, which then answers 403 to each request; set publicUrl to the URL of CloudFront';
/** CloudFront chooses the name of a distribution without a domain when it makes it. */
const secondRunNeeded =
  'The URLs that operators copy do not lead to CloudFront yet, so each request to them is answered 403. Deploy a second time with publicUrl=https://… and the output DistributionDomain of the edge stack.';

function settingsOf(given: Given, stage: Stage): DeploymentSettings {
  const read = readerOf(fileSettings, given);
  const [account, region] = [read('account'), read('region')];
  const originDigests = originDigestsOf(given.originSha256);
  const customDomain = customDomainOf(given.domainName, given.certificateArn, given.mtlsTruststore, region);
  const edge = edgeOf(given, { digests: originDigests, domain: customDomain, region });
  const ownDomain = edge?.domain?.name ?? customDomain?.domainName;
  const publicUrl = read('publicUrl');
  const leadsToCloudFront = publicUrl !== undefined || edge?.domain !== undefined;
  if (originDigests.length > 0 && !leadsToCloudFront && !edge) throw new SettingError(noWayThroughCloudFront);
  return {
    stage,
    env: { ...(account && { account }), ...(region && { region }) },
    bootstrapQualifier: read('bootstrapQualifier'),
    boundaryPolicy: read('permissionsBoundary'),
    publicUrl: publicUrl ?? (ownDomain && `https://${ownDomain}`),
    eventShards: read('eventShards'),
    ...alarmTargetsOf(given),
    senders: { rate: read('senderRate'), burst: read('senderBurst') },
    reservedConcurrency: read('reservedConcurrency'),
    exampleTargets: exampleTargetsOf(read('exampleRules')),
    replayCeiling: read('replayCeiling'),
    dispatchConcurrency: read('dispatchConcurrency'),
    tokenReminderDays: read('tokenReminderDays'),
    warmThroughput: read('warmThroughput'),
    tags: read('tags') ?? {},
    managedConnections: read('managedConnections'),
    allowPrivate: read('allowPrivate') ?? [],
    oidc: oidcOf(given, stage),
    customDomain,
    originDigests,
    edge,
    warnings: edge && !leadsToCloudFront ? [secondRunNeeded] : [],
  };
}

/** The error with the name of the file, unless the value is of the command line. */
function namingFile(error: SettingError, { path, settings }: StageFile, context: object): SettingError {
  if (!(error instanceof UnusableValue)) return new SettingError(`${path}: ${error.message}`, { cause: error });
  const { setting, advice } = error;
  if (setting in context) return error;
  const value = JSON.stringify(settings[setting]);
  return new SettingError(`${path}: ${setting} can't be ${value}; ${advice}`, { cause: error });
}

/**
 * Reads all settings: those of the context of the app, and for the others those of the stage's file.
 * @param folder the folder with the files of the stages; none is read without it
 * @throws SettingError for a value that can't be used, and for a mistyped name
 */
export function readDeploymentSettings(
  context: Readonly<Record<string, unknown>>,
  folder?: string,
): DeploymentSettings {
  checkSettingNames(Object.keys(context));
  const stage = readSetting('stage', stageSetting, context['stage']);
  const file = folder === undefined ? undefined : readStageFile(folder, stage, context['stageFile']);
  const given = { ...file?.settings, ...context };
  try {
    return settingsOf(given, stage);
  } catch (error) {
    throw file && error instanceof SettingError ? namingFile(error, file, context) : error;
  }
}
