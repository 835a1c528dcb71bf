/** Checks a preset against `literals` in the file of its sender: deliveries and handshakes as text. */
import { isDeepStrictEqual } from 'node:util';
import { credentialsIn, credentialsInBody } from '../../../../shared/endpoints/credential/token-placement.ts';
import {
  dedupeUnder,
  type SettingsInForce,
  settingsInForce,
} from '../../../../shared/endpoints/endpoint/settings-in-force.ts';
import { isBodyCovered } from '../../../../shared/endpoints/provider/catalogue.ts';
import type {
  LiteralDelivery,
  LiteralHandshake,
  LiteralRequest,
  Literals,
  Preset,
  RefusedLiteral,
  RequestWithToken,
  SignedLiteral,
  TokenPlace,
} from '../../../../shared/endpoints/provider/preset.ts';
import { isProviderId, type ProviderId } from '../../../../shared/endpoints/provider/presets.ts';
import { deliveryMetadataOf } from '../../../../shared/endpoints/settings/delivery-metadata.ts';
import type { Batch } from '../../../../shared/endpoints/settings/split.ts';
import type { Scheme } from '../../../../shared/endpoints/signature/scheme.ts';
import type { Signable } from '../../../../shared/endpoints/signature/signed-message.ts';
import { sign } from '../../../../shared/endpoints/signature/signing.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { acceptedAnswer } from '../../../../shared/events/arrival/arrival-answer.ts';
import { handshakeIn, hasVerifyToken, isAnswerable, replyTo } from '../../../../shared/events/arrival/handshake.ts';
import { splitItemsOf, splitItemsOfForm } from '../../../../shared/events/bus/split-items.ts';
import type { Arrival } from '../../../../shared/events/event/accepted-arrival.ts';
import { documentOf, isFormType } from '../../../../shared/ground/base/json-pointer.ts';
import * as all from './all-literals.ts';

/** The literals of all senders. A test names those without. */
export const literals: Partial<Record<ProviderId, Literals>> = all;

type Check = (preset: Preset) => boolean;

/** The secret of a literal that names none. */
export const usualSecret = 'it is a secret';
/** All deliveries were signed at this time, for this URL. */
const signedAt = Date.parse('2026-03-01T12:00:00Z');
const anyUrl = 'https://hooks.example.com/hooks/orders/ep_1';

/** The scheme that signs a delivery. @throws if the preset does not have it */
export function schemeOf({ scheme }: { scheme?: string }, preset: Preset): Scheme {
  const found = scheme === undefined ? preset.scheme : preset.older?.[scheme];
  if (found === undefined) throw new Error('the preset has no such scheme');
  return found;
}

type SignedText = Pick<SignedLiteral, 'url' | 'headers' | 'body'>;

/** A delivery as it arrives, some seconds after it was signed. */
export const arriving = ({ url = anyUrl, headers, body }: SignedText, seconds = 0): Signable => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
  now: new Date(signedAt + seconds * 1000),
});

/** The verdict on a delivery that arrives some seconds after it was signed: `valid`, or why it is refused. */
function verdictOf(delivery: SignedLiteral | RefusedLiteral, preset: Preset, seconds = 0): string {
  const verdict = verifyWithSecrets(
    schemeOf(delivery, preset),
    [delivery.secret ?? usualSecret],
    arriving(delivery, seconds),
  );
  return verdict.verified ? 'valid' : verdict.reason;
}

const years = 10 * 365 * 86_400;

const isValidAsLongAsTheSenderSays =
  (delivery: SignedLiteral): Check =>
  (preset) => {
    const { validSeconds: seconds } = delivery;
    const at = (...times: number[]) => times.map((time) => verdictOf(delivery, preset, time));
    if (seconds === undefined) return isDeepStrictEqual(at(0, years, -86_400), ['valid', 'valid', 'valid']);
    const verdicts = at(0, seconds, -seconds, seconds + 1, -seconds - 1);
    return isDeepStrictEqual(verdicts, ['valid', 'valid', 'valid', 'timestamp_too_old', 'timestamp_in_future']);
  };

/**
 * Whether our own signature, as a self-test makes it, is the sender's. Only this shows whether a time without a limit is in
 * seconds or in milliseconds. Our signer writes no multipart form.
 */
const isSignedAlike =
  (delivery: SignedLiteral): Check =>
  (preset) => {
    const scheme = schemeOf(delivery, preset);
    const { unit, tolerance } = (scheme.kind === 'hmac' && scheme.timestamp) || { unit: 'imf' };
    const isMultipart = delivery.headers['content-type']?.startsWith('multipart/');
    if (tolerance !== undefined || !['s', 'ms'].includes(unit) || isMultipart) return true;
    const made = sign(scheme, delivery.secret ?? usualSecret, arriving(delivery));
    return isDeepStrictEqual([made?.headers, made?.body.toString()], [delivery.headers, delivery.body]);
  };

/** The type and the delivery id, which may be in another place for each scheme. */
export function metadataOf(delivery: LiteralDelivery & { scheme?: string }, preset: Preset) {
  const { headers, body, scheme } = delivery;
  const { type: types = [] } = preset;
  const signedBy = scheme === undefined ? preset.scheme : preset.older?.[scheme];
  const dedupe = dedupeUnder(preset, signedBy);
  return deliveryMetadataOf({ headers, body: Buffer.from(body), accept: [] }, { dedupe, types });
}

const hasMetadata =
  (delivery: LiteralDelivery): Check =>
  (preset) =>
    isDeepStrictEqual(metadataOf(delivery, preset), { type: delivery.type, deliveryId: delivery.deliveryId });

/** The items of a delivery, by the way its content type asks for. */
export function itemsOf({ headers, body }: Pick<LiteralDelivery, 'headers' | 'body'>, batch: Batch) {
  const contentType = headers['content-type'] ?? '';
  if (!isFormType(contentType)) return splitItemsOf(body, batch);
  return splitItemsOfForm(documentOf(Buffer.from(body), contentType), batch);
}

const hasItems =
  (delivery: LiteralDelivery): Check =>
  ({ batch }) => {
    const found = batch && itemsOf(delivery, batch)?.map(({ id, type }) => [id, type]);
    return isDeepStrictEqual(found, delivery.items);
  };

const receivedOf = ({ method, query = '', headers = {}, body = '' }: LiteralRequest): Arrival => ({
  method,
  headers,
  rawQueryString: query,
  rest: undefined,
  sourceIp: '192.0.2.1',
  requestId: 'r1',
  body: Buffer.from(body),
});

const isNoHandshake =
  (request: LiteralRequest): Check =>
  (preset) =>
    handshakeIn(preset, receivedOf(request)) === undefined;

const isAnsweredHandshake =
  (literal: LiteralHandshake): Check =>
  (preset) => {
    const delivery = receivedOf(literal);
    const asked = handshakeIn(preset, delivery);
    if (!asked || !isAnswerable(asked)) return false;
    const { proof } = asked.handshake;
    const isProved =
      typeof literal.proof === 'object'
        ? typeof proof === 'object' &&
          hasVerifyToken(asked.handshake, literal.proof.verifyToken, delivery) &&
          !hasVerifyToken(asked.handshake, 'another', delivery)
        : proof === literal.proof;
    const reply = replyTo(asked, usualSecret);
    return (
      isProved &&
      isDeepStrictEqual([asked.challenge, reply], [literal.challenge, { statusCode: 200, ...literal.answer }])
    );
  };

/**
 * The literals of a sender.
 * @throws if the sender's file has none
 */
export function literalsOf(id: string): Literals {
  const found = isProviderId(id) ? literals[id] : undefined;
  if (found) return found;
  throw new Error(
    `Export literals from shared/endpoints/provider/presets/${id}.ts and run npm run providers. See docs/contributing/adding-a-preset.md.`,
  );
}

/** The token in the literals. */
const literalToken = 'hle_of-the-sender-0123';
/**
 * Requests with the token at its usual places. The text for Basic was made with
 * `printf 'hooklatch:hle_of-the-sender-0123' | base64`.
 */
const usualRequests: Record<TokenPlace, RequestWithToken> = {
  basic: { headers: { authorization: 'Basic aG9va2xhdGNoOmhsZV9vZi10aGUtc2VuZGVyLTAxMjM=' } },
  bearer: { headers: { authorization: 'Bearer hle_of-the-sender-0123' } },
  authorization: { headers: { authorization: 'hle_of-the-sender-0123' } },
  webhookToken: { headers: { 'x-webhook-token': 'hle_of-the-sender-0123' } },
  query: { query: 'a=1&token=hle_of-the-sender-0123' },
  path: { rest: 'hle_of-the-sender-0123' },
};

const findsToken =
  (place: TokenPlace | RequestWithToken): Check =>
  ({ accept = [] }) => {
    const { headers = {}, query = '', rest, body = '' } = typeof place === 'string' ? usualRequests[place] : place;
    const found = [
      ...credentialsIn(accept, { headers, rawQueryString: query, rest }),
      ...credentialsInBody(accept, Buffer.from(body), 'application/json'),
    ];
    return isDeepStrictEqual(
      found.map(({ value }) => value),
      [literalToken],
    );
  };

/** Whether the preset accepts a token at these places and at no other. */
const findsTokens =
  ({ tokenIn = [] }: Literals): Check =>
  (preset) =>
    (preset.accept ?? []).length === tokenIn.length && tokenIn.every((place) => findsToken(place)(preset));

const answers =
  (literal: Literals): Check =>
  ({ answer = null }) => {
    const byDefault = { status: 202, contentType: 'application/json', body: '{"id":"evt_1"}' };
    const settings: SettingsInForce = { ...settingsInForce({ provider: 'generic', settings: {} }), answer };
    const { statusCode, headers, body } = acceptedAnswer(settings, 'evt_1', false) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    const made = { status: statusCode, contentType: headers['content-type'], body };
    return isDeepStrictEqual(made, literal.answer ?? byDefault);
  };

const demands =
  (literal: Literals): Check =>
  (preset) => {
    const { kind, secretFrom = 'operator', rejectionStatus } = preset;
    const isCovered = literal.demands === 'token' ? undefined : !literal.isBodyOpen;
    return isDeepStrictEqual(
      [kind, secretFrom, rejectionStatus, isBodyCovered(preset)],
      [literal.demands, literal.secretFrom, literal.rejectionStatus, isCovered],
    );
  };

type NamedCheck = [name: string, check: Check];

const signatureChecks = ({ signed = [], refused = [] }: Literals): NamedCheck[] => [
  ...signed.map((one): NamedCheck => ['a signature', isValidAsLongAsTheSenderSays(one)]),
  ...signed.map((one): NamedCheck => ['our own signature', isSignedAlike(one)]),
  ...refused.map((one): NamedCheck => [one.why, (preset) => verdictOf(one, preset) === one.reason]),
];

const deliveryChecks = (delivery: LiteralDelivery): NamedCheck[] => [
  ['the type and the id', hasMetadata(delivery)],
  ['the items', hasItems(delivery)],
  ['a delivery is no handshake', isNoHandshake({ method: 'POST', headers: delivery.headers, body: delivery.body })],
];

const handshakeChecks = ({ handshakes = [], noHandshakes = [] }: Literals): NamedCheck[] => [
  ...handshakes.map((one): NamedCheck => [`the handshake ${one.method}`, isAnsweredHandshake(one)]),
  ...noHandshakes.map((one): NamedCheck => ['another request is no handshake', isNoHandshake(one)]),
];

/** All checks of a sender, by name. */
function checksOf(id: string): NamedCheck[] {
  const literal = literalsOf(id);
  const { signed = [], unsigned = [] } = literal;
  return [
    ...signatureChecks(literal),
    ...[...signed, ...unsigned].flatMap(deliveryChecks),
    ...handshakeChecks(literal),
    ['the tokens', findsTokens(literal)],
    ['the answer', answers(literal)],
    ['the demands', demands(literal)],
  ];
}

/** The first check that the preset fails. A check that throws fails too. */
export function failedCheck(id: string, preset: Preset): string | undefined {
  const fails = (check: Check): boolean => {
    try {
      return !check(preset);
    } catch {
      return true;
    }
  };
  return checksOf(id).find(([, check]) => fails(check))?.[0];
}
