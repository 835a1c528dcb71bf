/** Finds a sender's id by its name, or by another common name of the sender. Upper and lower case are equal. */
import { nearest } from '../../ground/base/nearest.ts';
import * as all from './generated/all-other-names.ts';
import { isProviderId, type ProviderId, providerIds } from './presets.ts';

const byOtherName: ReadonlyMap<string, ProviderId> = new Map(
  Object.entries(all).flatMap(([id, names]) => names.map((name) => [name, id as ProviderId])),
);

/**
 * A name in the form of an id: `Amazon SNS` becomes `amazon-sns`. Only the first 64 characters count, because every
 * sender's name is shorter.
 */
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

/** For an unknown name, the id of the sender with the most similar name; undefined if no name is similar. */
export function nearestProvider(name: string): ProviderId | undefined {
  const found = nearest(inIdForm(name), [...providerIds, ...byOtherName.keys()]);
  return found === undefined ? undefined : providerIdOf(found);
}
