/**
 * Who manages a destination. Of a file, the record has more than a connection's: what the file says in each place that no answer shows, so
 * that a plan can tell what was there before. It has the names of references, and never a text that could be a secret.
 */
import * as z from 'zod/mini';
import {
  fileManagerRequestSchema,
  fileManagerSchema,
  maxTokenRef,
  stackManagerSchema,
} from '../../endpoints/endpoint/managed-by.ts';
import { schema } from '../../ground/base/schema.ts';

/** What the record has of a text that the file writes out. */
export const literalMark = 'literal';

/** The fields of `auth` that are no secret, whatever they have. A user name can be one: some receivers take a key in its place. */
export const publicAuthFields: readonly string[] = ['kind', 'name', 'clientId', 'scope', 'clientAuthentication'];

/** The most places: a URL, a signing secret, each header and each field of `auth`. */
const maxPlaces = 32;

const placeForm = /^(url|signingSecret|headers\.[!-~]{1,128}|auth\.[A-Za-z]{1,32})$/;
const referenceForm = /^(literal|generate|keep|(env|file|secretsmanager):[!-~]+)$/;
const originForm = /^https?:\/\/[^/?#@\s]+$/;

/** Whether the text may be kept for the place: a text that the file writes out is not, where it could be a secret. */
function mayBeKept(place: string, text: string): boolean {
  if (place === 'auth.tokenUrl' && originForm.test(text)) return true;
  return referenceForm.test(text) || publicAuthFields.some((name) => place === `auth.${name}`);
}

/** The text for the record: as it is, if it has room. */
export const keptText = (place: string, text: string): string =>
  text.length <= maxTokenRef && mayBeKept(place, text) ? text : literalMark;

const saidSchema = /* @__PURE__ */ schema(() =>
  z.record(z.string().check(z.regex(placeForm)), z.string().check(z.maxLength(maxTokenRef))).check(
    z.check(({ value, issues }) => {
      const fault = (path: string[], message: string) => issues.push({ code: 'custom', input: value, path, message });
      if (Object.keys(value).length > maxPlaces) fault([], `can be at most ${maxPlaces} places`);
      for (const [place, text] of Object.entries(value))
        if (!mayBeKept(place, text))
          fault([place], `must be a reference, or "${literalMark}", and never the text itself`);
    }),
  ),
);

/** As the record has it. */
export const destinationManagerSchema = /* @__PURE__ */ schema(() =>
  z.union([
    z.object({ ...fileManagerSchema.shape, said: z.optional(z.record(z.string(), z.string())) }),
    stackManagerSchema,
  ]),
);

/** The file that an operator says. */
export const destinationManagerRequestSchema = /* @__PURE__ */ schema(() =>
  z.strictObject({ ...fileManagerRequestSchema.shape, said: z.optional(saidSchema) }),
);
