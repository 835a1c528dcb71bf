/**
 * Builds presets from short descriptions, because all presets travel in the bundle that senders wait for. A place is
 * written as a text: `/data/id` is a field of the body, `?challenge` is a parameter of the query, and anything else is
 * the name of a header. A `Mark` is a place with a condition: `/type=url_verification` demands this value,
 * `content-type^=text/` demands this beginning, and `!x-id` demands that the place is absent.
 */

import type { Placement } from '../credential/token-placement.ts';
import type { Answer, Dedupe } from '../settings/settings.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme, SecretForm } from '../signature/scheme.ts';
import { sourceOf, standardWebhooks } from './common-schemes.ts';
import type { Handshake, HandshakeAnswer, Mark, Preset } from './preset.ts';

/* @__NO_SIDE_EFFECTS__ */
const placeOf = (text: string): ValueLocation =>
  text.startsWith('?') ? { in: 'query', name: text.slice(1) } : (sourceOf(text) as ValueLocation);

/* @__NO_SIDE_EFFECTS__ */
function markOf(text: string): Mark {
  const [, not, at = '', how, what] = /^(!?)(.*?)(?:(\^?=)(.*))?$/.exec(text) ?? [];
  return {
    ...placeOf(at),
    ...(not && { absent: true }),
    ...(how && { [how === '=' ? 'equals' : 'begins']: what }),
  };
}

/** The fields of a preset besides its kind and its scheme, in short form. */
type Rest = Omit<Preset, 'kind' | 'scheme' | 'accept' | 'dedupe' | 'otherIds' | 'type'> & {
  kind?: 'both';
  accept?: readonly (Placement | string)[];
  /** Where the delivery's id is. A repeated delivery has the same id. If there are several places, the signed one counts. */
  id?: string | string[];
  /** Where the event's type is. If there are several places, the first one with a value counts. */
  type?: string | string[];
};

/* @__NO_SIDE_EFFECTS__ */
const dedupeAt = ({ in: by, ...at }: ValueLocation): Dedupe => ({ by, ...at }) as Dedupe;

/* @__NO_SIDE_EFFECTS__ */
const restOf = ({ accept, id, type, ...rest }: Rest): Omit<Preset, 'kind' | 'scheme'> & { kind?: 'both' } => {
  const [dedupe, ...otherIds] = [id ?? []].flat().map((at) => dedupeAt(placeOf(at)));
  return {
    ...rest,
    ...(accept && { accept: accept.map(sourceOf) as Placement[] }),
    ...(dedupe && { dedupe }),
    ...(otherIds.length > 0 && { otherIds }),
    ...(type && { type: [type].flat().map(placeOf) as NonNullable<Preset['type']> }),
  };
};

/** For senders that accept only 200 as success, or that read the body of an answer as an instruction. */
export const ok: Answer = { status: 200 };

/** Answers a handshake with its challenge, as plain text. */
export const asText: HandshakeAnswer = { with: 'text' };

/** For senders that sign with a secret that the operator enters in their settings. */
/* @__NO_SIDE_EFFECTS__ */
export const signed = <S extends Scheme | undefined>(scheme: S, rest: Rest = {}) => ({
  kind: 'signature' as const,
  ...(scheme && { scheme }),
  ...restOf(rest),
});

/** For senders that sign with a secret that they show to the operator, or with their own key pair. */
/* @__NO_SIDE_EFFECTS__ */
export const selfSigned = <S extends Scheme>(scheme: S, rest: Rest = {}) =>
  signed(scheme, { secretFrom: 'sender', ...rest });

/**
 * For senders that follow Standard Webhooks. `key` says how the secret is written. The default is `whsec_` and base64.
 */
/* @__NO_SIDE_EFFECTS__ */
export const standard = ({ key, ...rest }: Rest & { key?: SecretForm } = {}, prefix: 'webhook' | 'svix' = 'webhook') =>
  selfSigned(standardWebhooks(prefix, key), { id: `${prefix}-id`, type: '/type', ...rest });

/** For senders that carry a token. */
/* @__NO_SIDE_EFFECTS__ */
export const tokened = (accept: NonNullable<Rest['accept']>, rest: Rest = {}) => ({
  kind: 'token' as const,
  ...restOf({ accept, ...rest }),
});

/** A request by which a sender checks that the URL answers. Everybody gets the answer. */
/* @__NO_SIDE_EFFECTS__ */
export const check = (method: Handshake['method'], when: string | string[] = []): Handshake =>
  handshake(method, when, { with: 'nothing' }, '', 'none');

/** A handshake that is recognized by its challenge. */
/* @__NO_SIDE_EFFECTS__ */
export const challenged = (
  method: Handshake['method'],
  challenge: string,
  answer: HandshakeAnswer,
  proof?: Handshake['proof'],
): Handshake => handshake(method, challenge, answer, challenge, proof);

/** Any other handshake. */
/* @__NO_SIDE_EFFECTS__ */
export function handshake(
  method: Handshake['method'],
  when: string | string[],
  answer: HandshakeAnswer,
  challenge = '',
  proof: Handshake['proof'] = 'delivery',
): Handshake {
  return {
    method,
    when: [when].flat().map(markOf),
    proof,
    answer,
    ...(challenge && { challenge: placeOf(challenge) }),
  };
}
