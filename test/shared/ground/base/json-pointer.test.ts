import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  atPointer,
  boundaryOf,
  documentOf,
  fieldReader,
  fieldText,
  formPartsOf,
  isFormType,
  pointerSchema,
  pointersOverlap,
} from '../../../../shared/ground/base/json-pointer.ts';

const lines = (...text: string[]): Buffer => Buffer.from(text.join('\r\n'), 'utf8');
const multipart = 'multipart/form-data; boundary=x-1';

describe('the parsed body', () => {
  test('has the fields of a multipart form, and the JSON in them', () => {
    const body = lines(
      '--x-1',
      'Content-Disposition: form-data; name="json"',
      'Content-Type: application/json',
      '',
      '{"event":{"event_type":"café"}}',
      '--x-1',
      'content-disposition: form-data; filename="name=a.txt"; name="file"',
      '',
      'two\r\nlines --x-1',
      '--x-1--',
      '',
    );
    for (const type of [multipart, 'Multipart/Form-Data; charset=utf-8; boundary="x-1"']) {
      const document = documentOf(body, type);
      expect(atPointer(document, '/json/event/event_type')).toBe('café');
      expect(atPointer(document, '/file')).toBe('two\r\nlines --x-1');
    }
  });

  test('has null for a form field that occurs twice', () => {
    const field = (value: string) => ['--x-1', 'Content-Disposition: form-data; name="a"', '', value];
    expect(atPointer(documentOf(lines(...field('1'), ...field('2'), '--x-1--'), multipart), '/a')).toBeNull();
    expect(atPointer(documentOf(lines('a=1&a=2'), 'application/x-www-form-urlencoded'), '/a')).toBeNull();
  });

  test('has the parsed JSON of a form field if a pointer leads into it', () => {
    const document = documentOf(
      lines(`payload=${encodeURIComponent('[{"id":7}]')}`),
      'application/x-www-form-urlencoded',
    );
    expect(atPointer(document, '/payload/0/id')).toBe(7);
    expect(atPointer(document, '/payload')).toBe('[{"id":7}]');
    expect(atPointer(document, '/payload/0/id/x')).toBeUndefined();
  });

  test('is undefined for a form with more than 10,000 fields', () => {
    const form = (fields: number) =>
      documentOf(Buffer.from('a&'.repeat(fields - 1)), 'application/x-www-form-urlencoded');
    expect(form(10_000)).toEqual({ a: null });
    expect(form(10_001)).toBeUndefined();
  });

  test('is read without an error for any body', () => {
    const types = fc.constantFrom(multipart, 'application/x-www-form-urlencoded', 'application/json', '');
    const texts = fc.oneof(
      fc.string(),
      fc.constantFrom('--x-1', '--x-1\r\n\r\n', '--x-1\r\nContent-Disposition: form-data; name="'),
    );
    fc.assert(
      fc.property(texts, types, fc.string(), (text, type, pointer) => {
        expect(() => atPointer(documentOf(Buffer.from(text), type), `/${pointer}`)).not.toThrow();
      }),
    );
  });
});

test.each<[string, boolean]>([
  ['/a', true],
  ['/a/b', true],
  ['/~0~1/b', true],
  [`/${'a'.repeat(127)}`, true],
  [`/${'a'.repeat(128)}`, false],
  ['', false],
  ['a', false],
  ['a/b', false],
  ['/', false],
  ['/a/', false],
  ['/~2', false],
  ['/~', false],
])('%j is a pointer: %s', (text, isPointer) => {
  expect(pointerSchema.safeParse(text).success).toBe(isPointer);
});

test('the empty pointer leads to the whole document', () => {
  expect(atPointer({ a: 1 }, '')).toEqual({ a: 1 });
  expect(fieldText(' {"a":1} ', '')).toBe(' {"a":1} ');
});

test.each<[string, boolean]>([
  ['application/x-www-form-urlencoded', true],
  ['APPLICATION/X-WWW-FORM-URLENCODED; charset=utf-8', true],
  ['x-application/x-www-form-urlencoded', false],
  ['application/x-www-form-urlencodedx', false],
])('%j is the type of a form: %s', (type, isForm) => {
  expect(isFormType(type)).toBe(isForm);
});

test.each<[string, string | undefined]>([
  ['multipart/form-data; boundary=abc', 'abc'],
  ['multipart/form-data;boundary="a b;c"; charset=utf-8', 'a b;c'],
  ['multipart/form-data; charset=utf-8; boundary=abc; x=y', 'abc'],
  ['x-multipart/form-data; boundary=abc', undefined],
  ['multipart/mixed; boundary=abc', undefined],
  ['multipart/form-data; xboundary=abc', undefined],
])('the boundary in %j is %j', (type, boundary) => {
  expect(boundaryOf(type)).toBe(boundary);
});

describe('a part of a multipart form', () => {
  const partOf = (head: string) => formPartsOf(Buffer.from(`--x\r\n${head}\r\n\r\nvalue`), 'x')[1];

  test('has its headers, and its value as it came', () => {
    const head = '\r\nContent-Disposition: form-data; name="a"\r\n\r\n';
    expect(partOf('Content-Disposition: form-data; name="a"')).toEqual({ name: 'a', head, value: 'value' });
  });

  test.each<[string, string | undefined]>([
    ['content-disposition:form-data;name="a"', 'a'],
    ['content-disposition:  form-data;  name="a"', 'a'],
    ['X: y\r\nContent-Disposition: form-data; filename="f"; name="a"', 'a'],
    ['x-content-disposition: form-data; name="a"', undefined],
    ['content-disposition: attachment; name="a"', undefined],
    ['content-disposition: form-data; filename="a"', undefined],
    // Only the first 1,024 bytes of the headers are searched. The line break before them is one of these bytes.
    [`X: ${'y'.repeat(981)}\r\ncontent-disposition:form-data;name="a"`, undefined],
    [`X: ${'y'.repeat(979)}\r\ncontent-disposition:form-data;name="a"`, 'a'],
  ])('with the headers %j has the name %j', (head, name) => {
    expect(partOf(head)?.name).toBe(name);
  });

  test('is no field if it has no name, or if it stands before the first boundary', () => {
    const field = (name: string) => [`Content-Disposition: form-data; name="${name}"`, '', 'value'];
    const body = lines(...field('before'), '--x-1', ...field('a'), '--x-1', 'X: y', '', 'no field', '--x-1--');
    expect(documentOf(body, multipart)).toEqual({ a: 'value' });
  });

  test('has everything after the first empty line as its value, and is no field without an empty line', () => {
    const head = (name: string) => `Content-Disposition: form-data; name="${name}"; x=y`;
    const body = lines('--x-1', head('a'), '', 'one', '', head('b'), '', 'two', '--x-1', head('c'), '--x-1--');
    expect(documentOf(body, multipart)).toEqual({ a: `one\r\n\r\n${head('b')}\r\n\r\ntwo` });
  });
});

describe('a field of a body', () => {
  test.each<[string, string, string | null | undefined]>([
    [' "{\\"a\\": 1}" ', '/a', '1'],
    ['{"a":"{\\"b\\":1}"}', '/a/b', '1'],
    ['{"a":"{\\"b\\":1"}', '/a/b', undefined],
    ['{"a":"b"}', '/a/b', undefined],
    ['{"a":1}', '/a/b', undefined],
    // `~01` is an escaped `~` before a `1`, and not an escaped slash.
    ['{"~1":1,"/":2}', '/~01', '1'],
  ])('of %j at %s has the text %j', (json, pointer, text) => {
    expect(fieldText(json, pointer)).toBe(text);
  });

  test('does not exist if the body cannot be parsed', () => {
    expect(fieldReader(Buffer.from('{"a":1'), 'application/json')('/a')).toBeUndefined();
    const tooMany = Buffer.from(`a=1${'&b'.repeat(10_000)}`);
    expect(fieldReader(tooMany, 'application/x-www-form-urlencoded')('/a')).toBeUndefined();
  });
});

test.each<[string, string, boolean]>([
  ['/a', '/a', true],
  ['/a', '/a/b', true],
  ['/a/b', '/a', true],
  ['/a', '/ab', false],
  ['/ab', '/b', false],
  ['/a/b', '/b', false],
  ['/b', '/a/b', false],
])('%s and %s overlap: %s', (one, other, isOverlap) => {
  expect(pointersOverlap(one, other)).toBe(isOverlap);
});
