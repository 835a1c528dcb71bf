/**
 * What admins may read of a receiver's answer: its beginning, without the values of the destination's secret. A receiver that echoes a
 * request must not bring a secret into a table, a console or an agent's context.
 *
 * Only whole secrets are struck out, before anything is cut. A prefix is none: a mark behind the right one would confirm it.
 */
import { type Escapes, layersOf, replaceFound, type TextRange } from '../../endpoints/credential/encoded-text.ts';
import { plusAsSpace, redacted } from '../../endpoints/credential/redaction.ts';
import type { OutboundAnswer } from '../../ground/outbound/exchange.ts';

/** The shortest text that is struck out, in characters. A shorter one would be found by chance, and protects nothing. */
const minLength = 6;

/**
 * What is dropped at the end of an answer that is not whole, in characters: a secret may begin there and be cut. It is the longest that
 * a secret becomes: a URL of 2,048 characters, each as `\u0026`, or an access token of 6,144 in hexadecimal. It is the same for every
 * destination, so it says nothing about the secret.
 */
const droppedTail = 12_288;

/** A text as a string of its UTF-8 bytes. Percent-encoding has bytes too. */
const bytesOf = (text: string): string => Buffer.from(text).toString('latin1');
const textOf = (bytes: string): string => Buffer.from(bytes, 'latin1').toString('utf8');

/** The names that HTML has for the printable ASCII characters, each before its character. */
const entities = new Map(
  [
    'quot" amp& apos\' lt< gt> excl! num# dollar$ percnt% lpar( rpar) ast* plus+ comma, period. sol/ colon: semi; equals=',
    'quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert| rcub} rbrace}',
  ]
    .flatMap((names) => names.split(' '))
    .map((each) => [each.slice(0, -1), each.slice(-1)]),
);

const lastCodePoint = 0x10ffff;

function decoded({ 0: whole, groups: { byte, unit, quoted, hex, decimal, name } = {} }: RegExpExecArray): string {
  if (byte !== undefined) return String.fromCharCode(Number.parseInt(byte, 16));
  if (quoted !== undefined) return quoted;
  if (name !== undefined) return entities.get(name.toLowerCase()) ?? whole;
  const code = decimal === undefined ? Number.parseInt(unit ?? hex ?? '', 16) : Number(decimal);
  return code > lastCodePoint ? whole : bytesOf(String.fromCodePoint(code));
}

/** The escapes of URLs, of JSON and of HTML. */
const escapes: Escapes = {
  form: new RegExp(
    [
      '%(?<byte>[0-9a-f]{2})',
      String.raw`\\u(?<unit>[0-9a-f]{4})`,
      String.raw`\\(?<quoted>["'\\/])`,
      '&#x(?<hex>[0-9a-f]{1,6});?',
      '&#(?<decimal>[0-9]{1,7});?',
      `&(?<name>${[...entities.keys()].join('|')});`,
    ].join('|'),
    'gi',
  ),
  decode: decoded,
};

/** The same for both alphabets of base64, and for a form that has made a space of a plus sign. */
const foldedBase64 = (text: string): string => text.replace(/[- ]/g, '+').replaceAll('_', '/');

/** What a text contains in base64 if it contains a secret after `shift` bytes, or after as many and some threes of bytes. */
interface Base64Form {
  /** The characters that the secret alone decides. */
  core: string;
  /** The characters before and behind them that it decides in part. */
  before: number;
  behind: number;
}

function base64Form(secret: string, shift: number): Base64Form {
  const bytes = Buffer.from('\0'.repeat(shift) + secret, 'latin1');
  const end = Math.floor((bytes.length * 8) / 6);
  return {
    core: bytes.toString('base64').slice(Math.ceil((shift * 8) / 6), end),
    before: shift === 0 ? 0 : 1,
    behind: bytes.length % 3 === 0 ? 0 : 1,
  };
}

/** What is looked for of a secret, in texts that are folded in the same way. */
interface Wanted {
  plain: string;
  hex: string;
  base64: Base64Form[];
}

/** A secret in bytes, as it is and decoded, because a receiver may decode what it echoes. No form of it is shorter. */
function wantedOf(secret: string, longest: number): Wanted[] {
  const texts = new Set([...layersOf(bytesOf(secret), escapes)].map(({ text }) => text));
  return [...texts]
    .filter(({ length }) => minLength <= length && length <= longest)
    .map((text) => {
      const inJson = bytesOf(JSON.stringify(textOf(text)).slice(1, -1));
      return {
        plain: plusAsSpace(text),
        hex: Buffer.from(text, 'latin1').toString('hex'),
        base64: [...new Set([text, inJson])].flatMap((each) => [0, 1, 2].map((shift) => base64Form(each, shift))),
      };
    });
}

function* placesOf(text: string, part: string): Generator<number> {
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1)) yield at;
}

function* rangesIn(text: string, wanted: readonly Wanted[]): Generator<TextRange> {
  const plainText = plusAsSpace(text);
  const hexText = text.toLowerCase();
  const base64Text = foldedBase64(text);
  for (const { plain, hex, base64 } of wanted) {
    for (const at of placesOf(plainText, plain)) yield [at, at + plain.length];
    for (const at of placesOf(hexText, hex)) yield [at, at + hex.length];
    for (const { core, before, behind } of base64) {
      for (const at of placesOf(base64Text, foldedBase64(core))) {
        let to = at + core.length + behind;
        while (text[to] === '=') to += 1;
        yield [Math.max(0, at - before), Math.min(to, text.length)];
      }
    }
  }
}

/**
 * Strikes secrets out of a text: as they are, percent-encoded, in JSON, in HTML, in hexadecimal, and in base64 also as a part of a longer
 * text, each also in another one. Nothing else of the text changes.
 */
export function strikeOut(text: string, secrets: readonly string[]): string {
  const bytes = bytesOf(text);
  const wanted = secrets.flatMap((secret) => wantedOf(secret, bytes.length));
  if (wanted.length === 0) return text;
  return textOf(replaceFound(bytes, escapes, (layer) => rangesIn(layer, wanted), redacted));
}

/**
 * The beginning of an answer, for admins.
 * @param secrets the texts that nobody may see in it
 * @param most the most characters
 */
export function shownAnswer(
  { body, isWhole }: Pick<OutboundAnswer, 'body' | 'isWhole'>,
  secrets: readonly string[],
  most: number,
): string {
  const text = strikeOut(body.toString('utf8'), secrets);
  return (isWhole ? text : text.slice(0, Math.max(0, text.length - droppedTail))).slice(0, most);
}
