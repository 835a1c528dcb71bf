/** The fields of a form, as a browser would send it: form-encoded, or in parts. */
import { byteSize } from '../byte-size.ts';

export interface FormField {
  name: string;
  value: string;
  /** Of a file: its name, its type and its size. */
  file?: string;
}

export type Form = { fields: FormField[] } | { isMalformed: true };

/** A field shows so many characters at most. */
export const mostFieldLength = 2_000;

const malformed: Form = { isMalformed: true };

/** A percent sign that escapes nothing. */
const wrongEscape = /%(?![0-9a-f]{2})/i;

/** An added `&` keeps a question mark at the begin, which URLSearchParams would take away. */
function encodedForm(text: string): Form {
  if (wrongEscape.test(text)) return malformed;
  return { fields: Array.from(new URLSearchParams(`&${text}`), ([name, value]) => ({ name, value })) };
}

async function partOf([name, value]: [string, File | string]): Promise<FormField> {
  if (typeof value === 'string') return { name, value };
  const file = [value.name, value.type, byteSize(value.size)].filter(Boolean).join(', ');
  const begin = await value.slice(0, mostFieldLength).text();
  return { name, value: begin, file };
}

/** The browser's own parser. It refuses what is not as RFC 7578 has it. */
async function multipartForm(bytes: Uint8Array, contentType: string): Promise<Form> {
  try {
    const form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': contentType },
    }).formData();
    return { fields: await Promise.all([...form].map(partOf)) };
  } catch {
    return malformed;
  }
}

/** Whether the type of the content is a form's. */
export const isForm = (contentType: string | undefined): boolean =>
  /^\s*(application\/x-www-form-urlencoded|multipart\/form-data)\s*(;|$)/i.test(contentType ?? '');

/**
 * The fields of a form.
 * @param text the bytes as text, if they are UTF-8
 */
export async function formOf(bytes: Uint8Array, text: string | undefined, contentType: string): Promise<Form> {
  if (/^\s*multipart/i.test(contentType)) return multipartForm(bytes, contentType);
  return text === undefined ? malformed : encodedForm(text);
}
