/** JSON for tests of code that must not change it. */
import fc from 'fast-check';

/** JSON as senders may write it: with white space, all kinds of numbers and escapes, and duplicate keys. */
export const jsonTexts = fc.letrec<{ json: string; space: string; text: string; number: string }>((tie) => ({
  space: fc.stringMatching(/^[ \t\r\n]{0,3}$/),
  text: fc.oneof(
    fc.string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
    fc.constantFrom('"\\u00e9\\ud83d\\ude00"', '"\\ud800"', '"\\/\\b"', '"__proto__"', '"data"', '"\u2028"'),
  ),
  number: fc.constantFrom('12345678901234567890', '1.0', '-0', '1e400', '0.1000', '1E+2'),
  json: fc
    .tuple(
      tie('space'),
      fc.oneof(
        { depthSize: 'small' },
        tie('number'),
        tie('text'),
        fc.constantFrom('true', 'false', 'null', '{}', '[]', '{"a":1,"a":2}'),
        fc.array(tie('json'), { maxLength: 4 }).map((items) => `[${items.join(',')}]`),
        fc
          .array(fc.tuple(tie('text'), tie('json')), { maxLength: 4 })
          .map((members) => `{${members.map(([name, value]) => `${name}:${value}`).join(',')}}`),
      ),
      tie('space'),
    )
    .map((parts) => parts.join('')),
})).json;

/** JSON white space. */
export const spaces = fc.stringMatching(/^[ \t\r\n]{0,3}$/);
