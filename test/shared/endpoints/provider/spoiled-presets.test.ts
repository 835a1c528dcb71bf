/**
 * Spoils every value in every preset, one at a time. A literal delivery, handshake or fact of that sender must then fail.
 * If this test fails for a new preset, add what is missing to `literals` in the sender's file.
 */
import { expect, test } from '@jest/globals';
import type { Preset } from '../../../../shared/endpoints/provider/preset.ts';
import { presetOf, providerIds } from '../../../../shared/endpoints/provider/presets.ts';
import { failedCheck, literalsOf } from './literal-checks.ts';
import { spoil } from './spoil.ts';

test.each(providerIds)('the file of %s has a delivery as text', (id) => {
  const { signed = [], unsigned = [] } = literalsOf(id);
  expect([...signed, ...unsigned]).not.toEqual([]);
});

test.each(providerIds)('%s: the preset passes all checks, and fails one if any of its values is wrong', (id) => {
  const preset = presetOf(id);
  const { invisible = {} } = literalsOf(id);
  expect(failedCheck(id, preset)).toBeUndefined();
  const unseen = [...spoil<Preset>(preset)].filter(({ data }) => failedCheck(id, data) === undefined);
  expect(unseen.map(({ what }) => what).sort()).toEqual(Object.keys(invisible).sort());
});
