/** Refuses props of a gateway that could not be settings of a deployment either: both have the same schemas. */
import type { Construct } from 'constructs';
import { noUrgentTarget } from './deploy-settings/alarm-target.ts';
import { type OidcContext, oidcOf } from './deploy-settings/oidc.ts';
import { readSetting, type Setting } from './deploy-settings/setting.ts';
import { SettingError, UnusableValue } from './deploy-settings/setting-error.ts';
import { fileSettings, type SettingName } from './deploy-settings/setting-names.ts';
import { stage } from './deploy-settings/stage.ts';
import { isUnknown } from './unknown-value.ts';
import type { WebhookGatewayProps } from './webhook-gateway-props.ts';

const settings: Readonly<Record<string, Setting>> = { stage, ...fileSettings };

/** A setting, where the props have it, its value there, and its value in a file of a stage. */
type Row = readonly [setting: string, prop: string, value: unknown, inFile: unknown];

/** A list in the props is a text with commas in a file, which has no empty one. */
const joined = (list: readonly string[] | undefined) => list?.join(',') || undefined;

function oidcRows({ oidc }: WebhookGatewayProps): Row[] {
  if (!oidc) return [];
  const { issuer, audience, jwksUri, operatorDays, roles } = oidc;
  const rulesOf = (wanted: string) =>
    roles.flatMap(({ role, claim, value }) => (role === wanted ? [`${claim}=${value}`] : []));
  return [
    ['oidcIssuer', 'oidc.issuer', issuer, issuer],
    ['oidcAudience', 'oidc.audience', audience, audience],
    ['oidcJwksUri', 'oidc.jwksUri', jwksUri, jwksUri],
    ['oidcOperatorDays', 'oidc.operatorDays', operatorDays, operatorDays],
    ['oidcAdmins', 'oidc.roles', roles, rulesOf('connection_admin')],
    ['oidcDesigners', 'oidc.roles', roles, rulesOf('flow_designer')],
  ];
}

/** The props that have another form than their setting. */
function rowsOfOtherForms({ senders, exampleTargets, originDigests, domain }: WebhookGatewayProps): Row[] {
  const truststore = domain?.mtlsTruststore;
  return [
    ['senderRate', 'senders.rate', senders?.rate, senders?.rate],
    ['senderBurst', 'senders.burst', senders?.burst, senders?.burst],
    ['exampleRules', 'exampleTargets', exampleTargets, joined(exampleTargets)],
    ['originSha256', 'originDigests', originDigests, joined(originDigests)],
    ['domainName', 'domain.domainName', domain?.domainName, domain?.domainName],
    [
      ...(['mtlsTruststore', 'domain.mtlsTruststore', truststore] as const),
      truststore && `s3://${truststore.bucket}/${truststore.key}`,
    ],
  ];
}

/** The props that have the name and the form of their setting. The topics of a gateway are constructs, those of a file ARNs. */
type SameForm = Exclude<keyof WebhookGatewayProps & SettingName, 'alarmTopic' | 'warningTopic'>;

function rowsOfSameForm(props: WebhookGatewayProps): Row[] {
  const { stage, publicUrl, reservedConcurrency, eventShards, replayCeiling, tokenReminderDays } = props;
  const { warmThroughput, tags, managedConnections, allowPrivate, dispatchConcurrency } = props;
  // The compiler asks for each.
  const values: Record<SameForm, unknown> = {
    stage,
    publicUrl,
    reservedConcurrency,
    eventShards,
    replayCeiling,
    dispatchConcurrency,
    tokenReminderDays,
    warmThroughput,
    tags,
    managedConnections,
    allowPrivate,
  };
  return Object.entries(values).map(([name, value]) => [name, name, value, value]);
}

function checkTopics({ alarmTopic, warningTopic }: WebhookGatewayProps): void {
  if (warningTopic && !alarmTopic) throw new SettingError(noUrgentTarget);
}

function checkRows(rows: readonly Row[]): void {
  for (const [name, , , value] of rows) {
    const { schema, advice } = settings[name] as Setting;
    if (!isUnknown(value)) readSetting(name, { schema, advice }, value);
  }
}

/**
 * Checks the props of a gateway. Leaves out what only CloudFormation knows.
 * @throws an error that begins with the path of the gateway, and names the prop and what to use instead
 */
export function checkGatewayProps({ node: { path } }: Construct, props: WebhookGatewayProps): void {
  const ofOidc = oidcRows(props);
  const rows = [...rowsOfSameForm(props), ...rowsOfOtherForms(props), ...ofOidc];
  try {
    checkRows(rows);
    const context: OidcContext = Object.fromEntries(ofOidc.map(([name, , , inFile]) => [name, inFile]));
    if (!isUnknown(props.oidc)) oidcOf(context, props.stage);
    checkTopics(props);
  } catch (error) {
    if (!(error instanceof SettingError)) throw error;
    if (!(error instanceof UnusableValue)) throw new Error(`${path}: ${error.message}`, { cause: error });
    const [, prop, value] = rows.find(([name]) => name === error.setting) ?? [];
    throw new Error(`${path}: ${prop} can't be ${JSON.stringify(value)}; ${error.advice}`, { cause: error });
  }
}
