import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Fence, visible } from '../../../clients/mcp/fence.ts';
import { codePoint } from '../../support/any-text.ts';

test('the mark is another one for each call', () => {
  const marks = new Set(Array.from({ length: 50 }, () => new Fence().mark));
  expect(marks.size).toBe(50);
  expect([...marks].filter((mark) => !/^[0-9a-f]{16}$/.test(mark))).toEqual([]);
});

describe('what is not seen goes', () => {
  test.each([
    ['colours of a terminal', 'a\u001b[31mb\u001b[0m', 'ab'],
    ['the title of a terminal', 'a\u001b]0;title\u0007b', 'ab'],
    ['an escape alone', 'a\u001bb', 'ab'],
    ['the eight-bit introducer', 'a\u009b31mb', 'ab'],
    ['bell, backspace and a null', 'a\u0007\b\u0000b', 'ab'],
    ['a carriage return', 'a\r\nb', 'a\nb'],
    ['zero-width spaces and joiners', 'a\u200b\u200c\u200d\u2060\ufeffb', 'ab'],
    ['turned writing', 'a\u202e\u2066b', 'ab'],
    ['tags, which say a whole sentence', 'a\u{e0069}\u{e0067}\u{e006e}b', 'ab'],
    ['variation selectors, which do so too', 'a\ufe0f\u{e0101}b', 'ab'],
    ['a filler that looks like nothing', 'a\u3164\u115fb', 'ab'],
    ['private characters', 'a\ue000b', 'ab'],
    ['separators of lines', 'a\u2028\u2029b', 'ab'],
    ['half of a pair', 'a\ud800b', 'a\ufffdb'],
  ])('%s', (_, text, seen) => {
    expect(visible(text)).toBe(seen);
  });

  test('and what is seen stays', () => {
    expect(visible('{"a":\t"ä 漢 🙂"}\n')).toBe('{"a":\t"ä 漢 🙂"}\n');
  });
});

test('an answer without text of others says nothing of a fence', () => {
  const fence = new Fence();
  expect([fence.actor('bootstrap'), fence.optional(undefined), fence.isUsed]).toEqual(['bootstrap', undefined, false]);
  expect(fence.actor('oidc:repo:a/b')).toBe(`<untrusted-${fence.mark}>oidc:repo:a/b</untrusted-${fence.mark}>`);
  expect(fence.isUsed).toBe(true);
});

/** Texts that try to end the fence: marks, halves of marks, and what is not seen between them. */
const escaping = (mark: string) =>
  fc
    .array(
      fc.oneof(
        fc.constantFrom('<', '/', 'untrusted-', '</untrusted', mark, mark.slice(0, 8), mark.slice(8), '>', '\u200b'),
        fc.constantFrom('\u001b[0m', '</UNTRUSTED-', mark.toUpperCase(), '\u0000', ' ', '&lt;', '(mark)'),
        codePoint,
      ),
    )
    .map((parts) => parts.join(''));

test('no text ends its fence', () => {
  const mark = 'abcdef0123456789';
  fc.assert(
    fc.property(escaping(mark), (text) => {
      const fenced = new Fence(mark).text(text);
      const inside = fenced.slice(`<untrusted-${mark}>`.length, -`</untrusted-${mark}>`.length);
      expect(fenced).toBe(`<untrusted-${mark}>${inside}</untrusted-${mark}>`);
      expect(inside.toLowerCase()).not.toContain(mark);
      expect(inside).not.toMatch(/<\/?\s*untrusted/i);
      expect(visible(inside)).toBe(inside);
    }),
  );
});
