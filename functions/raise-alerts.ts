/**
 * Wakes up every five minutes, and tells the bus of endpoints that began or ceased to refuse their senders, or to be
 * silent. It reads what the Journal counts, and never an event. Endpoints that want no alerts cost nothing but their
 * place in the list.
 */

import { dynamodb } from '../shared/aws/dynamodb.ts';
import { fromEnvironment } from '../shared/aws/environment.ts';
import { type Log, log } from '../shared/aws/logger.ts';
import { eventBridge, type Publish, publisher } from '../shared/bus/event-bus.ts';
import type { Connection } from '../shared/endpoint/connection.ts';
import { type StateTable, stateTable } from '../shared/endpoint/state-table.ts';
import {
  type Alert,
  type AlertFinding,
  type AlertKind,
  type AlertSubject,
  alertKinds,
  alertNoticeOf,
  nextAlert,
  rejectingIn,
  rejectionsFrom,
  silentSince,
  thresholdsOf,
} from '../shared/journal/alert.ts';
import { type AlertTable, alertTable } from '../shared/journal/alert-table.ts';
import { type RejectionReader, rejectionReader } from '../shared/journal/rejection-reader.ts';
import { type UsageTable, usageTable } from '../shared/journal/usage-table.ts';

export interface Deps {
  store: Pick<StateTable, 'listConnections'>;
  alerts: AlertTable;
  rejections: Pick<RejectionReader, 'byMinute'>;
  usage: Pick<UsageTable, 'lastEventAt'>;
  publish: Publish;
  now(): Date;
  log: Log;
}

/** How many connections are looked at together. */
const pageSize = 25;

/** One connection and kind, with the alert of it that is written down; no connection is one that is deleted. */
interface Case {
  kind: AlertKind;
  subject: AlertSubject;
  connection: Connection | undefined;
  known: Alert | undefined;
}

async function findRefusals(
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

const find = { refusing: findRefusals, silent: findSilence };

/** What is written first is told again if this ends before it is marked; what another watch tells is left to it. */
async function follow({ kind, subject, connection, known }: Case, deps: Deps): Promise<void> {
  const now = deps.now();
  const finding = connection && (await find[kind](connection, now, deps));
  const next = nextAlert(kind, subject, { known, finding }, now);
  if (!next || (await deps.alerts.claim(next, known)) === 'lost') return;
  const [code] = await deps.publish([alertNoticeOf(next)]);
  if (code !== undefined) throw Object.assign(new Error('the bus did not take a notice'), { name: code });
  await deps.alerts.settle(next);
  deps.log({ outcome: 'told', kind, state: next.detail.state, connection: subject.connection });
}

/** Follows up all of them, whichever fails. @returns how many did */
async function followAll(cases: Case[], deps: Deps): Promise<number> {
  const failures = cases.map((each) =>
    follow(each, deps).then(
      () => 0,
      (error: Error) => {
        const { kind, subject } = each;
        deps.log({ outcome: 'not_watched', kind, connection: subject.connection, fault: error.name }, 'error');
        return 1;
      },
    ),
  );
  return (await Promise.all(failures)).reduce<number>((sum, failure) => sum + failure, 0);
}

const keyOf = (connectionId: string, kind: AlertKind): string => `${connectionId} ${kind}`;

/** The cases of a connection; takes what is written down of it out of `open`. */
function casesOf(connection: Connection, open: Map<string, Alert>): Case[] {
  const { id: connectionId, name, version } = connection;
  return alertKinds.map((kind) => {
    const known = open.get(keyOf(connectionId, kind));
    open.delete(keyOf(connectionId, kind));
    return { kind, subject: { connectionId, connection: name, version }, connection, known };
  });
}

const caseOfDeleted = (known: Alert): Case => {
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
  const alerts = await deps.alerts.open();
  const open = new Map(alerts.map((alert) => [keyOf(alert.connectionId, alert.kind), alert]));
  let failed = 0;
  for await (const page of pagesOf(deps.store)) {
    failed += await followAll(
      page.flatMap((connection) => casesOf(connection, open)),
      deps,
    );
  }
  // What no connection of the whole list took is of one that is deleted.
  failed += await followAll([...open.values()].map(caseOfDeleted), deps);
  deps.log({ outcome: 'watched', failed });
  // One that fails must not keep the others; it is told all the same.
  if (failed > 0) throw new Error(`${failed} alerts could not be looked into`);
};

const live = (): Deps => {
  const client = dynamodb();
  const journal = fromEnvironment('journalTable');
  return {
    store: stateTable(client, fromEnvironment('stateTable')),
    alerts: alertTable(client, journal),
    rejections: rejectionReader(client, journal),
    usage: usageTable(client, journal),
    publish: publisher(eventBridge(), fromEnvironment('eventBus')),
    now: () => new Date(),
    log,
  };
};

export const handler = raiseAlerts(live());
