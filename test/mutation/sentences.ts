/**
 * Leaves texts for people alone: sentences of errors, hints and explanations. The tests check which sentence is chosen, not
 * each of its words. Keys, codes, names of headers, formats and expressions of DynamoDB are not sentences and are mutated.
 */
import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore';

const word = String.raw`(?:\p{Lu}?[\p{Ll}'’]+|[AI])`;
const sentence = new RegExp(String.raw`(?<![\p{L}:#])${word}[,;:.]? ${word}[,;:.]? ${word}(?!\p{L})`, 'u');

/** Whether a text has three words in a row. */
export const isSentence = (text: string): boolean => sentence.test(text);

/** A node of Babel's syntax tree, as far as it holds text. */
interface TextNode {
  type: string;
  value?: unknown;
  quasis?: { value: { raw: string } }[];
}

/** The text of a literal. A word stands for each value that a template inserts. */
function textOf({ type, value, quasis = [] }: TextNode): string {
  if (type === 'StringLiteral') return String(value);
  return type === 'TemplateLiteral' ? quasis.map((part) => part.value.raw).join('value') : '';
}

export const sentences: Ignorer = {
  shouldIgnore: (path: NodePath) =>
    isSentence(textOf((path as { node: TextNode }).node)) ? 'a sentence for people' : undefined,
};
