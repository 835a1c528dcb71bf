/** Deliveries as text. They fail if a preset has a wrong header, encoding, message, time or place. */
import { expect, test } from '@jest/globals';
import { documentOf, isFormType } from '../../../shared/base/json-pointer.ts';
import { splitItemsOf, splitItemsOfForm } from '../../../shared/bus/split-items.ts';
import type { Preset } from '../../../shared/provider/preset.ts';
import { presetOf } from '../../../shared/provider/presets.ts';
import { deliveryMetadataOf } from '../../../shared/settings/delivery-metadata.ts';
import type { Batch } from '../../../shared/settings/split.ts';
import type { Scheme } from '../../../shared/signature/scheme.ts';
import type { Signable } from '../../../shared/signature/signed-message.ts';
import { verifyWithSecrets } from '../../../shared/signature/verify-by-secret.ts';
import { accepted, refused } from '../signature/given-signature.ts';
import { type LiteralDelivery, literalDeliveries, refusedDeliveries } from './literal-deliveries.ts';

/** All deliveries were signed at this time, for this URL. */
const signedAt = Date.parse('2026-03-01T12:00:00Z');
const ownUrl = 'https://hooks.example.com/hooks/orders/ep_1';

const deliveries = literalDeliveries.map((delivery): [string, LiteralDelivery, Preset] => [
  delivery.scheme ?? delivery.provider,
  delivery,
  presetOf(delivery.provider),
]);

function schemeOf({ scheme }: Pick<LiteralDelivery, 'scheme'>, preset: Preset): Scheme {
  const found = scheme === undefined ? preset.scheme : preset.older?.[scheme];
  if (found === undefined) throw new Error('the preset has no such scheme');
  return found;
}

/** The delivery as it arrives some seconds after it was signed. */
const arriving = (
  { url = ownUrl, headers, body }: Pick<LiteralDelivery, 'url' | 'headers' | 'body'>,
  seconds = 0,
): Signable => ({
  method: 'POST',
  url,
  headers,
  body: Buffer.from(body),
  now: new Date(signedAt + seconds * 1000),
});

test.each(deliveries)('%s: the signature is valid, and only with its secret', (_, delivery, preset) => {
  const scheme = schemeOf(delivery, preset);
  const request = arriving(delivery);
  expect(verifyWithSecrets(scheme, [delivery.secret], request)).toEqual(accepted());
  const { otherSecret: other = delivery.secret.replace(/[1-9a-z](?=.?.?$)/, '0') } = delivery;
  expect(other).not.toBe(delivery.secret);
  expect(verifyWithSecrets(scheme, [other], request)).toMatchObject({ verified: false });
});

test.each(deliveries.filter(([, { isBodyOpen }]) => !isBodyOpen))(
  '%s: the signature covers the body',
  (_, delivery, preset) => {
    const body = delivery.body.replace(/[a-z](?=[^a-z]*$)/, 'Z');
    expect(body).not.toBe(delivery.body);
    const verdict = verifyWithSecrets(schemeOf(delivery, preset), [delivery.secret], arriving({ ...delivery, body }));
    expect(verdict).toMatchObject({ verified: false });
  },
);

test.each(deliveries)('%s: the signature is valid as long as the sender says', (_, delivery, preset) => {
  const { secret, validSeconds } = delivery;
  const at = (seconds: number) => verifyWithSecrets(schemeOf(delivery, preset), [secret], arriving(delivery, seconds));
  if (validSeconds === undefined) {
    expect([at(10 * 365 * 86_400), at(-86_400)]).toEqual([accepted(), accepted()]);
    return;
  }
  expect([at(validSeconds), at(-validSeconds)]).toEqual([accepted(), accepted()]);
  expect(at(validSeconds + 1)).toEqual(refused('timestamp_too_old'));
  expect(at(-validSeconds - 1)).toEqual(refused('timestamp_in_future'));
});

test.each(refusedDeliveries)('$provider refuses a right signature: $why', (delivery) => {
  const scheme = schemeOf(delivery, presetOf(delivery.provider));
  expect(verifyWithSecrets(scheme, [delivery.secret], arriving(delivery))).toEqual(refused(delivery.reason));
});

test.each(deliveries)('%s: the preset finds the type and the id', (_, { headers, body, type, deliveryId }, preset) => {
  const { dedupe = { by: 'none' }, type: types = [] } = preset;
  const found = deliveryMetadataOf({ headers, body: Buffer.from(body), accept: [] }, { dedupe, types });
  expect(found).toEqual({ type, deliveryId });
});

/** The items of a delivery, by the way its content type asks for. */
function itemsOf({ headers, body }: LiteralDelivery, batch: Batch) {
  const contentType = headers['content-type'] ?? '';
  if (!isFormType(contentType)) return splitItemsOf(body, batch);
  return splitItemsOfForm(documentOf(Buffer.from(body), contentType), batch);
}

test.each(deliveries)('%s: the preset finds the items of a batch', (_, delivery, { batch }) => {
  const found = batch && itemsOf(delivery, batch)?.map(({ id, type }) => [id, type]);
  expect(found).toEqual(delivery.items);
});
