/** What `send` sends: its options, and a file. */
import { parseJson } from '../../../shared/ground/base/parse-json.ts';
import { UsageError } from '../command-error.ts';
import { readBytes } from '../prompt.ts';
import type { Terminal } from '../terminal.ts';

/** What to send. Without one of these, the sample of the sender. */
export interface SentOptions {
  type?: string;
  event?: string;
  file?: string;
  contentType?: string;
}

/** A file that is sent. */
export interface SentFile {
  bytes: Buffer;
  contentType: string;
}

/**
 * Reads the file. Undefined if there is none.
 * @throws UsageError if nobody says what it is, and it is not JSON
 */
export async function sentFileOf(
  terminal: Terminal,
  { file, contentType }: SentOptions,
): Promise<SentFile | undefined> {
  if (file === undefined) return undefined;
  const bytes = await readBytes(terminal, file);
  if (contentType === undefined && parseJson(bytes.toString()) === undefined)
    throw new UsageError('The file is no JSON. Say what it is, such as --content-type application/xml.');
  return { bytes, contentType: contentType ?? 'application/json' };
}
