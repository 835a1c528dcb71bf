/** What the functions of a world need: its tables, secrets and receivers, with time and ids that are given. */

import { destinationTable } from '../../../shared/deliveries/destination/destination-table.ts';
import { deliveryLists } from '../../../shared/deliveries/dispatch/delivery-lists.ts';
import { deliveryTable } from '../../../shared/deliveries/dispatch/delivery-table.ts';
import { destinationHistory } from '../../../shared/deliveries/dispatch/destination-history.ts';
import { redeliveryTable } from '../../../shared/deliveries/dispatch/redelivery-table.ts';
import { routeReader, routeWriter } from '../../../shared/deliveries/route/route-table.ts';
import { routeUse } from '../../../shared/deliveries/route/route-use.ts';
import type { Transform } from '../../../shared/deliveries/transform/transform.ts';
import type { SecretValue } from '../../../shared/endpoints/credential/secret-store.ts';
import { stateTable } from '../../../shared/endpoints/endpoint/state-table.ts';
import { rejectionReader } from '../../../shared/events/arrival/rejection-reader.ts';
import { usageTable } from '../../../shared/events/arrival/usage-table.ts';
import { relayTable } from '../../../shared/events/bus/relay-table.ts';
import { eventTable } from '../../../shared/events/event/event-table.ts';
import { heldCounter } from '../../../shared/events/event/held-event-count.ts';
import { replayJobTable } from '../../../shared/events/event/replay-job-table.ts';
import { republisher } from '../../../shared/events/event/republish.ts';
import { variables } from '../../../shared/ground/aws/environment.ts';
import { activityMarker } from '../../../shared/ground/statistics/activity-mark.ts';
import { alertTable } from '../../../shared/operators/journal/alert-table.ts';
import { historyTable } from '../../../shared/operators/journal/history-table.ts';
import { operatorHistoryTable, operatorUseTable } from '../../../shared/operators/journal/operator-journal-table.ts';
import { statisticsTable } from '../../../shared/operators/journal/statistics-table.ts';
import { summaryTable } from '../../../shared/operators/journal/summary-table.ts';
import { rosterTable } from '../../../shared/operators/operator/roster-table.ts';
import { theSecrets } from '../../shared/deliveries/destination/given-destination-secrets.ts';
import { publicUrl, secretStoreIn } from '../../shared/endpoints/endpoint/given-lifecycle.ts';
import { receivers } from './given-receivers.ts';
import type { GivenTables } from './given-tables.ts';

// The modules make their clients when they are loaded. No test here uses them.
process.env['SECRET_TAGS'] ??= '[]';
for (const name of variables) process.env[name] ??= '1';

export const silent = async () => undefined;
export const log = () => undefined;

/** Time and ids, which nothing but the requests moves. */
export function givenMoments() {
  const clock = { ms: Date.parse('2026-03-01T12:00:00.000Z') };
  const ids = { next: 0 };
  return {
    clock,
    ids,
    now: () => new Date(clock.ms),
    time: { now: () => clock.ms, sleep: silent, random: () => 0.5 },
    newId: (prefix: string) => `${prefix}${`${++ids.next}`.padStart(8, '0')}-0000-4000-8000-000000000000`,
  };
}
export type Moments = ReturnType<typeof givenMoments>;

/** Says what it was asked to evaluate, and what it saw. */
const transform: Transform = async (expression, input) => {
  return { kind: 'json', text: JSON.stringify({ expression, input }), ms: 0 };
};

export function portsOn({ client }: GivenTables, accessToken: string) {
  const values = new Map<string, SecretValue>();
  const { secrets, store: destinationSecrets } = theSecrets();
  return {
    ...{ client, log, publicUrl, transform, checkTransform: silent, secretPrefix: 'hooklatch/dev' },
    ...{ readBody: silent, wake: silent, replayCeiling: 500, version: '1.2.3', oidcOperatorDays: 0 },
    /** The secrets of endpoints and of destinations. */
    stored: { values, secrets },
    secretStore: secretStoreIn(values),
    destinationSecrets,
    send: receivers(accessToken),
    store: stateTable(client, 'State'),
    destinations: destinationTable(client, 'State'),
    routeUse: routeUse(client, 'State'),
    readRoutes: routeReader(client, 'State').read,
    putRoutes: routeWriter(client, 'State'),
    roster: rosterTable(client, 'State'),
    events: eventTable(client, 'Events', 4),
    countHeld: heldCounter(client, 'Events', 4),
    republisher: republisher(client, 'Events'),
    history: historyTable(client, 'Journal'),
    ofDestinations: destinationHistory(client, 'Journal'),
    ofOperators: operatorHistoryTable(client, 'Journal'),
    uses: operatorUseTable(client, 'Journal'),
    alerts: alertTable(client, 'Journal'),
    statistics: statisticsTable(client, 'Journal'),
    usage: usageTable(client, 'Journal'),
    rejections: rejectionReader(client, 'Journal'),
    summaries: summaryTable(client, 'Journal'),
    relayLog: relayTable(client, 'Journal'),
    jobs: replayJobTable(client, 'Journal'),
    redeliveries: redeliveryTable(client, 'Journal'),
    markActivity: activityMarker(client, 'Journal'),
    deliveries: deliveryTable(client, 'Deliveries'),
    lists: deliveryLists(client, 'Deliveries'),
  };
}
export type Ports = ReturnType<typeof portsOn>;
