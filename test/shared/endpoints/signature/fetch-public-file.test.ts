import { expect, test } from '@jest/globals';
import { fetchPublicFile } from '../../../../shared/endpoints/signature/fetch-public-file.ts';

test('a file that arrives in parts is read in their order', async () => {
  const parts = new ReadableStream({
    start(controller) {
      for (const part of ['one ', 'two ', 'three']) controller.enqueue(Buffer.from(part));
      controller.close();
    },
  });
  const file = await fetchPublicFile(async () => new Response(parts), 'https://certificates.example/one.pem');
  expect(String(file)).toBe('one two three');
});

test('an answer without a body is an empty file', async () => {
  const file = await fetchPublicFile(async () => new Response(null), 'https://certificates.example/one.pem');
  expect(file).toEqual(Buffer.alloc(0));
});
