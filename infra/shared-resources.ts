import type { Construct } from 'constructs';
import { BodiesBucket } from './bodies-bucket.ts';
import { DeadLetterBucket } from './dead-letter-bucket.ts';
import type { Stage } from './deploy-settings/stage.ts';
import { HooklatchBus } from './event-bus.ts';
import { EventsTable } from './events-table.ts';
import { JournalTable } from './journal-table.ts';
import { Secrets } from './secrets.ts';
import { StateTable } from './state-table.ts';

/** The resources that functions get rights on: the tables, the buckets, the secrets and the bus. */
export interface SharedResources {
  stage: Stage;
  state: StateTable;
  events: EventsTable;
  bodies: BodiesBucket;
  journal: JournalTable;
  secrets: Secrets;
  bus: HooklatchBus;
  deadLetters: DeadLetterBucket;
}

export function makeSharedResources(scope: Construct, stage: Stage, eventShards: number): SharedResources {
  return {
    stage,
    state: new StateTable(scope, stage),
    events: new EventsTable(scope, stage, eventShards),
    bodies: new BodiesBucket(scope, stage),
    journal: new JournalTable(scope, stage),
    secrets: new Secrets(scope, stage),
    bus: new HooklatchBus(scope, stage),
    deadLetters: new DeadLetterBucket(scope, stage),
  };
}
