/** Finds out what is wrong in the placements where a token is accepted. Only operators see the result. */
import {
  isPlausible,
  type Placement,
  type PresentedCredential,
  placementName,
  type RequestHead,
} from '../../endpoints/credential/token-placement.ts';
import type { PlacementFault } from './rejection.ts';

/** Says what is wrong with a presented credential. Undefined if the credential is correct. */
export type CredentialFault = (credential: PresentedCredential, at: number) => PlacementFault['fault'] | undefined;

/** The fault of each accepted placement. The fault of a placement without a credential is `missing`. */
export function placementFaultsOf(
  accept: readonly Placement[],
  presented: readonly PresentedCredential[],
  faultOf: CredentialFault,
): PlacementFault[] {
  const found = new Map(presented.map((credential, at) => [credential.place, faultOf(credential, at)]));
  return [...new Set(accept.map(placementName))].flatMap((placement) => {
    const fault = found.has(placement) ? found.get(placement) : 'missing';
    return fault ? [{ placement, fault }] : [];
  });
}

/** Replaces `missing` by `scheme_missing` if the header is there without its scheme word. */
export function withMissingSchemes(
  faults: PlacementFault[],
  accept: readonly Placement[],
  presented: readonly PresentedCredential[],
  { headers }: RequestHead,
): PlacementFault[] {
  const isBasic = (name: string) => name === 'authorization' && presented.some((one) => one.in === 'basic');
  const withoutScheme = accept.flatMap((one) =>
    one.in === 'header' && one.scheme && Object.hasOwn(headers, one.name) && headers[one.name] && !isBasic(one.name)
      ? [placementName(one)]
      : [],
  );
  return faults.map(({ placement, fault }) => ({
    placement,
    fault: fault === 'missing' && withoutScheme.includes(placement) ? 'scheme_missing' : fault,
  }));
}

/** Whether white space stands around what may be a token. A person who copies a token easily copies the space after it too. */
function hasSpacesAround(credential: PresentedCredential): boolean {
  const value = credential.value?.trim();
  return value !== undefined && value !== credential.value && isPlausible({ ...credential, value });
}

export function malformedFault(credential: PresentedCredential): 'malformed' | 'spaces_around' | undefined {
  if (isPlausible(credential)) return undefined;
  return hasSpacesAround(credential) ? 'spaces_around' : 'malformed';
}

/**
 * A word that senders write before a token. An adopted token may begin with such a word too. Therefore only values that
 * match no token are searched for the word.
 */
const schemeWord = /^(bearer|basic|token) /i;

/** The fault of a credential that matches no token. */
export function unknownFault(credential: PresentedCredential): 'scheme_unexpected' | 'spaces_around' | 'unknown' {
  if (credential.in === 'header' && schemeWord.test(credential.value ?? '')) return 'scheme_unexpected';
  return hasSpacesAround(credential) ? 'spaces_around' : 'unknown';
}
