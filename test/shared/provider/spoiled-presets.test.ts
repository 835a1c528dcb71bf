/**
 * Spoils every value in every preset, one at a time. A literal delivery, handshake or fact of that sender must then fail.
 * If this test fails for a new preset, add what is missing to `literal-deliveries.ts`, `literal-handshakes.ts` or
 * `literal-senders.ts`.
 */
import { expect, test } from '@jest/globals';
import type { Preset } from '../../../shared/provider/preset.ts';
import { presetOf, providerIds } from '../../../shared/provider/presets.ts';
import { failedCheck } from './literal-checks.ts';
import { literalDeliveries } from './literal-deliveries.ts';
import { literalSenders, unsignedDeliveries } from './literal-senders.ts';
import { spoil } from './spoil.ts';

/** Slips that no request can show, each with the reason. */
const invisible: Record<string, string> = {
  'sendgrid: scheme.timestamp.unit is "ms"': 'The time is not limited, and our signer has no private keys.',
};

test('every sender is in literal-senders.ts, and has a delivery as text', () => {
  const withDelivery = new Set([...literalDeliveries, ...unsignedDeliveries].map(({ provider }) => provider));
  expect([...withDelivery].sort()).toEqual(providerIds);
  expect(Object.keys(literalSenders).sort()).toEqual(providerIds);
});

test.each(providerIds)('%s: the preset passes all checks, and fails one if any of its values is wrong', (id) => {
  const preset = presetOf(id);
  expect(failedCheck(id, preset)).toBeUndefined();
  const unseen = [...spoil<Preset>(preset)].filter(({ data }) => failedCheck(id, data) === undefined);
  const expected = Object.keys(invisible).flatMap((slip) =>
    slip.startsWith(`${id}: `) ? [slip.slice(id.length + 2)] : [],
  );
  expect(unseen.map(({ what }) => what).sort()).toEqual(expected.sort());
});
