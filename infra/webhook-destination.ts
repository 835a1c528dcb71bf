import { CustomResource, Stack } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { DestinationProperties } from '../shared/deliveries/destination/managed-destination.ts';
import type { ManagedSettings, SecretReference } from '../shared/deliveries/destination/managed-settings.ts';
import { answerTimeout, type ConnectionManager, checkSamePlace } from './connection-manager.ts';
import { removalOf } from './data-protection.ts';
import { checkDestination } from './destination-bounds.ts';
import { isSecretText, referenceTo, type SecretText } from './secret-text.ts';
import { warnIfNearlyFull } from './stack-headroom.ts';
import type { WebhookDestinationProps } from './webhook-destination-props.ts';

/** The settings as a template has them. @param referenceOf what stands in the place of a secret */
function settingsOf(
  props: WebhookDestinationProps,
  referenceOf: (text: SecretText) => SecretReference,
): ManagedSettings {
  const inPlace = (value: unknown) => (isSecretText(value) ? referenceOf(value) : value);
  const each = (values: object | undefined) =>
    values && Object.fromEntries(Object.entries(values).map(([name, value]) => [name, inPlace(value)]));
  const { url, headers, auth, signingSecret, description, method } = props;
  const { timeoutSeconds, rate, concurrency, giveUpAfterHours, schedule, retryOn, forwardHeaders } = props;
  const settings = {
    ...{ url: inPlace(url), description, method, headers: each(headers), auth: each(auth), timeoutSeconds, rate },
    ...{ concurrency, giveUpAfterHours, schedule, retryOn, forwardHeaders, signingSecret: inPlace(signingSecret) },
  };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** A URL that gets signed requests, as a resource of a stack. Routes of connections send events there. */
export class WebhookDestination extends Construct {
  /** The name, which rules of routes name too. */
  readonly destinationName: string;
  /** The immutable id. Another destination of the same name has another id. */
  readonly destinationId: string;
  /**
   * The secret with all that the destination needs. Its current version is a JSON object with `signingSecret`, with which a receiver
   * verifies requests, also after each rotation. It has the URL and the credentials too.
   */
  readonly secret: ISecret;
  /** The function that manages it. Only connections of the same gateway can route events here. */
  readonly connectionManager: ConnectionManager;

  constructor(scope: Construct, id: string, props: WebhookDestinationProps) {
    super(scope, id);
    const { gateway, name, adopt = false, removalPolicy } = props;
    checkDestination(
      this,
      name,
      settingsOf(props, (text) => ({ ...text, fromSecret: 'arn' })),
    );
    const { connectionManager: manager } = gateway;
    checkSamePlace(this, manager, 'destination');
    warnIfNearlyFull(this);
    const secrets = new Set<ISecret>();
    const settings = settingsOf(props, (text) => {
      secrets.add(text.fromSecret);
      return referenceTo(text);
    });
    const properties: DestinationProperties = {
      Name: name,
      Settings: Stack.of(this).toJsonString(settings),
      Adopt: adopt ? 'true' : 'false',
    };
    const resource = new CustomResource(this, 'Resource', {
      resourceType: 'Custom::HooklatchDestination',
      serviceToken: manager.functionArn,
      serviceTimeout: answerTimeout,
      properties: { ...properties },
      // A destination that another name replaces may have deliveries that wait, so it stays where data stays.
      removalPolicy: removalPolicy ?? removalOf(manager.keepsData),
    });
    for (const secret of secrets) resource.node.addDependency(manager.readPolicies.allow(this, secret));
    this.destinationName = name;
    this.connectionManager = manager;
    this.destinationId = resource.ref;
    this.secret = Secret.fromSecretCompleteArn(this, 'Secret', resource.getAttString('SecretArn'));
  }
}
