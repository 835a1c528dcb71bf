/** Finds a sender's id by its name, in any case, or by another name that people use for it. */
import { nearest } from '../base/nearest.ts';
import { otherNames } from './generated/all-other-names.ts';
import { isProviderId, type ProviderId, providerIds } from './presets.ts';

const names: Partial<Record<ProviderId, readonly string[]>> = otherNames;

const byOtherName = new Map(providerIds.flatMap((id) => (names[id] ?? []).map((name) => [name, id])));

/** A name in the form of an id: `Amazon SNS` is `amazon-sns`. Longer names than any sender's are cut. */
const inIdForm = (name: string): string =>
  name
    .slice(0, 64)
    .trim()
    .toLowerCase()
    .replace(/[\s_.]+/g, '-');

/** The id of the sender with this name; undefined if no sender has it. */
export function providerIdOf(name: string): ProviderId | undefined {
  const id = inIdForm(name);
  return isProviderId(id) ? id : byOtherName.get(id);
}

/** The id that was most likely meant by a name that no sender has. */
export function nearestProvider(name: string): ProviderId | undefined {
  const found = nearest(inIdForm(name), [...providerIds, ...byOtherName.keys()]);
  return found === undefined ? undefined : providerIdOf(found);
}
