import { expect, test } from '@jest/globals';
import { Download } from '../../../../shared/operators/api/download.ts';

test('a download has the exact bytes, and no browser renders it', () => {
  expect(new Download(Buffer.from([0, 1, 254, 255]), 'evt_1.bin', 'text/html').toResult()).toEqual({
    statusCode: 200,
    headers: {
      'content-type': 'text/html',
      'content-disposition': 'attachment; filename="evt_1.bin"',
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    },
    body: 'AAH+/w==',
    isBase64Encoded: true,
  });
});

const unknown = 'application/octet-stream';

test.each<[string | undefined, string]>([
  ['application/json', 'application/json'],
  ['application/vnd.api+json; charset=utf-8', 'application/vnd.api+json; charset=utf-8'],
  ['multipart/form-data; boundary="a b"', 'multipart/form-data; boundary="a b"'],
  [undefined, unknown],
  ['', unknown],
  ['json', unknown],
  ['/json', unknown],
  ['application/', unknown],
  ['a b/json', unknown],
  [' application/json', unknown],
  ['application/json\r\nset-cookie: a=b', unknown],
  ['application/json; charset=ü', unknown],
])('the content type %j of a sender becomes %s', (given, expected) => {
  expect(new Download(Buffer.from('{}'), 'evt_1.bin', given).toResult().headers?.['content-type']).toBe(expected);
});
