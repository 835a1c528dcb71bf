/** Makes a delivery for a self-test, as its sender would: with the type, id, token and signature that the sender has. */

import type { SecretValue } from '../credential/secret-store.ts';
import type { Placement } from '../credential/token-placement.ts';
import type { Preset } from '../provider/preset.ts';
import type { Auth } from '../settings/auth.ts';
import type { Dedupe } from '../settings/settings.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme } from '../signature/scheme.ts';
import type { Signable } from '../signature/signed-message.ts';
import { sign, withBodyField } from '../signature/signing.ts';

/** The event type of a sample. */
export const sampleType = 'hooklatch.test';

/** A sample that is ready to be sent. `unsigned` is true if only the sender can sign it. */
export interface SampleDelivery {
  request: Signable;
  unsigned: boolean;
}

type Edit = (request: Signable) => Signable;

const withHeader =
  (name: string, value: string): Edit =>
  (request) => ({ ...request, headers: { ...request.headers, [name]: value } });

const inBody =
  (path: string, value: string): Edit =>
  (request) =>
    withBodyField(request, path, value);

const atLocation = (place: Exclude<ValueLocation, { in: 'query' }>, value: string): Edit =>
  place.in === 'header' ? withHeader(place.name, value) : inBody(place.path, value);

function withId(dedupe: Dedupe, id: string): Edit {
  if (dedupe.by === 'header') return withHeader(dedupe.name, id);
  return dedupe.by === 'body' ? inBody(dedupe.path, id) : inBody('/id', id);
}

/** Puts the token where the endpoint accepts it. */
function withToken(placement: Placement, token: string): Edit {
  switch (placement.in) {
    case 'query':
      return (request) => ({
        ...request,
        url: `${request.url}?${encodeURIComponent(placement.name)}=${encodeURIComponent(token)}`,
      });
    case 'path':
      return (request) => ({ ...request, url: `${request.url}/${encodeURIComponent(token)}` });
    case 'header':
      return withHeader(placement.name, placement.scheme ? `${placement.scheme} ${token}` : token);
    case 'basic':
      return withHeader('authorization', `Basic ${Buffer.from(`${placement.username}:${token}`).toString('base64')}`);
    case 'body':
      return inBody(placement.path, token);
  }
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
function withItem(field: string, { batch }: Preset, id: string): Edit {
  const item = Object.fromEntries([[batch?.id?.slice(1) ?? 'id', id]]);
  return (request) => ({
    ...request,
    body: Buffer.from(new URLSearchParams([[field, JSON.stringify([item])]]).toString()),
  });
}

function emptyRequest(url: string, scheme: Scheme | undefined, now: Date): Signable {
  const contentType = isOfForm(scheme) ? 'application/x-www-form-urlencoded' : 'application/json';
  const items = { notificationItems: [{ NotificationRequestItem: { eventCode: sampleType, success: 'true' } }] };
  const json = JSON.stringify(scheme?.kind === 'adyen' ? items : {});
  const body = Buffer.from(isOfForm(scheme) ? '' : json);
  return { method: 'POST', url, headers: { 'content-type': contentType, 'user-agent': 'Hooklatch-Test' }, body, now };
}

/** The parts of a sample. */
export interface SampleDeliveryOf {
  preset: Preset;
  auth: Auth;
  scheme: Scheme | undefined;
  dedupe: Dedupe;
  /** The endpoint's bare URL. */
  url: string;
  /** The live value. Undefined if the sender signs with its own certificate. */
  value: SecretValue | undefined;
  /** The delivery's unique id. */
  id: string;
  now: Date;
}

export function sampleDelivery({
  preset,
  auth,
  scheme,
  dedupe,
  url,
  value,
  id,
  now,
}: SampleDeliveryOf): SampleDelivery {
  const [type] = preset.type ?? [];
  const placement = 'accept' in auth ? auth.accept[0] : undefined;
  const field = onlyFieldOf(scheme);
  const edits = [
    ...(field === undefined
      ? [withId(dedupe, id), type ? atLocation(type, sampleType) : inBody('/type', sampleType)]
      : [withItem(field, preset, id)]),
    ...(placement && value ? [withToken(placement, value.token)] : []),
  ];
  const request = edits.reduce((edited, edit) => edit(edited), emptyRequest(url, scheme, now));
  if (scheme === undefined) return { request, unsigned: false };
  const signed = value && sign(scheme, value.signingSecret ?? value.token, request);
  return { request: signed ?? request, unsigned: signed === undefined };
}
