/** The other views of a body: fields of forms, images, text and bytes page by page. */
import { describe, expect, it, test } from '@jest/globals';
import fc from 'fast-check';
import { hexPage, pageLength, pagesOf, textPage } from '../../../../clients/console/body/byte-pages.ts';
import { type Form, formOf, isForm } from '../../../../clients/console/body/form-fields.ts';
import { imageTypeOf } from '../../../../clients/console/body/image-type.ts';
import { codePoint } from '../../../support/any-text.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const read = (body: string, contentType: string) => formOf(bytesOf(body), body, contentType);
const encoded = 'application/x-www-form-urlencoded';
const multipart = 'multipart/form-data; boundary=xyz';
const malformed: Form = { isMalformed: true };

describe('a form', () => {
  test.each<[body: string, fields: [string, string][]]>([
    [
      'a=1&b=Ada+Lovelace',
      [
        ['a', '1'],
        ['b', 'Ada Lovelace'],
      ],
    ],
    [
      'a=1&a=2',
      [
        ['a', '1'],
        ['a', '2'],
      ],
    ],
    ['a=%26%3D%C3%A9', [['a', '&=é']]],
    ['?a=1', [['?a', '1']]],
    [
      'a&=b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['', []],
  ])('%j has the fields %j', async (body, fields) => {
    expect(await read(body, encoded)).toEqual({ fields: fields.map(([name, value]) => ({ name, value })) });
  });

  test.each(['a=%zz', 'a=100%', '%4'])('%j escapes nothing, which is said', async (body) => {
    expect(await read(body, encoded)).toEqual(malformed);
  });

  test('that is no text is malformed', async () => {
    expect(await formOf(Uint8Array.of(0xff), undefined, encoded)).toEqual(malformed);
  });

  it('has the fields that were written', async () => {
    const word = fc.string({ unit: codePoint, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(word, word), { maxLength: 5 }), async (pairs) => {
        expect(await read(new URLSearchParams(pairs).toString(), encoded)).toEqual({
          fields: pairs.map(([name, value]) => ({ name, value })),
        });
      }),
    );
  });
});

describe('a form in parts', () => {
  const part = (head: string, value: string) => `--xyz\r\ncontent-disposition: form-data; ${head}\r\n\r\n${value}\r\n`;

  test('has texts and files', async () => {
    const file = part('name="b"; filename="c.txt"\r\ncontent-type: text/plain', 'hello');
    expect(await read(`${part('name="a"', 'é')}${file}--xyz--\r\n`, multipart)).toEqual({
      fields: [
        { name: 'a', value: 'é' },
        { name: 'b', value: 'hello', file: 'c.txt, text/plain, 5 B' },
      ],
    });
  });

  test.each([
    ['has no end', part('name="a"', '1'), multipart],
    ['has another boundary', `${part('name="a"', '1')}--xyz--\r\n`, 'multipart/form-data; boundary=abc'],
    ['has no boundary', `${part('name="a"', '1')}--xyz--\r\n`, 'multipart/form-data'],
    ['is no form', '{"a": 1}', multipart],
  ])('that %s is malformed', async (_, body, contentType) => {
    expect(await read(body, contentType)).toEqual(malformed);
  });
});

test.each([
  [encoded, true],
  [`${encoded}; charset=utf-8`, true],
  ['Multipart/Form-Data; boundary=a', true],
  ['application/x-www-form-urlencoded-not', false],
  ['multipart/mixed; boundary=a', false],
  ['application/json', false],
  [undefined, false],
])('%s is a form: %s', (contentType, is) => {
  expect(isForm(contentType)).toBe(is);
});

test.each([
  ['\x89PNG\r\n\x1a\n...', 'image/png'],
  ['\xff\xd8\xff\xe0', 'image/jpeg'],
  ['GIF87a', 'image/gif'],
  ['GIF89a;', 'image/gif'],
  ['RIFF\x00\x00\x00\x00WEBPVP8', 'image/webp'],
  ['RIFF\x00\x00\x00\x00WAVE', undefined],
  ['GIF', undefined],
  ['<svg xmlns="http://www.w3.org/2000/svg"/>', undefined],
  ['', undefined],
])('%j is drawn as %s', (bytes, type) => {
  expect(imageTypeOf(Uint8Array.from(bytes, (sign) => sign.charCodeAt(0)))).toBe(type);
});

describe('text and bytes', () => {
  test('the bytes have offsets, and dots for what is not printable', () => {
    const body = new Uint8Array([...Array.from({ length: 16 }, () => 0x41), 0x00, 0x7f, 0x3c]);
    expect(hexPage(body, 1).split('\n')).toEqual([
      '00000000  41 41 41 41 41 41 41 41 41 41 41 41 41 41 41 41  AAAAAAAAAAAAAAAA',
      '00000010  00 7f 3c                                         ..<',
    ]);
  });

  test('a further page goes on where the last one ended', () => {
    const body = new Uint8Array(pageLength.hex + 1).fill(0x42);
    expect(hexPage(body, 1).split('\n').at(-1)?.slice(0, 13)).toBe('00001ff0  42 ');
    expect(hexPage(body, 2)).toBe(`00002000  42${' '.repeat(45)}  B`);
  });

  test('the text names what nobody sees', () => {
    expect(textPage('a\u202eb\u0000', 1)).toBe('a⟨U+202E⟩b⟨U+0000⟩');
  });

  it('all pages together are the text, and none has half of a character', () => {
    fc.assert(
      fc.property(fc.nat(3), fc.array(fc.constantFrom('a', '👩'), { minLength: 1, maxLength: 10 }), (shift, signs) => {
        const text = 'x'.repeat(pageLength.text - shift) + signs.join('').repeat(100);
        const pages = Array.from({ length: pagesOf(text.length, pageLength.text) }, (_, at) => textPage(text, at + 1));
        expect(pages.join('')).toBe(text);
        expect(pages.map((page) => page.isWellFormed())).toEqual(pages.map(() => true));
      }),
    );
  });

  test.each([
    [0, 1],
    [10, 1],
    [11, 2],
  ])('%d characters, ten a page, are %d', (length, count) => {
    expect(pagesOf(length, 10)).toBe(count);
  });
});
