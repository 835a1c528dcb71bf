/** Destinations and routes in the templates of an app with its own code: see `own-app.ts`. */
import { beforeAll, expect, test } from '@jest/globals';
import { destinationChangeSchema } from '../../shared/deliveries/destination/destination-request.ts';
import { functionNames, ofType, only, theOwnApp } from './given-template.ts';

const apps = {} as Record<'dev' | 'prod', Awaited<ReturnType<typeof theOwnApp>>>;
beforeAll(async () => {
  apps.dev = await theOwnApp('dev');
  apps.prod = await theOwnApp('prod');
});

const type = 'Custom::HooklatchDestination';
const arnOf = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${name}-AbCdEf`;

test('a destination is a custom resource with every setting, and a reference in the place of each secret', () => {
  const { shop } = apps.prod;
  const { ServiceToken, Settings, ...others } = only(ofType(shop, type)).properties;
  expect(functionNames(shop).get(ServiceToken['Fn::GetAtt'][0])).toBe('manage-connection');
  expect(others).toEqual({ ServiceTimeout: '600', Name: 'erp', Adopt: 'false' });
  const settings = JSON.parse(Settings);
  expect(settings).toEqual({
    url: 'https://erp.example.com/webhooks',
    description: 'The ERP',
    method: 'PUT',
    headers: { 'x-team': 'shop', 'x-key': { fromSecret: arnOf('partner'), field: 'key' } },
    auth: { kind: 'basic', username: 'hooks', password: { fromSecret: arnOf('partner'), field: 'password' } },
    timeoutSeconds: 5,
    rate: { perMinute: 100 },
    concurrency: 3,
    giveUpAfterHours: 24,
    schedule: [60, 3_600],
    retryOn: ['5xx'],
    forwardHeaders: ['x-hub-signature-256'],
    signingSecret: { fromSecret: arnOf('signing') },
  });
  const { signingSecret: _, ...changeable } = settings;
  // Which file manages it says the file alone.
  expect([...Object.keys(changeable), 'managedBy'].sort()).toEqual(Object.keys(destinationChangeSchema.shape).sort());
});

test('what a destination does not say is not in the request, and a URL may come from a secret', () => {
  const { ServiceToken: _, ...properties } = only(ofType(apps.prod.archive, type)).properties;
  expect(properties).toEqual({
    ServiceTimeout: '600',
    Name: 'chat',
    Settings: JSON.stringify({ url: { fromSecret: arnOf('chat') } }),
    Adopt: 'true',
  });
});

test('the function may read exactly the secrets that it names, each once, before the destination is made', () => {
  const { shop } = apps.prod;
  const policy = only(ofType(shop, 'AWS::IAM::ManagedPolicy'));
  expect(only(ofType(shop, type)).resource.DependsOn).toEqual([policy.id]);
  expect(policy.properties.PolicyDocument.Statement).toEqual([
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: [arnOf('partner'), arnOf('signing')] },
  ]);
});

test('the rules of a connection are one list, in the order in which the app makes them', () => {
  const { shop } = apps.prod;
  const { Routes, RouteDestinations } = only(ofType(shop, 'Custom::HooklatchConnection')).properties;
  expect(JSON.parse(Routes)).toEqual({
    mode: 'first',
    rules: [
      {
        id: 'paid',
        when: { data: { amount: [{ numeric: ['>', 100] }] } },
        transform: '{ "text": data.id }',
        to: 'erp',
      },
      { id: 'otherwise', to: 'made-by-operators' },
    ],
  });
  // The connection waits for the destination, and is deleted before it.
  expect(RouteDestinations).toEqual([{ Ref: only(ofType(shop, type)).id }]);
});

test('a route to a destination of another stack needs no export of its id', () => {
  const { shop, billing } = apps.prod;
  const { Routes, RouteDestinations } = only(ofType(billing, 'Custom::HooklatchConnection')).properties;
  expect(JSON.parse(Routes)).toEqual({ mode: 'all', rules: [{ id: 'all', to: 'erp' }] });
  expect(RouteDestinations).toEqual([]);
  const exported = Object.keys(shop.Outputs ?? {}).filter((id) => id.startsWith('ExportsOutput'));
  expect(exported).toHaveLength(2);
  expect(exported.filter((id) => id.includes('Erp'))).toEqual([]);
});

test('a destination stays in prod when it is removed or replaced, and goes in dev', () => {
  const policiesOf = (stage: 'dev' | 'prod') => {
    const { DeletionPolicy, UpdateReplacePolicy } = only(ofType(apps[stage].shop, type)).resource;
    return [DeletionPolicy, UpdateReplacePolicy];
  };
  expect(policiesOf('prod')).toEqual(['RetainExceptOnCreate', 'Retain']);
  expect(policiesOf('dev')).toEqual(['Delete', 'Delete']);
});
