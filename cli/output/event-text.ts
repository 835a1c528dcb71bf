/** An event of a list, for people. */
import type { ListedEvent } from '../live/live-events.ts';
import { type Cell, columns, painted } from './table.ts';

export const eventHeadings = ['ID', 'RECEIVED', 'TYPE', 'BYTES', 'DELIVERY ID'];

export const eventCells = ({ id, receivedAt, type, size, deliveryId = '' }: ListedEvent): Cell[] => [
  painted('bold', id),
  receivedAt,
  type,
  String(size),
  deliveryId,
];

/** One line for an event that comes alone. */
export const eventLine = (event: ListedEvent, isColoured: boolean): string =>
  columns([eventCells(event)], isColoured)[0] ?? '';
