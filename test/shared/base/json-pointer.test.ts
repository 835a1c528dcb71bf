import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atPointer, documentOf } from '../../../shared/base/json-pointer.ts';

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
