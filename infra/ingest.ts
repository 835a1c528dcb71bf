import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { ingestTimeoutSeconds } from '../shared/events/event/ingest-timeout.ts';
import { HooklatchFunction, senderFunctionMemoryMb } from './function.ts';
import type { SharedResources } from './shared-resources.ts';
import type { StoreDeliveredSecret } from './store-delivered-secret.ts';

export interface IngestProps extends Pick<SharedResources, 'events' | 'bodies' | 'journal' | 'secrets'> {
  publicUrl: string;
  reservedConcurrency: number | undefined;
  storeDeliveredSecret: StoreDeliveredSecret;
}

/** Verifies each webhook that the authorizer admitted, stores it, and answers the sender. */
export class Ingest extends HooklatchFunction {
  constructor(scope: Construct, props: IngestProps) {
    super(scope, 'ingest', {
      memoryMb: senderFunctionMemoryMb,
      timeout: Duration.seconds(ingestTimeoutSeconds),
      reservedConcurrency: props.reservedConcurrency,
    });
    props.events.grantAppend(this);
    props.bodies.grantPut(this);
    props.secrets.grantReadTokens(this);
    this.setVariable('PUBLIC_URL', props.publicUrl);
    props.journal.grant(this, { UpdateItem: ['rejections', 'duplicates', 'use', 'active'] });
    props.storeDeliveredSecret.grantInvoke(this);
  }
}
