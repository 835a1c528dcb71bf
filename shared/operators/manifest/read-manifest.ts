/** Reads a file of `hooklatch apply`: YAML 1.2, of which JSON is a part. What is wrong is told with its line and column, and never quoted. */
import { type Document, isMap, isScalar, LineCounter, parseDocument, visit } from 'yaml';
import type * as z from 'zod/mini';
import { printable } from '../../ground/base/printable.ts';
import { validationMessage } from '../../ground/base/validation-message.ts';
import { type Manifest, manifestSchema } from './manifest.ts';

/** The file can't be used. Each line of the message is one thing that is wrong. */
export class ManifestError extends Error {
  override name = 'ManifestError';
}

/** The largest file, in characters. */
const maxLength = 1024 * 1024;
/** How often aliases may repeat what they stand for. */
const maxAliases = 100;
/** The most faults that are told at once. */
const maxFaults = 20;

/** By the codes of the parser, whose own messages can quote the file. */
const syntaxFaults: Readonly<Record<string, string>> = {
  BAD_INDENT: 'the indentation is wrong',
  DUPLICATE_KEY: 'the key stands twice; leave one out',
  MISSING_CHAR: 'a character is missing, such as a colon, a bracket or a quote',
  MULTIPLE_DOCS: 'a file has one document; remove the second one',
  NON_STRING_KEY: 'a key must be a text; put it in quotes',
  TAB_AS_INDENT: 'indentation must be spaces, and is a tab',
  TAG_RESOLVE_FAILED: 'tags of your own can not be used',
  UNEXPECTED_TOKEN: 'something stands where YAML does not allow it',
};

/** Something wrong at a place of the file. */
export interface ManifestFault {
  path: readonly PropertyKey[];
  message: string;
  /** Where in the text at that place, in characters from its beginning. */
  position?: number | undefined;
}

interface Fault {
  offset: number;
  text: string;
}

/** @throws ManifestError with a line for each fault */
function refuse(faults: readonly Fault[], path: string, lines: LineCounter): never {
  const told = faults.slice(0, maxFaults).map(({ offset, text }) => {
    const { line, col } = lines.linePos(offset);
    return `${path}:${line}:${col}: ${text}.`.replace(/\?\.$/, '?');
  });
  const more = faults.length - told.length;
  throw new ManifestError([...told, ...(more > 0 ? [`${more} more faults.`] : [])].join('\n'));
}

function syntaxFaultsOf(document: Document): Fault[] {
  // A tag of one's own is only a warning of the parser.
  const faults = [...document.errors, ...document.warnings].map(({ code, pos }) => ({
    offset: pos[0],
    text: syntaxFaults[code] ?? 'this is no valid YAML',
  }));
  visit(document, {
    Alias(_, alias) {
      if (!alias.resolve(document))
        faults.push({ offset: alias.range?.[0] ?? 0, text: 'an alias has no anchor before it' });
    },
    Pair(_, { key }) {
      // As a field of an object, it would not be seen.
      if (isScalar(key) && key.value === '__proto__')
        faults.push({ offset: key.range?.[0] ?? 0, text: 'there is no field "__proto__"' });
    },
  });
  return faults;
}

/** A key of YAML with nothing after it has the value null, which nobody wrote. */
function messageOf(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input !== null) return validationMessage(issue);
  const isOfFields = issue.code === 'invalid_type' && ['object', 'record'].includes(issue.expected);
  return `is empty; leave it out, or give it a value${isOfFields ? ', such as {}' : ''}`;
}

/** Where the value at a path stands, or the nearest one around it that is there. */
function offsetAt(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
    if (node?.range) return node.range[0];
  }
  return 0;
}

/** Where a key of the object at a path stands. */
function keyOffset(document: Document, path: readonly PropertyKey[], name: string): number {
  const object = document.getIn(path);
  const keys = isMap(object) ? object.items.map(({ key }) => key) : [];
  const key = keys.filter(isScalar).find(({ value }) => value === name);
  return key?.range?.[0] ?? offsetAt(document, path);
}

function offsetOf(document: Document, issue: z.core.$ZodIssue): number {
  if (issue.code === 'unrecognized_keys') return keyOffset(document, issue.path, issue.keys[0] ?? '');
  if (issue.code === 'invalid_key') {
    const [name, ...inward] = issue.path.toReversed();
    return keyOffset(document, inward.toReversed(), String(name));
  }
  return offsetAt(document, issue.path);
}

/** A fault as it is told. */
const toldAt = (offset: number, path: readonly PropertyKey[], message: string): Fault => ({
  offset,
  text: `${printable(path.map(String).join('.')) || 'the file'} ${message}`,
});

/** Where a position of a text stands, if the text stands there as it is: in one line, or in a block with \`|\`. Else where the text begins. */
function offsetWithin(document: Document, source: string, { path, position }: ManifestFault): number {
  const begin = offsetAt(document, path);
  if (position === undefined) return begin;
  const node = document.getIn(path, true);
  const value = isScalar(node) && typeof node.value === 'string' ? node.value : '';
  const [first = begin] = [begin, begin + 1].filter((at) => source.startsWith(value, at));
  if (source.startsWith(value, first)) return first + position;
  const lines = value.slice(0, position).split('\n');
  let at = begin;
  for (const line of value.split('\n').slice(0, lines.length)) {
    const next = source.indexOf('\n', at) + 1;
    const indented = source.indexOf(line, next);
    if (next === 0 || source.slice(next, indented).trim() !== '') return begin;
    at = indented;
  }
  return at + (lines.at(-1) ?? '').length;
}

function valueIn(document: Document, refused: (fault: Fault) => never): unknown {
  try {
    return document.toJS({ maxAliasCount: maxAliases });
  } catch {
    return refused({ offset: 0, text: 'aliases repeat too much' });
  }
}

/** What else can be wrong with a file. */
export type CheckManifest = (manifest: Manifest) => readonly ManifestFault[];

/**
 * Reads a file.
 * @param path as messages name the file
 * @throws ManifestError
 */
export function readManifest(text: string, path: string, check: CheckManifest = () => []): Manifest {
  const lineCounter = new LineCounter();
  if (text.length > maxLength) throw new ManifestError(`${path} is larger than ${maxLength} characters.`);
  const document = parseDocument(text, {
    ...{ lineCounter, version: '1.2', schema: 'core', merge: false, uniqueKeys: true, stringKeys: true },
    ...{ prettyErrors: false, logLevel: 'error' },
  });
  const syntax = syntaxFaultsOf(document);
  if (syntax.length > 0) refuse(syntax, path, lineCounter);
  const value = valueIn(document, (fault) => refuse([fault], path, lineCounter));
  if (value === null) throw new ManifestError(`${path} is empty.`);
  const parsed = manifestSchema.safeParse(value, { error: messageOf });
  const faults = parsed.success
    ? check(parsed.data).map((fault) => toldAt(offsetWithin(document, text, fault), fault.path, fault.message))
    : parsed.error.issues.map((issue) => toldAt(offsetOf(document, issue), issue.path, issue.message));
  if (parsed.success && faults.length === 0) return parsed.data;
  return refuse(faults, path, lineCounter);
}
