/** Texts of senders and operators, made ready for a terminal: they could otherwise write to it, or reorder what it shows. */
/** Control characters, separators of lines, and characters that turn the direction of writing. */
const controls = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu;
/** Writes control characters as escapes, line breaks too, in the form that JSON has. */
export const printable = (text) => text.replace(controls, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
/** As `printable`, but line breaks stay. Text that is JSON stays JSON with the same value. */
export const printableLines = (text) => text.split('\n').map(printable).join('\n');
