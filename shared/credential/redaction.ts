/**
 * What of a request must not be stored, shown or published, and how it is taken out: what stands where a token is
 * accepted, whatever has the form of a token, and the presented values wherever else they stand. Percent-encoding hides
 * none of them.
 */

import { pairsOf } from '../base/json-pointer.ts';
import { testHeader } from './self-test-mark.ts';
import { tokenForm } from './token.ts';
import { credentialsIn, type Placement, type PresentedCredential, type RequestHead } from './token-placement.ts';

/** What stands where something was taken out. */
export const redacted = 'REDACTED';

/** The shortest value that is looked for, in characters: no token is shorter, and short texts stand everywhere by chance. */
const minValueLength = 12;

/** How many layers of percent-encoding are looked through. */
const maxDecodings = 5;

const encodedByte = /%([0-9A-Fa-f]{2})/g;

/** A text, and where each of its characters begins in the text that it was decoded from. */
interface Layer {
  text: string;
  begins: readonly number[];
}

/** The part of a text from one place up to another. */
type TextRange = [from: number, to: number];

const undecodedLayer = (text: string): Layer => ({
  text,
  begins: Array.from({ length: text.length + 1 }, (_, at) => at),
});

/** The same with one layer of percent-encoding taken off. */
function decodeLayer({ text, begins }: Layer): Layer {
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
const plusAsSpace = (text: string): string => text.replaceAll('+', ' ');

/** Where a secret stands in a text as it is, encoding aside. @param values what is secret besides anything of a token's form */
function* secretRanges(text: string, values: readonly string[]): Generator<TextRange> {
  for (const { index, 0: found } of text.matchAll(tokenForm)) yield [index, index + found.length];
  for (const value of values.map(plusAsSpace)) {
    const within = plusAsSpace(text);
    for (let at = within.indexOf(value); at >= 0; at = within.indexOf(value, at + 1)) yield [at, at + value.length];
  }
}

/** The same in every layer of encoding, as places of the outermost one, in their order. */
function allSecretRanges(text: string, values: readonly string[]): TextRange[] {
  const ranges: TextRange[] = [];
  let layer = undecodedLayer(text);
  for (let depth = 0; depth <= maxDecodings; depth += 1) {
    const { begins } = layer;
    for (const [from, to] of secretRanges(layer.text, values))
      ranges.push([begins[from] ?? 0, begins[to] ?? text.length]);
    if (!layer.text.includes('%')) break;
    layer = decodeLayer(layer);
  }
  return ranges.sort(([one], [other]) => one - other);
}

/** A text without anything of a generated token's form, and without these values. */
export function redactTokens(text: string, values: readonly string[] = []): string {
  if (values.length === 0 && !text.includes('%')) return text.replace(tokenForm, redacted);
  let shown = '';
  let end = 0;
  for (const [from, to] of allSecretRanges(text, values)) {
    if (from >= end) shown += text.slice(end, from) + redacted;
    end = Math.max(end, to);
  }
  return shown + text.slice(end);
}

/** The values that a request presents, where their form does not give them away. */
function secretsToRedact(presented: readonly PresentedCredential[]): string[] {
  const values = presented.flatMap(({ value }) => (value === null || value.length < minValueLength ? [] : [value]));
  return [...new Set(values.filter((value) => redactTokens(value) !== redacted))];
}

function redactQuery(raw: string, names: ReadonlySet<string>, values: readonly string[]): string {
  const pairs = raw.split('&').map((pair) => {
    const [name = ''] = pairsOf(pair).keys();
    return names.has(name) ? `${pair.split('=')[0]}=${redacted}` : pair;
  });
  return redactTokens(pairs.join('&'), values);
}

/** Headers that hold a credential, or the nonce of a test, whatever is accepted there. */
const alwaysHidden = ['authorization', 'proxy-authorization', 'cookie', testHeader];

/** The names that the accepted placements of this kind have. */
const placementNames = (accept: readonly Placement[], kind: 'header' | 'query'): string[] =>
  accept.flatMap((placement) => (placement.in === kind ? [placement.name] : []));

/**
 * A request's headers, query and path as they may be stored: without the value of any accepted placement, without
 * Authorization, cookies and the nonce of a test, without anything of a token's form, and without the presented values
 * wherever else they stand. With a path placement the last segment goes always, because a mistyped token is nearly a token.
 * @param inBody what the request presents in its body
 */
export function redact(
  accept: readonly Placement[],
  carrier: RequestHead,
  inBody: readonly PresentedCredential[] = [],
) {
  const secretHeaders = new Set([...alwaysHidden, ...placementNames(accept, 'header')]);
  const values = secretsToRedact([...credentialsIn(accept, carrier), ...inBody]);
  const headers = Object.fromEntries(
    Object.entries(carrier.headers).map(([name, value = '']) => [
      name,
      secretHeaders.has(name) ? redacted : redactTokens(value, values),
    ]),
  );
  const segments = carrier.rest?.split('/') ?? [];
  if (segments.length > 0 && accept.some((placement) => placement.in === 'path')) segments.splice(-1, 1, redacted);
  return {
    headers,
    query: redactQuery(carrier.rawQueryString, new Set(placementNames(accept, 'query')), values),
    path: redactTokens(segments.join('/'), values),
  };
}

/** The user agent of a request as it may be shown; undefined where it can be a credential, or there is none. */
export function userAgentOf(accept: readonly Placement[], carrier: RequestHead): string | undefined {
  const agent = carrier.headers['user-agent'];
  if (agent === undefined || placementNames(accept, 'header').includes('user-agent')) return undefined;
  return redactTokens(agent, secretsToRedact(credentialsIn(accept, carrier)));
}
