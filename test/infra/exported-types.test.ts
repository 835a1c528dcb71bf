/** An app that uses the package can name what it hands to a construct, and what it gets from one. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const entry = 'infra/constructs.ts';

/** The names in the imports or the exports of a file that are from other files of this repository. */
function namesIn(file: string, kind: 'import' | 'export'): string[] {
  const lists = readFileSync(file, 'utf8').matchAll(new RegExp(`^${kind} (?:type )?\\{([^}]*)\\} from '\\.`, 'gm'));
  return [...lists]
    .flatMap(([, list = '']) => list.split(',').map((name) => name.replace('type ', '').trim()))
    .filter(Boolean);
}

test.each([
  [
    'infra/webhook-gateway-props.ts',
    ['AnyEventBus', 'CustomDomainProps', 'ExampleTarget', 'OidcSettings', 'Stage', 'Throttle'],
  ],
  ['infra/webhook-connection-props.ts', ['AnyWebhookGateway', 'ConnectionSettings', 'ProviderId']],
  ['infra/webhook-consumer-props.ts', ['WebhookConnection', 'WebhookTarget']],
  ['shared/operators/operator/oidc-settings.ts', ['RoleRule']],
  ['shared/operators/operator/oidc-role.ts', ['Role']],
])('every type that %s takes from another file is exported', (file, types) => {
  expect(namesIn(file, 'import').sort()).toEqual(types);
  expect(namesIn(entry, 'export')).toEqual(expect.arrayContaining(types));
});

test('so are the constructs, their props, and what they return', () => {
  expect(namesIn(entry, 'export')).toEqual(
    expect.arrayContaining([
      ...['WebhookConnection', 'WebhookConnectionProps', 'TokenSource', 'WebhookGateway', 'WebhookGatewayProps'],
      ...['WebhookGatewayAttributes', 'ConnectionManager', 'OnWebhookProps', 'ReadBodiesOptions', 'WebhookConsumer'],
    ]),
  );
});
