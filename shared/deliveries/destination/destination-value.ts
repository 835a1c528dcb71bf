/** What the secret store has of a destination. The record has the rest. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';
import { destinationAuthSchema, secretsOfAuth } from './destination-auth.ts';

/** One version of a destination's secret: everything that only admins may see. */
export const destinationValueSchema = /* @__PURE__ */ schema(() =>
  z.object({
    /** The whole URL. Beyond its origin, it may be a secret. */
    url: z.string(),
    /** The configured headers. */
    headers: z.record(z.string(), z.string()),
    auth: destinationAuthSchema,
    signingSecret: z.string(),
    /** The secret before the last rotation. The record says until when it signs too. */
    previousSigningSecret: z.optional(z.string()),
  }),
);
export type DestinationValue = z.infer<typeof destinationValueSchema>;

/** A segment of a path that is at least this long, in characters, may be a secret by itself. Shorter ones are words. */
const minSecretSegment = 20;

/** The parts of a URL that may be secrets: its path, long segments of the path, and the values of its query. */
function secretsOfUrl(url: string): string[] {
  const { pathname, search, searchParams } = new URL(url);
  const segments = pathname.split('/').filter(({ length }) => length >= minSecretSegment);
  return [`${pathname}${search}`, pathname, ...segments, ...searchParams.values()];
}

/** All texts of a value that must not be shown in an answer, an error or a log line. */
export const secretsOf = ({ url, headers, auth, signingSecret, previousSigningSecret }: DestinationValue): string[] => [
  ...secretsOfUrl(url),
  ...Object.values(headers),
  ...secretsOfAuth(auth),
  signingSecret,
  ...(previousSigningSecret === undefined ? [] : [previousSigningSecret]),
];
