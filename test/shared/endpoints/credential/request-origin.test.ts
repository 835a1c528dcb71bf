import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { originCheck, viewerAddressOf } from '../../../../shared/endpoints/credential/request-origin.ts';
import { isAddressIn } from '../../../../shared/ground/base/address-range.ts';

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');
const edgeAddress = '203.0.113.9';
const viewer = { 'cloudfront-viewer-address': '192.0.2.1:46532' };

describe('the address in the header of CloudFront', () => {
  test.each([
    ['192.0.2.1:46532', '192.0.2.1'],
    ['192.0.2.1:1', '192.0.2.1'],
    ['2001:db8::1:46532', '2001:db8::1'],
    ['2001:0db8:85a3:0000:0000:8a2e:0370:7334:443', '2001:0db8:85a3:0000:0000:8a2e:0370:7334'],
    ['[2001:db8::1]:443', '2001:db8::1'],
    ['2001:DB8::A:443', '2001:DB8::A'],
    ['::ffff:192.0.2.1:443', '::ffff:192.0.2.1'],
    ['::1:443', '::1'],
  ])('%s is %s', (header, address) => {
    expect(viewerAddressOf(header)).toBe(address);
  });

  test.each([
    [undefined],
    [''],
    ['192.0.2.1'],
    ['192.0.2.1:'],
    ['192.0.2.1:123456'],
    ['192.0.2.1:46532,198.51.100.1:1'],
    ['192.0.2.1:46532, 198.51.100.1:1'],
    ['[192.0.2.1]:443'],
    ['192.0.2.256:443'],
    ['2001:db8::g:443'],
    ['fe80::1%eth0:443'],
    ['1:2:3:4:5:6:7:8'],
    ['example.com:443'],
    [' 192.0.2.1:443'],
  ])('%j is unknown, and no list contains it', (header) => {
    expect(viewerAddressOf(header)).toBe('unknown');
    expect(isAddressIn(['0.0.0.0/0', '::/0'], viewerAddressOf(header))).toBe(false);
  });
});

describe('without CloudFront', () => {
  test('the address is that of the connection, whatever the headers say', () => {
    const headers = { ...viewer, 'x-origin-verify': 'anything', 'x-forwarded-for': '192.0.2.7' };
    expect(originCheck([])(headers, edgeAddress)).toEqual({ sourceIp: edgeAddress, isViewer: false });
    expect(originCheck([])(undefined, edgeAddress)).toEqual({ sourceIp: edgeAddress, isViewer: false });
  });
});

describe('behind CloudFront', () => {
  const check = originCheck([digestOf('present'), digestOf('next')]);

  test.each(['present', 'next'])('the value %s passes, and the address is that of the caller', (value) => {
    expect(check({ ...viewer, 'x-origin-verify': value }, edgeAddress)).toEqual({
      sourceIp: '192.0.2.1',
      isViewer: true,
    });
  });

  test('the address of CloudFront itself is never taken for that of the caller', () => {
    expect(check({ 'x-origin-verify': 'present' }, edgeAddress)).toEqual({ sourceIp: 'unknown', isViewer: true });
  });

  test.each([
    ['no headers', undefined],
    ['no value', viewer],
    ['an empty value', { ...viewer, 'x-origin-verify': '' }],
    ['a wrong value', { ...viewer, 'x-origin-verify': 'presenT' }],
    ['a value twice', { ...viewer, 'x-origin-verify': 'present,present' }],
    ['the digest of a value', { ...viewer, 'x-origin-verify': digestOf('present') }],
    ['a value that is no longer live', { ...viewer, 'x-origin-verify': 'previous' }],
  ])('%s is refused', (_, headers) => {
    expect(check(headers, edgeAddress)).toBeUndefined();
  });

  test('a malformed digest fits no value', () => {
    expect(originCheck(['not hexadecimal'])({ 'x-origin-verify': '' }, edgeAddress)).toBeUndefined();
  });
});
