/**
 * What a plan shows of the settings of a destination that no answer shows: where requests go, and which secret goes with them. References are
 * shown by name, and of a URL the origin. No other text is shown if it could be a secret. Pure.
 */

import { originOf } from '../../deliveries/destination/destination-url.ts';
import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import type { HiddenSettings } from './destination-secrets.ts';
import type { Difference } from './plan.ts';
import { isValueReference } from './secret-reference.ts';

/** What there is to know of a destination beside its file. */
type Known = Pick<DestinationView, 'origin' | 'headerNames' | 'authKind'>;

/** The fields of `auth` that are no secret, whatever they have. A user name can be one: some receivers take a key in its place. */
const publicFields: readonly string[] = ['kind', 'name', 'clientId', 'scope', 'clientAuthentication'];

type Shown = Pick<Difference, 'to' | 'hidden'>;

const textShown = (value: unknown): Shown =>
  typeof value === 'string' && isValueReference(value) ? { to: value } : { hidden: true };

function urlShown(url: unknown): Shown {
  if (typeof url !== 'string' || isValueReference(url)) return textShown(url);
  const origin = originOf(url);
  return { to: origin, ...(new URL(url).href !== `${origin}/` && { hidden: true }) };
}

/** A field that the file says, or no longer says. */
export interface SaidField {
  difference: Difference;
  /** Whether it certainly differs, by what every operator may see. Anything else may be as the file says already. */
  isCertain: boolean;
}

/** A field with what is known of it today, if that is something else. */
const compared = (field: string, from: unknown, shown: Shown): SaidField => {
  const isCertain = from !== undefined && from !== shown.to;
  return { difference: { field, ...(isCertain && { from }), ...shown }, isCertain };
};

/** A field of which nothing is known today. */
const unknown = (field: string, shown: Shown): SaidField => compared(field, undefined, shown);

/** Where a reference leads is not known. */
const urlField = (url: string, known: Known | undefined): SaidField =>
  compared('url', isValueReference(url) ? undefined : known?.origin, urlShown(url));

function headerFields(headers: object, known: Known | undefined): SaidField[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const gone = (known?.headerNames ?? []).filter((name) => !names.includes(name));
  return [
    ...Object.entries(headers).map(([name, value]) => ({
      difference: { field: `headers.${name}`, ...textShown(value) },
      isCertain: known !== undefined && !known.headerNames.includes(name.toLowerCase()),
    })),
    ...gone.map((name) => ({ difference: { field: `headers.${name}`, to: 'none' }, isCertain: true })),
  ];
}

const authFields = (auth: object, known: Known | undefined): SaidField[] =>
  Object.entries(auth).map(([name, value]) => {
    if (name === 'kind') return compared('auth.kind', known?.authKind, { to: value });
    if (name === 'tokenUrl') return unknown('auth.tokenUrl', urlShown(value));
    return unknown(`auth.${name}`, publicFields.includes(name) ? { to: value } : textShown(value));
  });

/**
 * All that a file says of these settings.
 * @param known what is there. Absent for a new destination
 */
export const saidFields = ({ url, headers, auth, signingSecret }: HiddenSettings, known?: Known): SaidField[] => [
  ...(url === undefined ? [] : [urlField(url as string, known)]),
  ...(headers === undefined ? [] : headerFields(headers as object, known)),
  ...(auth === undefined ? [] : authFields(auth as object, known)),
  ...(signingSecret === undefined ? [] : [unknown('signingSecret', { to: signingSecret })]),
];
