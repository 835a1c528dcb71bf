/** Checks a preset against the deliveries and handshakes of its sender that are written out as text. */
import { isDeepStrictEqual } from 'node:util';
import { documentOf, isFormType } from '../../../shared/base/json-pointer.ts';
import { splitItemsOf, splitItemsOfForm } from '../../../shared/bus/split-items.ts';
import { credentialsIn, credentialsInBody } from '../../../shared/credential/token-placement.ts';
import { acceptedAnswer } from '../../../shared/delivery/delivery-answer.ts';
import { handshakeIn, hasVerifyToken, isAnswerable, replyTo } from '../../../shared/delivery/handshake.ts';
import { type SettingsInForce, settingsInForce } from '../../../shared/endpoint/settings-in-force.ts';
import type { Delivery } from '../../../shared/event/accepted-delivery.ts';
import { isBodyCovered } from '../../../shared/provider/catalogue.ts';
import type { Preset } from '../../../shared/provider/preset.ts';
import { deliveryMetadataOf } from '../../../shared/settings/delivery-metadata.ts';
import type { Batch } from '../../../shared/settings/split.ts';
import type { Scheme } from '../../../shared/signature/scheme.ts';
import type { Signable } from '../../../shared/signature/signed-message.ts';
import { sign } from '../../../shared/signature/signing.ts';
import { verifyWithSecrets } from '../../../shared/signature/verify-by-secret.ts';
import {
  type LiteralDelivery,
  literalDeliveries,
  type RefusedDelivery,
  refusedDeliveries,
} from './literal-deliveries.ts';
import {
  type HandshakeRequestText,
  handshakeSecret,
  type LiteralHandshake,
  literalHandshakes,
  otherRequests,
} from './literal-handshakes.ts';
import {
  type LiteralSender,
  literalSenders,
  literalToken,
  requestsWithToken,
  type TokenPlace,
  type UnsignedDelivery,
  unsignedDeliveries,
} from './literal-senders.ts';

type AnyDelivery = Omit<UnsignedDelivery, 'provider'>;
type Check = (preset: Preset) => boolean;

/** All deliveries were signed at this time, for this URL. */
const signedAt = Date.parse('2026-03-01T12:00:00Z');
const anyUrl = 'https://hooks.example.com/hooks/orders/ep_1';

/** The scheme that signs a delivery. @throws if the preset does not have it */
export function schemeOf({ scheme }: { scheme?: string }, preset: Preset): Scheme {
  const found = scheme === undefined ? preset.scheme : preset.older?.[scheme];
  if (found === undefined) throw new Error('the preset has no such scheme');
  return found;
}

type SignedText = Pick<LiteralDelivery, 'url' | 'headers' | 'body'>;

/** A delivery as it arrives, some seconds after it was signed. */
export const arriving = ({ url = anyUrl, headers, body }: SignedText, seconds = 0): Signable => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
  now: new Date(signedAt + seconds * 1000),
});

/** The verdict on a delivery that arrives some seconds after it was signed: `valid`, or why it is refused. */
function verdictOf(delivery: LiteralDelivery | RefusedDelivery, preset: Preset, seconds = 0): string {
  const verdict = verifyWithSecrets(schemeOf(delivery, preset), [delivery.secret], arriving(delivery, seconds));
  return verdict.verified ? 'valid' : verdict.reason;
}

const years = 10 * 365 * 86_400;

const isValidAsLongAsTheSenderSays =
  (delivery: LiteralDelivery): Check =>
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
  (delivery: LiteralDelivery): Check =>
  (preset) => {
    const scheme = schemeOf(delivery, preset);
    const { unit, tolerance } = (scheme.kind === 'hmac' && scheme.timestamp) || { unit: 'imf' };
    const isMultipart = delivery.headers['content-type']?.startsWith('multipart/');
    if (tolerance !== undefined || !['s', 'ms'].includes(unit) || isMultipart) return true;
    const made = sign(scheme, delivery.secret, arriving(delivery));
    return isDeepStrictEqual([made?.headers, made?.body.toString()], [delivery.headers, delivery.body]);
  };

const hasMetadata =
  ({ headers, body, type, deliveryId }: AnyDelivery): Check =>
  ({ dedupe = { by: 'none' }, type: types = [] }) =>
    isDeepStrictEqual(deliveryMetadataOf({ headers, body: Buffer.from(body), accept: [] }, { dedupe, types }), {
      type,
      deliveryId,
    });

/** The items of a delivery, by the way its content type asks for. */
export function itemsOf({ headers, body }: Pick<AnyDelivery, 'headers' | 'body'>, batch: Batch) {
  const contentType = headers['content-type'] ?? '';
  if (!isFormType(contentType)) return splitItemsOf(body, batch);
  return splitItemsOfForm(documentOf(Buffer.from(body), contentType), batch);
}

const hasItems =
  (delivery: AnyDelivery): Check =>
  ({ batch }) => {
    const found = batch && itemsOf(delivery, batch)?.map(({ id, type }) => [id, type]);
    return isDeepStrictEqual(found, delivery.items);
  };

const receivedOf = ({
  method,
  query = '',
  headers = {},
  body = '',
}: Omit<HandshakeRequestText, 'provider'>): Delivery => ({
  ...{ method, headers, rawQueryString: query, rest: undefined, sourceIp: '192.0.2.1', requestId: 'r1' },
  body: Buffer.from(body),
});

const isNoHandshake =
  (request: Omit<HandshakeRequestText, 'provider'>): Check =>
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
    const reply = replyTo(asked, handshakeSecret);
    return (
      isProved &&
      isDeepStrictEqual([asked.challenge, reply], [literal.challenge, { statusCode: 200, ...literal.answer }])
    );
  };

function senderOf(id: string): LiteralSender {
  const sender = literalSenders[id];
  if (sender) return sender;
  throw new Error(`write down in literal-senders.ts what ${id} expects`);
}

const findsToken =
  (place: TokenPlace): Check =>
  ({ accept = [] }) => {
    const {
      headers = {},
      query = '',
      rest,
      body = '',
    }: { headers?: Record<string, string>; query?: string; rest?: string; body?: string } = requestsWithToken[place];
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
  (id: string): Check =>
  (preset) => {
    const { tokenIn = [] } = senderOf(id);
    return (preset.accept ?? []).length === tokenIn.length && tokenIn.every((place) => findsToken(place)(preset));
  };

const answers =
  (id: string): Check =>
  ({ answer = null }) => {
    const byDefault = { status: 202, contentType: 'application/json', body: '{"id":"evt_1"}' };
    const settings: SettingsInForce = { ...settingsInForce({ provider: 'generic', settings: {} }), answer };
    const { statusCode, headers, body } = acceptedAnswer(settings, 'evt_1', false) as {
      statusCode: number;
      headers: Record<string, string>;
      body: string;
    };
    const made = { status: statusCode, contentType: headers['content-type'], body };
    return isDeepStrictEqual(made, senderOf(id).answer ?? byDefault);
  };

const demands =
  (id: string): Check =>
  (preset) => {
    const { kind, secretFrom = 'operator', rejectionStatus } = preset;
    const literal = senderOf(id);
    const isCovered = literal.demands === 'token' ? undefined : !literal.isBodyOpen;
    return isDeepStrictEqual(
      [kind, secretFrom, rejectionStatus, isBodyCovered(preset)],
      [literal.demands, literal.secretFrom, literal.refusal, isCovered],
    );
  };

const of = <D extends { provider: string }>(id: string, all: readonly D[]): D[] =>
  all.filter(({ provider }) => provider === id);

/** All checks of a sender, by name. */
export function checksOf(id: string): [name: string, check: Check][] {
  const signed = of(id, literalDeliveries);
  const all: AnyDelivery[] = [...signed, ...of(id, unsignedDeliveries)];
  return [
    ...signed.map((one): [string, Check] => ['a signature', isValidAsLongAsTheSenderSays(one)]),
    ...signed.map((one): [string, Check] => ['our own signature', isSignedAlike(one)]),
    ...of(id, refusedDeliveries).map((one): [string, Check] => [
      one.why,
      (preset) => verdictOf(one, preset) === one.reason,
    ]),
    ...all.flatMap((one): [string, Check][] => [
      ['the type and the id', hasMetadata(one)],
      ['the items', hasItems(one)],
      ['a delivery is no handshake', isNoHandshake({ method: 'POST', ...one })],
    ]),
    ...of(id, literalHandshakes).map((one): [string, Check] => [
      `the handshake ${one.method}`,
      isAnsweredHandshake(one),
    ]),
    ...of(id, otherRequests).map((one): [string, Check] => ['another request is no handshake', isNoHandshake(one)]),
    ['the tokens', findsTokens(id)],
    ['the answer', answers(id)],
    ['the demands', demands(id)],
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
