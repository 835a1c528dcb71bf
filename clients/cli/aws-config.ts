import type { CloudWatchClientConfig } from '@aws-sdk/client-cloudwatch';

/** Where AWS is, and as whom it is asked. */
export type AwsConfig = Pick<CloudWatchClientConfig, 'region' | 'endpoint' | 'credentials' | 'maxAttempts'>;
