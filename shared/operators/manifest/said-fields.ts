/**
 * What a plan shows of the settings of a destination that no answer shows: where requests go, and which secret goes with them. References are
 * shown by name, and of a URL the origin. No other text is shown if it could be a secret. Pure.
 */
import { keptText, literalMark, publicAuthFields } from '../../deliveries/destination/destination-manager.ts';
import { originOf } from '../../deliveries/destination/destination-url.ts';
import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import { type HiddenSettings, hiddenNames } from './destination-secrets.ts';
import type { Difference } from './plan.ts';
import { isValueReference } from './secret-reference.ts';

/** What the record keeps of what the file said before: by place, a reference or that the text was written out. */
export type SaidPlaces = Readonly<Record<string, string>>;

/** What there is to know of a destination beside its file. */
export interface KnownDestination extends Pick<DestinationView, 'origin' | 'headerNames' | 'authKind'> {
  /** Undefined if the record does not say: it is of an earlier release, no file manages it, or the operator is no admin. */
  said?: SaidPlaces | undefined;
}

type Shown = Pick<Difference, 'to' | 'hidden'>;
type Before = Pick<Difference, 'from' | 'before'>;

/** A field that the file says, or no longer says. */
export interface SaidField {
  difference: Difference;
  /** `maybe`: a text that is not shown, or what is there today is not known. */
  differs: 'yes' | 'no' | 'maybe';
}

const textShown = (value: unknown): Shown =>
  typeof value === 'string' && isValueReference(value) ? { to: value } : { hidden: true };

function urlShown(url: unknown): Shown {
  if (typeof url !== 'string' || isValueReference(url)) return textShown(url);
  const origin = originOf(url);
  return { to: origin, ...(new URL(url).href !== `${origin}/` && { hidden: true }) };
}

function authShown(name: string, value: unknown): Shown {
  if (name === 'tokenUrl') return urlShown(value);
  return publicAuthFields.includes(name) ? { to: value } : textShown(value);
}

/** All places of these settings, with what is shown of each. */
const places = ({ url, headers, auth, signingSecret }: HiddenSettings): [place: string, shown: Shown][] => [
  ...(url === undefined ? [] : [['url', urlShown(url)] as [string, Shown]]),
  ...Object.entries(headers ?? {}).map(([name, value]): [string, Shown] => [`headers.${name}`, textShown(value)]),
  ...Object.entries(auth ?? {}).map(([name, value]): [string, Shown] => [`auth.${name}`, authShown(name, value)]),
  ...(signingSecret === undefined ? [] : [['signingSecret', { to: signingSecret }] as [string, Shown]]),
];

const kept = (place: string, { to }: Shown): string => (typeof to === 'string' ? keptText(place, to) : literalMark);

/** What the record keeps of these settings. */
export const saidOf = (hidden: HiddenSettings): SaidPlaces =>
  Object.fromEntries(places(hidden).map(([place, shown]) => [place, kept(place, shown)]));

/** The name of a header is the same in capitals. */
const folded = (place: string): string => (place.startsWith('headers.') ? place.toLowerCase() : place);

const settingOf = (place: string) => place.split('.')[0] as keyof HiddenSettings;

/** What is kept of a place. */
const keptOf = (place: string, said: SaidPlaces = {}): string | undefined =>
  Object.entries(said).find(([each]) => folded(each) === folded(place))?.[1];

/** What is known of a place today. Without `from` and `before`, nothing is there. */
function beforeAt(place: string, { origin, headerNames, authKind, said }: KnownDestination): Before {
  const text = keptOf(place, said);
  if (place === 'auth.kind') return { from: authKind };
  if (text !== undefined && text !== literalMark) return { from: text };
  if (place === 'url') return { from: origin };
  if (text === literalMark) return { before: 'hidden' };
  const isKnownAuth = authKind === 'none' || Object.keys(said ?? {}).some((each) => each.startsWith('auth.'));
  const isNothing = place.startsWith('headers.')
    ? !headerNames.includes(folded(place).slice('headers.'.length))
    : place.startsWith('auth.') && isKnownAuth;
  return isNothing ? {} : { before: 'unknown' };
}

const isOrigin = (text: unknown): boolean => typeof text === 'string' && /^https?:/.test(text);

function differs(
  place: string,
  shown: Shown,
  { from, before }: Before,
  said: SaidPlaces | undefined,
): SaidField['differs'] {
  if (place === 'auth.kind') return from === shown.to ? 'no' : 'yes';
  const text = keptOf(place, said);
  const isNothing = from === undefined && before === undefined;
  // A place that the record does not know, although it knows others: the file said nothing of it, or an operator changed it.
  if (isNothing || (said && text !== kept(place, shown))) return 'yes';
  if (isOrigin(from) && isOrigin(shown.to)) return from === shown.to ? 'maybe' : 'yes';
  return said && text !== literalMark ? 'no' : 'maybe';
}

/** The places that the file no longer has: those of a setting that it says otherwise, and those that it leaves to operators. */
function goneFields(hidden: HiddenSettings, known: KnownDestination): SaidField[] {
  const named = new Set(places(hidden).map(([place]) => folded(place)));
  const headers = hidden.headers === undefined ? [] : known.headerNames.map((name) => `headers.${name}`);
  const all = [...new Set([...headers, ...Object.keys(known.said ?? {}).map(folded)])];
  return all
    .filter((place) => !named.has(place))
    .map((field) => {
      const to = hidden[settingOf(field)] === undefined ? 'left to operators' : 'none';
      return { difference: { field, ...beforeAt(field, known), to }, differs: 'yes' };
    });
}

/**
 * All that a file says of these settings, and what it no longer says.
 * @param known what is there. Absent for a new destination
 */
export function saidFields(hidden: HiddenSettings, known?: KnownDestination): SaidField[] {
  const fields = places(hidden).map(([field, shown]): SaidField => {
    if (!known) return { difference: { field, ...shown }, differs: 'yes' };
    const before = beforeAt(field, known);
    return { difference: { field, ...before, ...shown }, differs: differs(field, shown, before, known.said) };
  });
  const rank = ({ difference }: SaidField): number => hiddenNames.indexOf(settingOf(difference.field));
  return [...fields, ...(known ? goneFields(hidden, known) : [])].sort((one, other) => rank(one) - rank(other));
}

/** Each place with the text that the file says there. */
const textsOf = ({ url, headers, auth, signingSecret }: HiddenSettings): Map<string, unknown> =>
  new Map(
    Object.entries({
      ...(url !== undefined && { url }),
      ...Object.fromEntries(Object.entries(headers ?? {}).map(([name, value]) => [`headers.${name}`, value])),
      ...Object.fromEntries(Object.entries(auth ?? {}).map(([name, value]) => [`auth.${name}`, value])),
      ...(signingSecret !== undefined && { signingSecret }),
    }),
  );

/** The settings with these texts. */
function settingsOf(texts: ReadonlyMap<string, unknown>): HiddenSettings {
  const settings: Record<string, unknown> = {};
  for (const [place, text] of texts) {
    const setting = settingOf(place);
    const field = place.slice(setting.length + 1);
    settings[setting] = field === '' ? text : { ...(settings[setting] as object), [field]: text };
  }
  return settings;
}

/**
 * What the file said before, if it wrote the same texts out as today: once with the places that the record does not know, and once without.
 * The digest in the record tells whether it did.
 */
export function saidBefore(hidden: HiddenSettings, said: SaidPlaces): HiddenSettings[] {
  const now = textsOf(hidden);
  const then = new Map<string, unknown>();
  for (const [place, text] of Object.entries(said)) {
    const isKept = text !== literalMark && place !== 'auth.tokenUrl';
    if (!isKept && !now.has(place)) return [];
    then.set(place, isKept ? text : now.get(place));
  }
  return [settingsOf(then), settingsOf(new Map([...now, ...then]))];
}
