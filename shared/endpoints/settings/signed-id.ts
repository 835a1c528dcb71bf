/**
 * Whether a signature covers a delivery id. Whoever captures a request can repeat it with any value in a place that is not
 * covered. Each copy would then be a new event, under an id that an attacker chose.
 */
import type { Scheme, ValueSource } from '../signature/scheme.ts';
import type { Dedupe } from './settings.ts';

/** The delivery id that is exactly the value at a source. Undefined if the same value can be written in several ways. */
function idAt(source: ValueSource): Dedupe | undefined {
  if (source.separator !== undefined || source.bare) return undefined;
  if (source.in === 'header') return { by: 'header', name: source.name };
  return source.in === 'body' && source.path !== undefined ? { by: 'body', path: source.path } : undefined;
}

/** The values that a scheme signs in addition to the body, as delivery ids. Each may be an id, or anything else. */
export const signedValuesOf = (scheme: Scheme): Dedupe[] =>
  'message' in scheme ? scheme.message.flatMap((part) => (part.part === 'value' ? (idAt(part.source) ?? []) : [])) : [];

const isSame = (one: Dedupe, other: Dedupe): boolean =>
  (one.by === 'header' && other.by === 'header' && one.name === other.name) ||
  (one.by === 'body' && other.by === 'body' && one.path === other.path);

/** Whether the scheme signs the body's own bytes, so that each field of the body is signed. */
const signsBytes = (scheme: Scheme): boolean =>
  'message' in scheme ? scheme.message.some(({ part }) => part === 'body') : scheme.kind === 'contentful';

/** Whether the scheme signs all that a form can have. `only` refuses a second field. */
const signsForm = (scheme: Scheme): boolean =>
  'message' in scheme && scheme.message.some((part) => part.part === 'sortedForm' && part.only !== undefined);

/** The ids that SNS and PayPal sign. */
const ownIds: Partial<Record<Scheme['kind'], Dedupe>> = {
  sns: { by: 'body', path: '/MessageId' },
  paypal: { by: 'header', name: 'paypal-transmission-id' },
};

/**
 * Whether each request with the same signature has the same delivery id. False for Twilio and Adyen: a form may have a field
 * twice, and an item may be in a list twice.
 */
export function signsId(scheme: Scheme, dedupe: Dedupe): boolean {
  if (dedupe.by === 'content') return signsBytes(scheme);
  if (dedupe.by === 'body' && (signsBytes(scheme) || signsForm(scheme))) return true;
  return [...signedValuesOf(scheme), ownIds[scheme.kind] ?? []].flat().some((signed) => isSame(signed, dedupe));
}
