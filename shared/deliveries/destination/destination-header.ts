/** The headers that an operator may set on requests to a destination. */
import * as z from 'zod/mini';
import { schema } from '../../ground/base/schema.ts';

/** Headers about the connection between two hosts (RFC 9110, 7.6.1), and those that the HTTP client makes itself. */
const ofConnection = [
  ...['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'proxy-connection', 'te', 'trailer'],
  ...['transfer-encoding', 'upgrade', 'host', 'content-length', 'expect', 'accept-encoding'],
];

/** Whether a header is about the connection, or made by the HTTP client. The name is folded. */
export const isOfConnection = (folded: string): boolean => ofConnection.includes(folded);

/** The beginnings of headers that only Hooklatch sets. */
const ofHooklatch = ['webhook-', 'hooklatch-'];

/** The name for comparisons. Receivers by CGI or WSGI can't tell a dash from an underscore. */
export const foldedName = (name: string): string => name.toLowerCase().replaceAll('_', '-');

const isSettable = (name: string): boolean => {
  const folded = foldedName(name);
  return !isOfConnection(folded) && !ofHooklatch.some((prefix) => folded.startsWith(prefix));
};

/** The name of a header that an operator may set. It is stored in lower case. */
export const destinationHeaderSchema = /* @__PURE__ */ schema(() =>
  z
    .string()
    .check(
      z.regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/, 'must be the name of an HTTP header'),
      z.toLowerCase(),
      z.refine(isSettable, { error: 'cannot be used: the connection or Hooklatch sets this header' }),
    ),
);

/** Headers that are true of the sender's bytes alone. */
export const ofBytes = ['content-encoding', 'content-digest', 'repr-digest', 'digest', 'content-md5'];

/** What stays here whatever a destination wants: credentials, which no event has, and what the body is sent as. */
const neverForwarded = ['authorization', 'cookie', 'content-type', ...ofBytes];

/** The most headers that a destination names. */
const maxForwarded = 20;

/** The names of the sender's headers that go on although they usually do not. */
export const forwardHeadersSchema = /* @__PURE__ */ schema(() =>
  z
    .array(
      z.string().check(
        z.regex(/^[!#$%&'*+.^_`|~0-9a-z-]{1,64}$/, 'must be the name of an HTTP header, in lower case'),
        z.refine((name) => isSettable(name) && !neverForwarded.includes(foldedName(name)), {
          error: 'cannot be forwarded: the connection or Hooklatch sets this header, or it is of its sender alone',
        }),
      ),
    )
    .check(
      z.minLength(1),
      z.maxLength(maxForwarded),
      z.refine((names) => new Set(names.map(foldedName)).size === names.length, {
        error: 'must not name a header twice, also not with _ in place of -',
      }),
    ),
);

/** The longest value of a header, in characters. */
const maxHeaderValue = 1024;

/** The value of a header. It may be a secret, so no message quotes it. */
export const headerValueSchema = /* @__PURE__ */ schema(() =>
  z
    .string()
    .check(
      z.regex(
        new RegExp(`^[\\x21-\\x7e](?:[\\x20-\\x7e]{0,${maxHeaderValue - 2}}[\\x21-\\x7e])?$`),
        `must be 1 to ${maxHeaderValue} printable ASCII characters, without a space at its ends`,
      ),
    ),
);
