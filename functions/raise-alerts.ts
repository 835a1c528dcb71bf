/**
 * Wakes up every five minutes, and publishes alerts. An alert says that an endpoint refuses its senders, is silent or has
 * an old token, or that this has ended. The function reads the Journal's counts, not the events. An endpoint without alerts costs
 * only its entry in the list of connections.
 */

import type { Connection } from '../shared/endpoints/endpoint/connection.ts';
import { type StateTable, stateTable } from '../shared/endpoints/endpoint/state-table.ts';
import { type RejectionCounts, rejectionCounts } from '../shared/events/arrival/rejection-counts.ts';
import { silentSince } from '../shared/events/arrival/silence.ts';
import { type UsageTable, usageTable } from '../shared/events/arrival/usage-table.ts';
import { eventBridge, type Publish, publisher } from '../shared/events/bus/event-bus.ts';
import { dynamodb } from '../shared/ground/aws/dynamodb.ts';
import { fromEnvironment, optionalNumberFromEnvironment } from '../shared/ground/aws/environment.ts';
import { type Log, log } from '../shared/ground/aws/logger.ts';
import {
  type Alert,
  type AlertFinding,
  type AlertKind,
  type AlertSubject,
  alertKinds,
  alertNoticeOf,
  nextAlert,
  oldTokenOf,
  rejectingIn,
  rejectionsFrom,
  thresholdsOf,
} from '../shared/operators/journal/alert.ts';
import { type AlertTable, alertTable } from '../shared/operators/journal/alert-table.ts';

export interface Deps {
  store: Pick<StateTable, 'listConnections'>;
  alerts: AlertTable;
  rejections: Pick<RejectionCounts, 'byMinute'>;
  usage: Pick<UsageTable, 'lastEventAt'>;
  publish: Publish;
  /** A token that is older than so many days is an alert. Undefined: none is. */
  tokenReminderDays: number | undefined;
  now(): Date;
  log: Log;
}

/** The number of connections that are checked at once. */
const pageSize = 25;

/**
 * One kind of alert for one connection, with the open alert in the Journal. `connection` is undefined if it was
 * deleted.
 */
interface AlertCheck {
  kind: AlertKind;
  subject: AlertSubject;
  connection: Connection | undefined;
  known: Alert | undefined;
}

async function findRejections(
  connection: Connection,
  now: Date,
  { rejections }: Deps,
): Promise<AlertFinding | undefined> {
  const { rejections: threshold } = thresholdsOf(connection);
  if (!threshold) return undefined;
  const { counts } = await rejections.byMinute(connection.id, { from: rejectionsFrom(threshold, now), to: now });
  return rejectingIn(counts, threshold, now);
}

async function findSilence(connection: Connection, now: Date, { usage }: Deps): Promise<AlertFinding | undefined> {
  const { silence } = thresholdsOf(connection);
  if (!silence) return undefined;
  return silentSince(await usage.lastEventAt(connection.id), connection.updatedAt, silence, now);
}

const findOldToken = async (connection: Connection, now: Date, { tokenReminderDays }: Deps) =>
  oldTokenOf(connection, tokenReminderDays, now);

const findings = { refusing: findRejections, silent: findSilence, token_old: findOldToken };

/**
 * Publishes an alert that changed. The alert is first claimed in the Journal, so that no other instance publishes it
 * too. After a crash between the claim and the mark that it was sent, the alert is published again.
 */
async function checkOne({ kind, subject, connection, known }: AlertCheck, deps: Deps): Promise<void> {
  const now = deps.now();
  const finding = connection && (await findings[kind](connection, now, deps));
  const next = nextAlert(kind, subject, { known, finding }, now);
  if (!next || (await deps.alerts.claim(next, known)) === 'lost') return;
  const [code] = await deps.publish([alertNoticeOf(next)]);
  if (code !== undefined) throw Object.assign(new Error('the bus did not accept a notice'), { name: code });
  await deps.alerts.settle(next);
  deps.log({ outcome: 'alert_published', kind, state: next.detail.state, connection: subject.connection });
}

/**
 * Makes all checks, even if some of them fail.
 * @returns how many failed
 */
async function checkAll(checks: AlertCheck[], deps: Deps): Promise<number> {
  const failures = checks.map((check) =>
    checkOne(check, deps).then(
      () => 0,
      (error: Error) => {
        const { kind, subject } = check;
        deps.log({ outcome: 'alert_not_checked', kind, connection: subject.connection, fault: error.name }, 'error');
        return 1;
      },
    ),
  );
  return (await Promise.all(failures)).reduce<number>((sum, failure) => sum + failure, 0);
}

const keyOf = (connectionId: string, kind: AlertKind): string => `${connectionId} ${kind}`;

/** Returns the checks for a connection, and removes its alerts from `open`. */
function checksOf(connection: Connection, open: Map<string, Alert>): AlertCheck[] {
  const { id: connectionId, name, version } = connection;
  return alertKinds.map((kind) => {
    const known = open.get(keyOf(connectionId, kind));
    open.delete(keyOf(connectionId, kind));
    return { kind, subject: { connectionId, connection: name, version }, connection, known };
  });
}

const checkOfDeleted = (known: Alert): AlertCheck => {
  const { connectionId, kind, detail } = known;
  return { kind, subject: { connectionId, connection: detail.connection }, connection: undefined, known };
};

async function* pagesOf({ listConnections }: Deps['store']): AsyncGenerator<Connection[]> {
  let after: string | undefined;
  do {
    const { connections, next } = await listConnections(pageSize, after);
    yield connections;
    after = next;
  } while (after !== undefined);
}

export const raiseAlerts = (deps: Deps) => async (): Promise<void> => {
  const alerts = await deps.alerts.list();
  const open = new Map(alerts.map((alert) => [keyOf(alert.connectionId, alert.kind), alert]));
  let failed = 0;
  for await (const page of pagesOf(deps.store)) {
    failed += await checkAll(
      page.flatMap((connection) => checksOf(connection, open)),
      deps,
    );
  }
  // The alerts that are still in `open` belong to deleted connections.
  failed += await checkAll([...open.values()].map(checkOfDeleted), deps);
  deps.log({ outcome: 'alerts_checked', failed });
  // All other checks are done. The error raises the alarm on failures.
  if (failed > 0) throw new Error(`${failed} alerts could not be checked`);
};

const lambdaDeps = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('JOURNAL_TABLE');
  return {
    store: stateTable(client, fromEnvironment('STATE_TABLE')),
    alerts: alertTable(client, journal),
    rejections: rejectionCounts(client, journal),
    usage: usageTable(client, journal),
    publish: publisher(eventBridge(), fromEnvironment('EVENT_BUS')),
    tokenReminderDays: optionalNumberFromEnvironment('TOKEN_REMINDER_DAYS'),
    now: () => new Date(),
    log,
  };
};

export const handler = raiseAlerts(lambdaDeps());
