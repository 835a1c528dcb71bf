import { Stack, type StackProps } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import type { Construct } from 'constructs';
import { alarmTopicOf } from './alarms/alarm-topic.ts';
import type { DeploymentSettings } from './deploy-settings/settings.ts';
import { WebhookGateway } from './webhook-gateway.ts';

export interface HooklatchStackProps extends Omit<StackProps, 'env' | 'tags'>, DeploymentSettings {}

/** A stack with a gateway and nothing else. */
export class HooklatchStack extends Stack {
  constructor(scope: Construct, id: string, props: HooklatchStackProps) {
    super(scope, id, props);
    const { alarmTarget, warningTarget, customDomain, ...settings } = props;
    // Never change this id. CDK leaves `Default` out of logical ids; with another id, CloudFormation would replace
    // every table, and every URL would die.
    new WebhookGateway(this, 'Default', {
      ...settings,
      ...(customDomain && {
        domain: {
          ...customDomain,
          certificate: Certificate.fromCertificateArn(this, 'Certificate', customDomain.certificateArn),
        },
      }),
      alarmTopic: alarmTarget && alarmTopicOf(this, settings.stage, 'urgent', alarmTarget),
      warningTopic: warningTarget && alarmTopicOf(this, settings.stage, 'warning', warningTarget),
    });
  }
}
