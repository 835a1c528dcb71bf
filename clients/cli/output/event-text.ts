/** Events for people. */
import { printableLines } from '../../../shared/ground/base/printable.ts';
import type { ListedEvent } from '../../../shared/operators/wait/live-events.ts';
import type { EventDetail } from '../../../shared/operators/wait/waited-event.ts';
import { type Cell, columns, fields, painted } from './table.ts';

export const eventHeadings = ['ID', 'RECEIVED', 'TYPE', 'BYTES', 'DELIVERY ID'];

export const eventCells = ({ id, receivedAt, type, test, size, deliveryId = '' }: ListedEvent): Cell[] => [
  painted('bold', id),
  receivedAt,
  // An operator's test can have any type of the sender.
  test ? `${type} (test)` : type,
  String(size),
  deliveryId,
];

/** One line for an event that comes alone. */
export const eventLine = (event: ListedEvent, isColoured: boolean): string =>
  columns([eventCells(event)], isColoured)[0] ?? '';

/** An event with its headers and its body. */
export const eventViewLines = (view: EventDetail, isColoured: boolean): string[] => [
  ...fields(
    [
      ['id', painted('bold', view.id)],
      ['received', view.receivedAt],
      ['type', view.type],
      ['delivery id', view.deliveryId],
      ['from', view.sourceIp],
      ['verified by', view.verifiedBy],
      ['publication', view.publication],
      ['replays', view.replays === undefined ? undefined : String(view.replays)],
      ...Object.entries(view.headers).map(([header, value]) => [`  ${header}`, value] as const),
    ],
    isColoured,
  ),
  '',
  // Line breaks are the body's own; every other control character is escaped.
  printableLines(view.body ?? view.bodyBase64 ?? view.bodyWithheld ?? ''),
];
