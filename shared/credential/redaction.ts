/**
 * What of a request must not be stored, shown or published, and how it is taken out: what stands where a token is
 * accepted, whatever has the form of a token, and the presented values wherever else they stand. Percent-encoding hides
 * none of them.
 */

import { pairsOf } from '../base/json-pointer.ts';
import { testHeader } from './self-test-mark.ts';
import { tokenForm } from './token.ts';
import { type Carrier, type Placement, type Presented, presentedIn } from './token-placement.ts';

/** What stands where something was taken out. */
export const redacted = 'REDACTED';

/** The shortest value that is looked for, in characters: no token is shorter, and short texts stand everywhere by chance. */
const shortestValue = 12;

/** How many layers of percent-encoding are looked through. */
const mostLayers = 5;

const encodedByte = /%([0-9A-Fa-f]{2})/g;

/** A text, and where each of its characters begins in the text that it was decoded from. */
interface Layer {
  text: string;
  begins: readonly number[];
}

/** The part of a text from one place up to another. */
type Range = [from: number, to: number];

const outermost = (text: string): Layer => ({
  text,
  begins: Array.from({ length: text.length + 1 }, (_, at) => at),
});

/** The same with one layer of percent-encoding taken off. */
function decoded({ text, begins }: Layer): Layer {
  const characters: string[] = [];
  const from: number[] = [];
  let next = 0;
  const copyTo = (end: number) => {
    for (; next < end; next += 1) {
      characters.push(text.charAt(next));
      from.push(begins[next] ?? 0);
    }
  };
  for (const { index, 0: triplet, 1: digits = '' } of text.matchAll(encodedByte)) {
    copyTo(index);
    characters.push(String.fromCharCode(Number.parseInt(digits, 16)));
    from.push(begins[index] ?? 0);
    next = index + triplet.length;
  }
  copyTo(text.length);
  return { text: characters.join(''), begins: [...from, begins[text.length] ?? 0] };
}

/** A form writes a space as a plus sign, so both count as the same. */
const spaced = (text: string): string => text.replaceAll('+', ' ');

/** Where a secret stands in a text as it is, encoding aside. @param values what is secret besides anything of a token's form */
function* placesIn(text: string, values: readonly string[]): Generator<Range> {
  for (const { index, 0: found } of text.matchAll(tokenForm)) yield [index, index + found.length];
  for (const value of values.map(spaced)) {
    const within = spaced(text);
    for (let at = within.indexOf(value); at >= 0; at = within.indexOf(value, at + 1)) yield [at, at + value.length];
  }
}

/** The same in every layer of encoding, as places of the outermost one, in their order. */
function rangesOf(text: string, values: readonly string[]): Range[] {
  const ranges: Range[] = [];
  let layer = outermost(text);
  for (let depth = 0; depth <= mostLayers; depth += 1) {
    const { begins } = layer;
    for (const [from, to] of placesIn(layer.text, values)) ranges.push([begins[from] ?? 0, begins[to] ?? text.length]);
    if (!layer.text.includes('%')) break;
    layer = decoded(layer);
  }
  return ranges.sort(([one], [other]) => one - other);
}

/** A text without anything of a generated token's form, and without these values. */
export function withoutTokens(text: string, values: readonly string[] = []): string {
  if (values.length === 0 && !text.includes('%')) return text.replace(tokenForm, redacted);
  let shown = '';
  let end = 0;
  for (const [from, to] of rangesOf(text, values)) {
    if (from >= end) shown += text.slice(end, from) + redacted;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

/** The values that a request presents, where their form does not give them away. */
function valuesOf(presented: readonly Presented[]): string[] {
  const values = presented.flatMap(({ value }) => (value === null || value.length < shortestValue ? [] : [value]));
  return [...new Set(values.filter((value) => withoutTokens(value) !== redacted))];
}

function redactQuery(raw: string, names: ReadonlySet<string>, values: readonly string[]): string {
  const pairs = raw.split('&').map((pair) => {
    const [name = ''] = pairsOf(pair).keys();
    return names.has(name) ? `${pair.split('=')[0]}=${redacted}` : pair;
  });
  return withoutTokens(pairs.join('&'), values);
}

/** Headers that hold a credential, or the nonce of a test, whatever is accepted there. */
const alwaysHidden = ['authorization', 'proxy-authorization', 'cookie', testHeader];

/** The names that the accepted placements of this kind have. */
const namesIn = (accept: readonly Placement[], kind: 'header' | 'query'): string[] =>
  accept.flatMap((placement) => (placement.in === kind ? [placement.name] : []));

/**
 * A request's headers, query and path as they may be stored: without the value of any accepted placement, without
 * Authorization, cookies and the nonce of a test, without anything of a token's form, and without the presented values
 * wherever else they stand. With a path placement the last segment goes always, because a mistyped token is nearly a token.
 * @param inBody what the request presents in its body
 */
export function redact(accept: readonly Placement[], carrier: Carrier, inBody: readonly Presented[] = []) {
  const secretHeaders = new Set([...alwaysHidden, ...namesIn(accept, 'header')]);
  const values = valuesOf([...presentedIn(accept, carrier), ...inBody]);
  const headers = Object.fromEntries(
    Object.entries(carrier.headers).map(([name, value = '']) => [
      name,
      secretHeaders.has(name) ? redacted : withoutTokens(value, values),
    ]),
  );
  const segments = carrier.rest?.split('/') ?? [];
  if (segments.length > 0 && accept.some((placement) => placement.in === 'path')) segments.splice(-1, 1, redacted);
  return {
    headers,
    query: redactQuery(carrier.rawQueryString, new Set(namesIn(accept, 'query')), values),
    path: withoutTokens(segments.join('/'), values),
  };
}

/** The user agent of a request as it may be shown; undefined where it can be a credential, or there is none. */
export function agentOf(accept: readonly Placement[], carrier: Carrier): string | undefined {
  const agent = carrier.headers['user-agent'];
  if (agent === undefined || namesIn(accept, 'header').includes('user-agent')) return undefined;
  return withoutTokens(agent, valuesOf(presentedIn(accept, carrier)));
}
