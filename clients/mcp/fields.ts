/** Arguments and parts of answers that several tools have. */
import * as z from 'zod';
import { connectionNameForm } from '../../shared/endpoints/endpoint/connection-name.ts';
import { eventIdForm } from '../../shared/events/event/event-id.ts';

/** Text of others, fenced. */
export const fenced = z.string().describe('Text of others, between the marks of `untrusted`.');

export const connection = z.string().regex(connectionNameForm).describe('The name of a connection.');
export const eventId = z.string().regex(eventIdForm).describe('The id of an event, such as evt_….');
export const utcTime = z.iso.datetime().describe('A time in UTC, such as 2026-03-01T12:00:00Z.');

/** The arguments of a list. */
export const page = {
  limit: z.int().min(1).max(100).default(20).describe('At most so many.'),
  cursor: z.string().max(4096).optional().describe('The nextCursor of the page before.'),
};
export const range = {
  from: utcTime.optional(),
  to: utcTime.optional(),
};

/** The query of a list, without what was not given. */
export const listQuery = ({ limit, cursor, ...more }: { limit: number; cursor?: string | undefined }) => ({
  limit: String(limit),
  ...(cursor !== undefined && { cursor }),
  ...more,
});

/** Drops the fields that were not given: the client's types tell an absent field from an undefined one. */
export const given = <T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };

/** The cursor of the next page. */
export const nextCursor = z.string().nullable().describe('For the next page. Null after the last one.');
