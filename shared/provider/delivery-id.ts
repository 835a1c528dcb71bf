/** Where a delivery of a sender has its id, by the scheme that the delivery is signed with. */
import type { Dedupe } from '../settings/settings.ts';
import { signsId } from '../settings/signed-id.ts';
import type { Scheme } from '../signature/scheme.ts';
import type { Preset } from './preset.ts';

/**
 * How repeats of a delivery are recognized. An id that the scheme signs counts: the operator's, else the preset's. Only if
 * the scheme signs no id of the preset, an id that is not signed counts too.
 * @param scheme undefined if the delivery is not signed
 * @param chosen the operator's setting
 */
export function dedupeUnder(
  { dedupe = { by: 'none' }, otherIds = [] }: Preset,
  scheme: Scheme | undefined,
  chosen: Dedupe = dedupe,
): Dedupe {
  if (!scheme || chosen.by === 'none' || signsId(scheme, chosen)) return chosen;
  return [dedupe, ...otherIds].find((one) => signsId(scheme, one)) ?? chosen;
}
