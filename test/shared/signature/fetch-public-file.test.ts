import { expect, test } from '@jest/globals';
import { fetchPublicFile } from '../../../shared/signature/fetch-public-file.ts';

test('an answer without a body is an empty file', async () => {
  const file = await fetchPublicFile(async () => new Response(null), 'https://certificates.example/one.pem');
  expect(file).toEqual(Buffer.alloc(0));
});
