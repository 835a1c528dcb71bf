/**
 * Presets in short, because they travel in a bundle that senders wait for. A place is written as a text: `/data/id` is a
 * field of the body, `?challenge` a parameter of the query, anything else the name of a header; a mark may say what must
 * stand there, as in `/type=url_verification`, or how it begins, as in `content-type^=text/`, or that nothing may, as in `!x-id`.
 */

import type { Placement } from '../credential/token-placement.ts';
import type { Answer } from '../settings/settings.ts';
import type { ValueLocation } from '../settings/value-location.ts';
import type { Scheme } from '../signature/scheme.ts';
import type { Handshake, HandshakeAnswer, Mark, Preset } from './preset.ts';

/* @__NO_SIDE_EFFECTS__ */
function place(text: string): ValueLocation {
  if (text.startsWith('/')) return { in: 'body', path: text };
  return text.startsWith('?') ? { in: 'query', name: text.slice(1) } : { in: 'header', name: text };
}

/* @__NO_SIDE_EFFECTS__ */
function mark(text: string): Mark {
  const [, not, at = '', how, what] = /^(!?)(.*?)(?:(\^?=)(.*))?$/.exec(text) ?? [];
  if (not) return { ...place(at), absent: true };
  return { ...place(at), ...(how && { [how === '=' ? 'equals' : 'begins']: what }) };
}

/** What a preset has besides its proof: `dedupe` and `type` are places, and of several types the first that is there counts. */
type More = Omit<Preset, 'kind' | 'scheme' | 'dedupe' | 'type'> & {
  kind?: 'both';
  dedupe?: string;
  type?: string | string[];
};

/* @__NO_SIDE_EFFECTS__ */
const written = ({ dedupe, type, ...more }: More): Omit<Preset, 'kind' | 'scheme'> & { kind?: 'both' } => ({
  ...more,
  ...(dedupe && { dedupe: dedupe.startsWith('/') ? { by: 'body', path: dedupe } : { by: 'header', name: dedupe } }),
  ...(type && { type: [type].flat().map((one) => place(one) as Exclude<ValueLocation, { in: 'query' }>) }),
});

/** For senders that take 200 for a success and nothing else, or that read a body as something they should do. */
export const ok: Answer = { status: 200 };

/** A sender that signs with a secret which the operator enters there. */
/* @__NO_SIDE_EFFECTS__ */
export const signed = <S extends Scheme | undefined>(scheme: S, more: More = {}) => ({
  kind: 'signature' as const,
  ...(scheme && { scheme }),
  ...written(more),
});

/** A sender that signs with a secret, or under a public key, which it shows to the operator. */
/* @__NO_SIDE_EFFECTS__ */
export const selfSigned = <S extends Scheme>(scheme: S, more: More = {}) =>
  signed(scheme, { secretFrom: 'sender', ...more });

/** A sender that carries a token. */
/* @__NO_SIDE_EFFECTS__ */
export const tokened = (accept: readonly Placement[], more: More = {}) => ({
  kind: 'token' as const,
  accept,
  ...written(more),
});

/** A check that there is something at the URL, which anybody may make. */
/* @__NO_SIDE_EFFECTS__ */
export const check = (method: Handshake['method'], when: string | string[] = []): Handshake =>
  handshake(method, when, { with: 'nothing' }, '', 'none');

/** A handshake that proves what a delivery does, unless said otherwise. */
/* @__NO_SIDE_EFFECTS__ */
export function handshake(
  method: Handshake['method'],
  when: string | string[],
  answer: HandshakeAnswer,
  challenge = '',
  proof: Handshake['proof'] = 'delivery',
): Handshake {
  const asked = { method, when: [when].flat().map(mark), proof, answer };
  return challenge ? { ...asked, challenge: place(challenge) } : asked;
}
