import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { inByteOrder } from '../../../clients/console/body/visible-text.ts';
import { bytesOf, extensionOf, formattedJson, maxFormattedBytes } from '../../../clients/console/events/body-bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('the bytes of a body', () => {
  it('are those of its text', () => {
    expect([...(bytesOf({ body: 'é' }) ?? [])]).toEqual([0xc3, 0xa9]);
  });

  it('are those behind Base64, whatever they are', () => {
    expect([...(bytesOf({ bodyBase64: 'AP+A' }) ?? [])]).toEqual([0x00, 0xff, 0x80]);
  });

  it('are unknown if the API withholds them', () => {
    expect(bytesOf({})).toBeUndefined();
  });

  it('are empty for an empty body', () => {
    expect(bytesOf({ body: '' })?.length).toBe(0);
  });
});

it.each([
  ['{"a": 1}', 'json'],
  ['a=1&b=2', 'txt'],
  ['<html></html>', 'txt'],
  ['', 'txt'],
  ['\ufeff{"a": 1}', 'json'],
])('the file of %j ends in .%s', (body, extension) => {
  expect(extensionOf(bytes(body))).toBe(extension);
});

it('the file of bytes that are no UTF-8 ends in .bin', () => {
  expect(extensionOf(Uint8Array.of(0x00, 0xff, 0x80))).toBe('bin');
});

describe('formatted JSON', () => {
  it('has a line for each member, and keeps empty objects and lists on one line', () => {
    expect(formattedJson(bytes('{"a":[1,{"b":null}],"c":{},"d":[],"e":"x,y:{}"}'))).toBe(
      [
        '{',
        '  "a": [',
        '    1,',
        '    {',
        '      "b": null',
        '    }',
        '  ],',
        '  "c": {},',
        '  "d": [],',
        '  "e": "x,y:{}"',
        '}',
      ].join('\n'),
    );
  });

  it('keeps numbers as they came', () => {
    expect(formattedJson(bytes('[12345678901234567890, 1.10, 1e2]'))).toBe(
      '[\n  12345678901234567890,\n  1.10,\n  1e2\n]',
    );
  });

  it.each(['', 'no json', '{"a":', '<script>alert(1)</script>'])('does not exist for %j', (body) => {
    expect(formattedJson(bytes(body))).toBeUndefined();
  });

  it('does not exist for more bytes than are formatted', () => {
    expect(formattedJson(bytes(`"${'x'.repeat(maxFormattedBytes)}"`))).toBeUndefined();
  });

  it.each([1_000, 60_000])(
    'does not exist for %d levels, whose indentation would be longer than any view',
    (levels) => {
      expect(formattedJson(bytes('['.repeat(levels) + ']'.repeat(levels)))).toBeUndefined();
    },
  );

  it('means the same as the JSON that came', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const json = JSON.stringify(value);
        expect(JSON.parse(formattedJson(bytes(json)) ?? '')).toEqual(JSON.parse(json));
      }),
    );
  });
});

test('direction controls are named', () => {
  expect(inByteOrder('a\u202e\u2066\u200fb')).toBe('a⟨U+202E⟩⟨U+2066⟩⟨U+200F⟩b');
});
