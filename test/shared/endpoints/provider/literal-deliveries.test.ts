/** Deliveries as text. The tests fail if a preset has a wrong header, encoding, message, time or place. */
import { expect, test } from '@jest/globals';
import type { Preset, RefusedLiteral, SignedLiteral } from '../../../../shared/endpoints/provider/preset.ts';
import { presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { verifyWithSecrets } from '../../../../shared/endpoints/signature/verify-by-secret.ts';
import { accepted, refused } from '../signature/given-signature.ts';
import { arriving, itemsOf, literals, metadataOf, schemeOf, usualSecret } from './literal-checks.ts';

const deliveries = providerIds.flatMap((id) =>
  (literals[id]?.signed ?? []).map((one): [string, SignedLiteral, Preset] => [one.scheme ?? id, one, presetOf(id)]),
);
const refusals = providerIds.flatMap((id) =>
  (literals[id]?.refused ?? []).map((one): [string, string, RefusedLiteral] => [id, one.why, one]),
);

test.each(deliveries)('the signature of %s is valid only with its secret', (_, delivery, preset) => {
  const scheme = schemeOf(delivery, preset);
  const request = arriving(delivery);
  const { secret = usualSecret, otherSecret: other = secret.replace(/[1-9a-z](?=.?.?$)/, '0') } = delivery;
  expect(verifyWithSecrets(scheme, [secret], request)).toEqual(accepted());
  expect(other).not.toBe(secret);
  expect(verifyWithSecrets(scheme, [other], request)).toMatchObject({ verified: false });
});

test.each(deliveries.filter(([, { isBodyOpen }]) => !isBodyOpen))(
  'the signature of %s covers the body',
  (_, delivery, preset) => {
    const body = delivery.body.replace(/[a-z](?=[^a-z]*$)/, 'Z');
    expect(body).not.toBe(delivery.body);
    const verdict = verifyWithSecrets(
      schemeOf(delivery, preset),
      [delivery.secret ?? usualSecret],
      arriving({ ...delivery, body }),
    );
    expect(verdict).toMatchObject({ verified: false });
  },
);

test.each(deliveries)('the signature of %s is valid for the time in its literal', (_, delivery, preset) => {
  const { secret = usualSecret, validSeconds } = delivery;
  const at = (seconds: number) => verifyWithSecrets(schemeOf(delivery, preset), [secret], arriving(delivery, seconds));
  if (validSeconds === undefined) {
    expect([at(10 * 365 * 86_400), at(-86_400)]).toEqual([accepted(), accepted()]);
    return;
  }
  expect([at(validSeconds), at(-validSeconds)]).toEqual([accepted(), accepted()]);
  expect(at(validSeconds + 1)).toEqual(refused('timestamp_too_old'));
  expect(at(-validSeconds - 1)).toEqual(refused('timestamp_in_future'));
});

test.each(refusals)('%s refuses a right signature: %s', (id, _, delivery) => {
  const scheme = schemeOf(delivery, presetOf(id));
  expect(verifyWithSecrets(scheme, [delivery.secret ?? usualSecret], arriving(delivery))).toEqual(
    refused(delivery.reason),
  );
});

test.each(deliveries)('the preset of %s finds the type and the id', (_, delivery, preset) => {
  const { type, deliveryId } = delivery;
  expect(metadataOf(delivery, preset)).toEqual({ type, deliveryId });
});

test.each(deliveries)('the preset of %s finds the items of a batch', (_, delivery, { batch }) => {
  const found = batch && itemsOf(delivery, batch)?.map(({ id, type }) => [id, type]);
  expect(found).toEqual(delivery.items);
});
