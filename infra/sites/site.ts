/** Writes the files of web pages into the bundle of the function that serves them. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync, gzipSync, constants as zlib } from 'node:zlib';
import { type Coding, codings, fileTypeOf, isCompressible } from '../../shared/operators/api/static-file.ts';

/** The files of a site: path → content. It has an `index.html`. Files in `assets/` have a digest of their content in the name. */
export type Site = ReadonlyMap<string, Buffer>;

/** Level 9 takes a tenth of a second for a megabyte. The best level, 11, saves another 8 % and takes four seconds. */
const brotliLevel = 9;

const compressors: Record<Coding, (bytes: Buffer) => Buffer> = {
  br: (bytes) => brotliCompressSync(bytes, { params: { [zlib.BROTLI_PARAM_QUALITY]: brotliLevel } }),
  gzip: (bytes) => gzipSync(bytes, { level: 9 }),
};

/**
 * Writes a site, and each file compressed if that makes it smaller.
 * @param folder the folder of the site, which may not exist yet
 * @throws if the function could not serve a file, because it does not know the type
 */
export function writeSite(folder: string, site: Site): void {
  for (const [path, bytes] of site) {
    if (!fileTypeOf(path))
      throw new Error(`${path} has an ending that shared/operators/api/static-file.ts does not know`);
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeReadable(file, bytes);
    if (isCompressible(path)) writeCompressed(file, bytes);
  }
}

/** The zip keeps the mode, and Lambda reads the file as another user. The mode of a new file would depend on the umask. */
function writeReadable(file: string, bytes: Buffer): void {
  writeFileSync(file, bytes);
  chmodSync(file, 0o644);
}

function writeCompressed(file: string, bytes: Buffer): void {
  for (const coding of Object.keys(codings) as Coding[]) {
    const compressed = compressors[coding](bytes);
    if (compressed.length < bytes.length) writeReadable(file + codings[coding], compressed);
  }
}
