/** The texts of the console about bodies. */
import type { JsonDifference } from './json-difference.ts';

const number = (count: number): string => count.toLocaleString('en');

const kinds: Record<JsonDifference['kind'], string> = { added: 'Added', removed: 'Removed', changed: 'Changed' };

export const bodyText = {
  difference: {
    title: 'Difference',
    about: 'To the body of the event of this type before this one.',
    compare: 'Compare',
    path: 'Path',
    whole: 'The whole body',
    kind: 'What',
    kinds,
    before: 'Before',
    after: 'In this event',
    none: 'There is no earlier event of this type, or many of other types came since.',
    comparedWith: 'Compared with',
    /** Before the id of the earlier event. */
    equal: 'The body is the same, apart from white space and the order of members, as that of',
    notCompared:
      'Only JSON of up to 500 levels is compared, and a body that you may read. This one was not compared with',
    more: (count: number) => `And ${number(count)} more ${count === 1 ? 'difference' : 'differences'}.`,
  },
  loading: 'Loading the body',
  fields: 'Fields',
  image: 'Image',
  imageOf: 'The body, as an image',
  badImage: 'The image could not be drawn. “Bytes” shows what came.',
  malformedForm: 'This is not a form as its content type says it is. “Text” and “Bytes” show what came.',
  noFields: 'The form has no fields',
  fieldName: 'Name',
  fieldValue: 'Value',
  file: 'File',
  cut: (more: number) => ` … and ${number(more)} more characters`,
  moreFields: (shown: number, count: number) => `The first ${number(shown)} of ${number(count)} fields are shown.`,
  lines: 'Lines of the body',
  search: 'Search in the body',
  next: 'Next find',
  previous: 'Previous find',
  /** @param most whether there may be more */
  finds: (current: number, count: number, most: boolean) =>
    `${number(current)} of ${number(count)}${most ? ' or more' : ''}`,
  noFinds: 'Not found',
  noSearch: 'Enter a text to search for first.',
  foldAll: 'Fold all',
  unfoldAll: 'Unfold all',
  fold: (line: number) => `Fold line ${number(line)}`,
  unfold: (line: number) => `Unfold line ${number(line)}`,
  leftOut: (count: number) => `… ${number(count)} characters …`,
  shownBytes: (from: number, to: number, of: number) => `Bytes ${number(from)} to ${number(to)} of ${number(of)}`,
  shownCharacters: (from: number, to: number, of: number) =>
    `Characters ${number(from)} to ${number(to)} of ${number(of)}`,
  nextPage: 'Next page of the body',
  previousPage: 'Previous page of the body',
  page: (page: number) => `Page ${number(page)} of the body`,
};
