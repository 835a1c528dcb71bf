/** What is worked out of the text of a body, in a worker or in the page. */
import { type Comparison, differenceOf } from './json-difference.ts';
import { type ReadText, readBodyText, tokeniserOf } from './read-text.ts';
import { type Finds, findsIn } from './search-lines.ts';

export type BodyQuestion =
  /** What the text is. */
  | { ask: 'read' }
  /** Where a text is in it. */
  | { ask: 'search'; query: string }
  /** What differs from an earlier text. */
  | { ask: 'compare'; before: string };

export type Reply = ReadText | Finds | Comparison | undefined;

/** Answers questions about one text. Undefined if there is no answer. */
export function answersOf(text: string): (question: BodyQuestion) => Reply {
  let read: ReadText | undefined;
  const answer = (question: BodyQuestion): Reply => {
    if (question.ask === 'compare') return differenceOf(question.before, text);
    read ??= readBodyText(text);
    if (question.ask === 'read' || !read) return read;
    return findsIn(text, read.lines, tokeniserOf(read.language), question.query);
  };
  return (question) => {
    try {
      return answer(question);
    } catch {
      // What is too much for the engine, such as a tag of a million characters, is shown as text.
      return undefined;
    }
  };
}
