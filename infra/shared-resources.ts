import type { RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { BodiesBucket } from './bodies-bucket.ts';
import { keepsDataOf } from './data-protection.ts';
import { DeadLetterBucket } from './dead-letter-bucket.ts';
import { DeliveriesTable } from './deliveries-table.ts';
import { DeliveryQueues } from './delivery-queues.ts';
import type { Stage } from './deploy-settings/stage.ts';
import { type AnyEventBus, HooklatchBus } from './event-bus.ts';
import { EventsTable } from './events-table.ts';
import { JournalTable } from './journal-table.ts';
import { Secrets } from './secrets.ts';
import { StateTable } from './state-table.ts';

/** The resources that functions get rights on: the tables, the buckets, the secrets, the queues and the bus. */
export interface SharedResources {
  stage: Stage;
  /** Whether removing the stack keeps the tables, the buckets and the secrets. */
  keepsData: boolean;
  state: StateTable;
  events: EventsTable;
  bodies: BodiesBucket;
  journal: JournalTable;
  deliveries: DeliveriesTable;
  deliveryQueues: DeliveryQueues;
  secrets: Secrets;
  bus: HooklatchBus;
  deadLetters: DeadLetterBucket;
}

export interface SharedResourcesProps {
  stage: Stage;
  /** What happens to the tables, the buckets and the secrets. By default the stage decides. */
  removalPolicy?: RemovalPolicy | undefined;
  eventShards: number;
  /** Events a second that the tables take at once. By default what AWS gives a new table. */
  warmThroughput?: number | undefined;
  /** Tags of the secrets that are made at run time. */
  tags?: Readonly<Record<string, string>> | undefined;
  /** A bus that exists. */
  bus?: AnyEventBus | undefined;
}

export function makeSharedResources(
  scope: Construct,
  { stage, removalPolicy, eventShards, warmThroughput, tags = {}, bus }: SharedResourcesProps,
): SharedResources {
  const keepsData = keepsDataOf(stage, removalPolicy);
  return {
    stage,
    keepsData,
    state: new StateTable(scope, keepsData, warmThroughput),
    events: new EventsTable(scope, keepsData, { shards: eventShards, warmThroughput }),
    bodies: new BodiesBucket(scope, keepsData),
    journal: new JournalTable(scope, keepsData),
    deliveries: new DeliveriesTable(scope, keepsData),
    deliveryQueues: new DeliveryQueues(scope),
    secrets: new Secrets(scope, { stage, keepsData, tags }),
    bus: new HooklatchBus(scope, stage, bus),
    deadLetters: new DeadLetterBucket(scope, keepsData),
  };
}
