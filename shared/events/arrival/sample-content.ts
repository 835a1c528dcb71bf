/**
 * What a webhook says that Hooklatch sends itself, before its token and its signature: a plain sample, a sample of the
 * sender, a recorded event, or any body.
 */

import type { Preset, Sample } from '../../endpoints/provider/preset.ts';
import type { MetadataLocation } from '../../endpoints/settings/delivery-metadata.ts';
import type { Dedupe } from '../../endpoints/settings/settings.ts';
import type { Scheme } from '../../endpoints/signature/scheme.ts';
import type { Signable } from '../../endpoints/signature/signed-message.ts';
import { withBodyField } from '../../endpoints/signature/signing.ts';
import { sendableHeaders } from '../../ground/outbound/request-headers.ts';
import { type RecordedEvent, recordedRequest } from '../event/recorded-request.ts';

/** The event type of a plain sample. */
export const sampleType = 'hooklatch.test';

/** Where a sample goes, and how its receiver reads it. */
export interface SampleTarget {
  preset: Preset;
  scheme: Scheme | undefined;
  dedupe: Dedupe;
  /** Where the receiver reads the type, if its settings say so. Otherwise the preset says it. */
  type: MetadataLocation | null;
  /** The bare URL. */
  url: string;
  /** A new delivery id. */
  id: string;
  now: Date;
}

/** Makes the unproven request for a target. */
export type SampleContent = (target: SampleTarget) => Signable;

type Edit = (request: Signable) => Signable;

export const withHeader =
  (name: string, value: string): Edit =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value } });

export const inBody =
  (path: string, value: string): Edit =>
  (request) =>
    withBodyField(request, path, value);

const atLocation = (place: MetadataLocation, value: string): Edit =>
  place.in === 'header' ? withHeader(place.name, value) : inBody(place.path, value);

const edited = (request: Signable, edits: readonly Edit[]): Signable =>
  edits.reduce((before, edit) => edit(before), request);

/** Where a receiver reads the type. Undefined if it reads none. */
const typeLocationOf = ({ preset, type }: Pick<SampleTarget, 'preset' | 'type'>): MetadataLocation | undefined =>
  type ?? preset.type?.[0];

/**
 * Why a type can't be sent. Undefined if it can.
 * @param isBodyGiven whether the body is sent as it is
 */
export function typeFault(target: Pick<SampleTarget, 'preset' | 'type'>, isBodyGiven: boolean): string | undefined {
  const place = typeLocationOf(target);
  if (!place) return "can't be sent, because no type is read from deliveries of this sender; leave it out";
  return isBodyGiven && place.in === 'body'
    ? 'is read in the body here, which is sent as it is; write it there'
    : undefined;
}

/** The id in its header. An id in the body stays as it is, because the bytes of the body do. */
const withIdInHeader = ({ dedupe, id }: SampleTarget): Edit[] =>
  dedupe.by === 'header' ? [withHeader(dedupe.name, id)] : [];

/** The type at its place. Nothing without a type. */
function withType(target: SampleTarget, type: string | undefined): Edit[] {
  const place = typeLocationOf(target);
  return type === undefined || !place ? [] : [atLocation(place, type)];
}

/** Some senders send forms and sign the form's fields. */
const isOfForm = (scheme: Scheme | undefined): boolean =>
  scheme?.kind === 'twilio' ||
  (scheme !== undefined && 'message' in scheme && scheme.message.some(({ part }) => part === 'sortedForm'));

/** The only field of the scheme's form, if the form has a single field. */
const onlyFieldOf = (scheme: Scheme | undefined): string | undefined =>
  scheme && 'message' in scheme
    ? scheme.message.flatMap((part) => (part.part === 'sortedForm' ? (part.only ?? []) : []))[0]
    : undefined;

/** A form with one field. The field is a list of one item with the delivery's id. */
function withItem(field: string, { preset: { batch }, id }: SampleTarget): Edit {
  const item = Object.fromEntries([[batch?.id?.slice(1) ?? 'id', id]]);
  return (request) => ({
    ...request,
    body: Buffer.from(new URLSearchParams([[field, JSON.stringify([item])]]).toString()),
  });
}

function emptyRequest({ url, scheme, now }: SampleTarget): Signable {
  const contentType = isOfForm(scheme) ? 'application/x-www-form-urlencoded' : 'application/json';
  const items = { notificationItems: [{ NotificationRequestItem: { eventCode: sampleType, success: 'true' } }] };
  const json = JSON.stringify(scheme?.kind === 'adyen' ? items : {});
  const body = Buffer.from(isOfForm(scheme) ? '' : json);
  return { method: 'POST', url, headers: { 'content-type': contentType, 'user-agent': 'Hooklatch-Test' }, body, now };
}

function plainId({ dedupe, id }: SampleTarget): Edit {
  if (dedupe.by === 'header') return withHeader(dedupe.name, id);
  return inBody(dedupe.by === 'body' ? dedupe.path : '/id', id);
}

/** The least that the receiver accepts: an id and the type `hooklatch.test`. */
export const plainSample: SampleContent = (target) => {
  const field = onlyFieldOf(target.scheme);
  const type = typeLocationOf(target) ?? { in: 'body', path: '/type' };
  const edits = field === undefined ? [plainId(target), atLocation(type, sampleType)] : [withItem(field, target)];
  return edited(emptyRequest(target), edits);
};

const requestTo = ({ url, now }: SampleTarget, contentType: string, body: Buffer): Signable => ({
  method: 'POST',
  url,
  headers: { 'content-type': contentType, 'user-agent': 'Hooklatch-Send' },
  body,
  now,
});

/**
 * An arrival as the sender writes it, with a new id.
 * @param type the type, if it is not the sample's own. The rest of the sample stays
 */
export const senderSample =
  ({ headers, body }: Sample, type?: string): SampleContent =>
  (target) => {
    const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    const request = requestTo(target, 'application/json', bytes);
    const { dedupe, id } = target;
    return edited({ ...request, headers: { ...request.headers, ...headers } }, [
      ...(dedupe.by === 'body' ? [inBody(dedupe.path, id)] : withIdInHeader(target)),
      ...withType(target, type),
    ]);
  };

/**
 * A body as it is.
 * @param type the type, if its place is a header
 */
export const givenBody =
  (body: Buffer, contentType: string, type?: string): SampleContent =>
  (target) =>
    edited(requestTo(target, contentType, body), [...withIdInHeader(target), ...withType(target, type)]);

/** Headers that the way to Hooklatch added. What is sent has its own. */
const ofTheWay = /^(?:x-forwarded-.*|forwarded|via|x-amzn-.*|x-amz-cf-.*|cloudfront-.*|cdn-loop)$/;

/** A recorded event once more: its bytes and headers without what was redacted, and a new id if its place is a header. */
export const recordedContent =
  (event: RecordedEvent, body: Buffer): SampleContent =>
  (target) => {
    const { url, now } = target;
    // A path that could lead out of the endpoint's URL is left out.
    const recorded = recordedRequest(event, url) ?? recordedRequest({ ...event, path: '' }, url);
    const { headers } = sendableHeaders(recorded?.headers ?? {});
    const own = Object.fromEntries(Object.entries(headers).filter(([name]) => !ofTheWay.test(name)));
    const request = { method: event.method, url: recorded?.url ?? url, headers: own, body, now };
    return edited(request, withIdInHeader(target));
  };
