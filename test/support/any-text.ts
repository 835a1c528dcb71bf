/**
 * Arbitrary texts and URLs. Those of fast-check list all 1.1 million code points, to find out which of them a text begins with. That takes
 * each file of tests a second of CPU.
 */
import fc from 'fast-check';

const surrogates = { first: 0xd800, count: 0x800 };

/** A unit of a text, as fast-check's `binary`: a code point that is no half of a pair. */
export const codePoint: fc.Arbitrary<string> = fc
  .nat(0x10ffff - surrogates.count)
  .map((at) => String.fromCodePoint(at < surrogates.first ? at : at + surrogates.count), positionOf);

/** The position among all code points. fast-check asks for it to make a text shorter. @throws for any other value */
function positionOf(value: unknown): number {
  const [one, ...more] = typeof value === 'string' && value.isWellFormed() ? value : '';
  const code = one?.codePointAt(0);
  if (code === undefined || more.length > 0) throw new TypeError('This is not one code point.');
  return code < surrogates.first ? code : code - surrogates.count;
}

const inAnyPart = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@";

/** A code point that is written with percent signs, even if it need not be. */
const escaped = codePoint.map((one) => {
  const written = encodeURIComponent(one);
  return written === one ? `%${one.charCodeAt(0).toString(16)}` : written;
});

/** A part of a URL. @param more characters that it has beside those of a segment */
const part = (more = ''): fc.Arbitrary<string> =>
  fc.string({
    unit: fc.oneof(
      { weight: 10, arbitrary: fc.constantFrom(...inAnyPart, ...more) },
      { weight: 1, arbitrary: escaped },
    ),
  });

/** A URL, as fast-check's `webUrl`. @param query whether it may have one */
export const anyUrl = ({ query = false, fragment = false } = {}): fc.Arbitrary<string> => {
  const path = fc.array(part()).map((segments) => segments.map((each) => `/${each}`).join(''));
  const behind = (mark: string, isAsked: boolean) =>
    isAsked
      ? fc.option(
          part('/?').map((text) => mark + text),
          { nil: '' },
        )
      : fc.constant('');
  return fc
    .tuple(fc.constantFrom('http', 'https'), fc.webAuthority(), path, behind('?', query), behind('#', fragment))
    .map(([scheme, authority, ...rest]) => `${scheme}://${authority}${rest.join('')}`);
};
