/** Every setting reaches the template: those of a deployment, and the props of a gateway. The compiler asks for the row of a new one. */
import { beforeAll, expect, test } from '@jest/globals';
import type { SettingName } from '../../infra/deploy-settings/setting-names.ts';
import type { WebhookGatewayProps } from '../../infra/webhook-gateway-props.ts';
import type { Template } from '../../local/cloudformation/template.ts';
import {
  edgeTemplate,
  functionsIn,
  ofType,
  stackTags,
  theOwnApp,
  theTemplate,
  theTemplates,
  type Variant,
  variants,
} from './given-template.ts';

/** What a template has for a setting, as a list without repeats. */
type Reader = (template: Template) => unknown[];

const distinct = (values: unknown[]): unknown[] =>
  [...new Set(values.filter((each) => each !== undefined).map((each) => JSON.stringify(each)))].map((text) =>
    JSON.parse(text),
  );

/** A value from the properties of each resource of a type. */
// biome-ignore lint/suspicious/noExplicitAny: a template's properties have no type here.
const from = (type: string, take: (properties: any) => unknown): Reader => {
  return (template) => distinct(ofType(template, type).map(({ properties }) => take(properties)));
};
/** The values of an environment variable of the functions. */
const variable = (name: string): Reader => {
  return (template) => distinct(functionsIn(template).map(({ properties }) => properties.Environment?.Variables[name]));
};
const oidc =
  (take: (settings: Record<string, unknown>) => unknown): Reader =>
  (template) =>
    variable('OIDC')(template).map((text) => take(JSON.parse(String(text))));
const roleOf = (role: string) =>
  oidc(({ roles }) => (roles as { role: string; value: string }[]).find((each) => each.role === role)?.value);
const throttle = (limit: string) =>
  from('AWS::ApiGatewayV2::Stage', ({ RouteSettings }) => RouteSettings['ANY /hooks/{connection}/{endpointId}'][limit]);
const origin = (take: (origin: Record<string, string>) => unknown) =>
  from('AWS::CloudFront::Distribution', ({ DistributionConfig }) => take(DistributionConfig.Origins[0]));
const managing = from('AWS::Lambda::Function', ({ Description }) =>
  String(Description).includes('manage-connection') ? Description : undefined,
);
const bus = from('AWS::Events::EventBus', ({ Name }) => Name);

const certificate = ':123456789012:certificate/01234567-89ab-cdef-0123-456789abcdef';

/** These say where the stack is, and where the other settings are: see deploy-settings/stage-file.test.ts. */
type NotInTheTemplate = 'account' | 'region' | 'stageFile';

/** For each setting: a variant that has it, and what its template, or the template of its edge, then has. */
const settings = {
  stage: ['prod', bus, ['hooklatch-prod']],
  bootstrapQualifier: [
    'confined',
    ({ Parameters }) => [Parameters?.['BootstrapVersion']?.Default],
    ['/cdk-bootstrap/hookdev/version'],
  ],
  permissionsBoundary: [
    'confined',
    from('AWS::IAM::Role', ({ PermissionsBoundary }) => PermissionsBoundary),
    ['arn:aws:iam::123456789012:policy/hooklatch-dev-boundary-eu-central-1'],
  ],
  publicUrl: ['settings', variable('PUBLIC_URL'), ['https://hooks.example.com/in']],
  eventShards: ['settings', variable('EVENT_SHARDS'), ['8']],
  alarmTopic: [
    'alarmTopic',
    from('AWS::CloudWatch::Alarm', ({ AlarmActions }) => AlarmActions),
    [['arn:aws:sns:eu-central-1:123456789012:on-call']],
  ],
  alarmEmail: ['alarmEmail', from('AWS::SNS::Subscription', ({ Endpoint }) => Endpoint), ['on-call@example.com']],
  warningTopic: [
    'settings',
    from('AWS::CloudWatch::Alarm', ({ AlarmActions }) =>
      AlarmActions?.find((each: string) => !each.endsWith(':on-call')),
    ),
    ['arn:aws:sns:eu-central-1:123456789012:team'],
  ],
  warningEmail: [
    'largest',
    from('AWS::SNS::Subscription', ({ Endpoint }) => Endpoint),
    ['on-call@example.com', 'team@example.com'],
  ],
  senderRate: ['settings', throttle('ThrottlingRateLimit'), [20]],
  senderBurst: ['settings', throttle('ThrottlingBurstLimit'), [30]],
  reservedConcurrency: [
    'settings',
    from('AWS::Lambda::Function', ({ ReservedConcurrentExecutions }) => ReservedConcurrentExecutions),
    [50],
  ],
  exampleRules: [
    'queueRule',
    from(
      'AWS::Events::Rule',
      ({ Targets }) => Targets[0].Id === 'Target0' && Targets[0].DeadLetterConfig !== undefined,
    ),
    [false, true],
  ],
  replayCeiling: ['settings', variable('REPLAY_CEILING'), ['2000']],
  dispatchConcurrency: [
    'settings',
    from('AWS::Lambda::EventSourceMapping', ({ ScalingConfig }) => ScalingConfig?.MaximumConcurrency),
    [2],
  ],
  tokenReminderDays: ['settings', variable('TOKEN_REMINDER_DAYS'), ['365']],
  warmThroughput: [
    'settings',
    from('AWS::DynamoDB::Table', ({ WarmThroughput, GlobalSecondaryIndexes = [] }) => [
      WarmThroughput,
      ...GlobalSecondaryIndexes.map((index: Record<string, unknown>) => index['WarmThroughput']),
    ]),
    [
      [{ ReadUnitsPerSecond: 15_000 }, null],
      [{ WriteUnitsPerSecond: 15_000 }, { WriteUnitsPerSecond: 15_000 }],
      [null],
      [null, null, null, null],
    ],
  ],
  tags: [
    'settings',
    variable('SECRET_TAGS'),
    ['[{"Key":"team","Value":"payments"},{"Key":"cost-center","Value":"4 2"}]'],
  ],
  managedConnections: ['largest', managing, ['Hooklatch functions/manage-connection.ts']],
  allowPrivate: ['settings', variable('ALLOW_PRIVATE'), ['10.0.0.0/8,fd00::/8']],
  oidcIssuer: ['settings', oidc(({ issuer }) => issuer), ['https://id.example.com']],
  oidcAudience: ['settings', oidc(({ audience }) => audience), ['hooklatch']],
  oidcJwksUri: ['settings', oidc(({ jwksUri }) => jwksUri), ['https://keys.example.com/jwks']],
  oidcAdmins: ['settings', roleOf('connection_admin'), ['platform']],
  oidcDesigners: ['settings', roleOf('flow_designer'), ['support']],
  oidcOperatorDays: ['settings', variable('OIDC_OPERATOR_DAYS'), ['7']],
  domainName: ['mtls', from('AWS::ApiGatewayV2::DomainName', ({ DomainName }) => DomainName), ['hooks.example.com']],
  certificateArn: [
    'mtls',
    from('AWS::ApiGatewayV2::DomainName', (each) => each.DomainNameConfigurations[0].CertificateArn),
    [`arn:aws:acm:eu-central-1${certificate}`],
  ],
  mtlsTruststore: [
    'mtls',
    from('AWS::ApiGatewayV2::DomainName', (each) => each.MutualTlsAuthentication?.TruststoreUri),
    ['s3://trust/store.pem'],
  ],
  originSha256: ['edge', variable('ORIGIN_DIGESTS'), ['a'.repeat(64)]],
  edgeOrigin: ['edge', origin(({ DomainName }) => DomainName), ['api.example.com']],
  edgeSecretVersion: [
    'edge',
    from('AWS::CloudFront::Distribution', ({ DistributionConfig }) =>
      DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue.replace(/.*:::|}}$/g, ''),
    ),
    ['00000000-0000-4000-8000-000000000001'],
  ],
  edgeDomain: [
    'edge',
    from('AWS::CloudFront::Distribution', ({ DistributionConfig }) => DistributionConfig.Aliases),
    [['hooks.example.com']],
  ],
  edgeCertificateArn: [
    'edge',
    from('AWS::CloudFront::Distribution', (each) => each.DistributionConfig.ViewerCertificate.AcmCertificateArn),
    [`arn:aws:acm:us-east-1${certificate}`],
  ],
  edgeRate: ['edge', from('AWS::WAFv2::WebACL', ({ Rules }) => Rules[0].Statement.RateBasedStatement.Limit), [5000]],
} satisfies Record<Exclude<SettingName, NotInTheTemplate>, [Variant, Reader, unknown[]]>;

const isOfTheEdge = (name: string): boolean => name.startsWith('edge');

/** The template that has a setting. Only the variant `edge` has those of CloudFront. */
const templateWith = async (name: string, variant: Variant): Promise<Template> =>
  isOfTheEdge(name) ? await edgeTemplate() : (await theTemplate(variant)).template;

let plain: Template;
beforeAll(async () => {
  plain = (await theTemplates()).dev;
});

test.each(Object.entries(settings))('the setting %s reaches the template', async (name, [variant, read, expected]) => {
  expect(variants[variant]).toHaveProperty(name);
  expect(read(await templateWith(name, variant))).toEqual(expected);
  expect(read(plain)).not.toEqual(expected);
});

test.each<[Variant, string]>([
  ['settings', 'hooklatch-dev'],
  ['edge', 'hooklatch-prod'],
  ['edge', 'hooklatch-prod-edge-eu-central-1'],
])('the setting tags of %s is on the stack %s, and so on all that the stack has', async (variant, stack) => {
  expect(variants[variant]).toHaveProperty('tags', 'team=payments,cost-center=4 2');
  expect(await stackTags(variant, stack)).toEqual({ team: 'payments', 'cost-center': '4 2' });
});

test('without the setting tags, a stack has none', async () => {
  expect(await stackTags('prod', 'hooklatch-prod')).toBeUndefined();
});

/** For each prop of a gateway: the setting that a deployment passes on to it, or what shows it in an app of one's own. */
const props = {
  stage: 'stage',
  publicUrl: 'publicUrl',
  alarmTopic: 'alarmTopic',
  warningTopic: 'warningTopic',
  reservedConcurrency: 'reservedConcurrency',
  eventShards: 'eventShards',
  replayCeiling: 'replayCeiling',
  tokenReminderDays: 'tokenReminderDays',
  dispatchConcurrency: 'dispatchConcurrency',
  exampleTargets: 'exampleRules',
  oidc: 'oidcIssuer',
  domain: 'domainName',
  originDigests: 'originSha256',
  ...{
    senders: 'senderRate',
    managedConnections: 'managedConnections',
    warmThroughput: 'warmThroughput',
    tags: 'tags',
    allowPrivate: 'allowPrivate',
  },
  removalPolicy: ['archive', from('AWS::DynamoDB::Table', (each) => each.DeletionProtectionEnabled), [true]],
  bus: ['shop', bus, ['shopBusA60065FA']],
  console: ['archive', from('AWS::Lambda::Function', ({ Environment }) => Environment?.Variables.SITES), ['docs']],
} satisfies Record<keyof WebhookGatewayProps, SettingName | ['shop' | 'archive', Reader, unknown[]]>;

const ownProps = Object.entries(props).flatMap(([name, row]) =>
  typeof row === 'string' ? [] : [[name, ...row] as const],
);

test.each(ownProps)('the prop %s of a gateway reaches the template', async (_, stack, read, expected) => {
  const app = await theOwnApp('dev');
  expect(read(app[stack])).toEqual(expected);
  expect(read(plain)).not.toEqual(expected);
});
