import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { defaultShards } from '../shared/event/event-table.ts';

/** Deployment stages: in names and prefixes, never in a URL's path. */
const stages = ['dev', 'prod'] as const;
export type Stage = (typeof stages)[number];

/** @throws for a stage that is none, with those that are */
export function stageOf(context: unknown): Stage {
  const stage = stages.find((known) => known === context);
  if (stage) return stage;
  throw new Error(`-c stage=${String(context)} is no stage; use one of ${stages.join(', ')}`);
}

/**
 * Where senders reach the API, if not at its own endpoint.
 * @throws for what would make broken URLs: no scheme, a query, a slash at its end
 */
export function publicUrlOf(context: unknown): string | undefined {
  if (context === undefined) return undefined;
  if (typeof context === 'string' && /^https:\/\/[^/?#\s@]+(\/[^/?#\s]+)*$/.test(context)) return context;
  throw new Error(
    `-c publicUrl=${String(context)} can not be used; say it like https://hooks.example.com, without a slash at its end`,
  );
}

/**
 * How many partitions of the index the events of one connection are spread over. Each takes 1,000 events a second, and each
 * is read for a page of a list. More of them can be said at any time. Fewer than were deployed before hide the rows above
 * from lists until these expire (not from reads by id, and nothing is lost); this can not be known here.
 * @throws for what is no whole number from 1 to 64
 */
export function eventShardsOf(context: unknown): number {
  if (context === undefined) return defaultShards;
  const shards = /^\d{1,2}$/.test(String(context)) ? Number(context) : 0;
  if (shards >= 1 && shards <= 64) return shards;
  throw new Error(`-c eventShards=${String(context)} can not be used; say a whole number from 1 to 64`);
}

/**
 * The highest rate of a replay, in events a second. A higher one only queues up before the bus and your rules.
 * @throws for what is no whole number from 1 to 10,000
 */
export function replayCeilingOf(context: unknown): number {
  if (context === undefined) return 500;
  const ceiling = /^\d{1,5}$/.test(String(context)) ? Number(context) : 0;
  if (ceiling >= 1 && ceiling <= 10_000) return ceiling;
  throw new Error(`-c replayCeiling=${String(context)} can not be used; say a whole number from 1 to 10000`);
}

/** Whether a stage keeps its data, whatever happens to the stack. */
export const keepsData = (stage: Stage): boolean => stage !== 'dev';

/**
 * What becomes of a bucket or a secret when the stack goes. It stays where the stage keeps its data, unless the very
 * deployment that made it fails: a secret that stays then would block its name for the next attempt.
 */
export const removalOf = (stage: Stage): RemovalPolicy =>
  keepsData(stage) ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY;

/**
 * What keeps a table from being lost. It stays even when its first deployment fails, because deletion protection would
 * stop CloudFormation from clearing it away; `docs/deploy.md` says how to do that.
 */
export function safeguards(stage: Stage) {
  const keep = keepsData(stage);
  return {
    removalPolicy: keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    deletionProtection: keep,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: keep },
  };
}

/** A table of the stage `dev` is thrown away with it, so it is not backed up either. */
export function acknowledgeNoBackup(table: Table, stage: Stage): void {
  if (stage !== 'dev') return;
  const reason = 'The stage dev keeps nothing: its tables go with it.';
  Validations.of(table).acknowledge({ id: 'AwsSolutions::AwsSolutions-DDB3', reason });
}
