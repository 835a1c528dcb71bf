/**
 * Where the parts of a signed message begin and end.
 *
 * The parts are joined with nothing between them, so one signature could hold for two requests: the id `a` with the body
 * `1.b` is signed as the id `a.1` with the body `b`. A message counts only if it can be read back in one way.
 *
 * One part may be anything. Every part before it must show where it ends, read from the left, and every part after it
 * where it begins, read from the right. A literal, the secret, a method and a time in words do so by their form. The
 * others do so by what is beside them: a value does not contain the literal there, and a number is next to no digit.
 */
import type { MessagePart, TemplateScheme } from './scheme.ts';

/** What the parts of one request must meet; `at` is the part's place in the message. */
type BoundaryCondition =
  | { at: number; without: string }
  /** The digits of a time in seconds or milliseconds, of which all of 2001 to 2286 have as many. */
  | { at: number; length: number }
  /**
   * A part next to the body has only these characters, and the body's byte next to it is none of them. A body between two
   * such parts is not empty, because they would be next to each other.
   */
  | { at: number; only: RegExp; beside: number; edge: 'first' | 'last' };

/** The conditions of a scheme, or what to change in it because there are none that would be enough. */
export type Boundaries = BoundaryCondition[] | string;

/** A part, or a piece of one: a form of one field is its name, which is known, and its value. */
interface MessagePiece {
  at: number;
  part: MessagePart;
}

const messagePiecesOf = (message: readonly MessagePart[]): MessagePiece[] =>
  message.flatMap((part, at): MessagePiece[] =>
    part.part === 'sortedForm' && part.only !== undefined
      ? [
          { at, part: { part: 'literal', text: part.only } },
          { at, part },
        ]
      : [{ at, part }],
  );

const isUnbounded = ({ part: { part } }: MessagePiece): boolean => part === 'body' || part === 'sortedForm';
/** Whether a time is written as a number. */
const isNumber = ({ timestamp }: TemplateScheme): boolean => timestamp?.unit === 's' || timestamp?.unit === 'ms';

/** Whether a part shows by itself, from either side, where it begins and ends. */
function isFixed({ part: { part } }: MessagePiece, scheme: TemplateScheme): boolean {
  if (part === 'timestamp') return !isNumber(scheme);
  return part === 'literal' || part === 'secret' || part === 'method';
}

/** The characters of a URL (RFC 3986), without the brackets, which stand in it for an IPv6 address alone. */
const urlText = /^[\w.~:/?#@!$&'()*+,;=%-]*$/;
const digits = /^\d*$/;

/** Whether a text ends as it begins: where it is first found might then be a piece earlier than where it stands. */
const isBordered = (text: string): boolean => [...text].some((_, at) => at > 0 && text.startsWith(text.slice(at)));

type Side = 'next' | 'previous';

/** What a neighbour always has in it, at a place that is known from this side, and what a value can do without. */
function markOf({ part }: MessagePiece, side: Side, scheme: TemplateScheme): string | undefined {
  // A colon stands in a time of RFC 3339 behind the hours.
  if (part.part === 'timestamp') return side === 'next' && scheme.timestamp?.unit === 'rfc3339' ? ':' : undefined;
  if (part.part !== 'literal') return undefined;
  return isBordered(part.text) ? [...part.text].at(side === 'next' ? 0 : -1) : part.text;
}

/** Whether a neighbour shows where a number ends: by a literal or a word whose character next to it is no digit. */
function endsNumber({ part }: MessagePiece, side: Side): boolean {
  if (part.part === 'literal') return !digits.test(part.text.at(side === 'next' ? 0 : -1) ?? '');
  return part.part === 'method' || (part.part === 'url' && side === 'next');
}

/** What a number must meet; nothing else than a literal would do for a CRC, whose length varies. */
function onNumber(
  { at, part }: MessagePiece,
  neighbour: MessagePiece,
  side: Side,
  scheme: TemplateScheme,
): BoundaryCondition | string | undefined {
  if (endsNumber(neighbour, side)) return undefined;
  if (part.part === 'timestamp') return { at, length: scheme.timestamp?.unit === 's' ? 10 : 13 };
  return unclear(part, neighbour.part, side);
}

function unclear(part: MessagePart, neighbour: MessagePart, side: Side): string {
  const [first, second] = side === 'next' ? [part, neighbour] : [neighbour, part];
  return `Nothing shows where ${first.part} ends and ${second.part} begins, so that one signature can hold for two requests: put a literal between them, such as ${part.part === 'url' ? 'a line break' : 'a dot'}.`;
}

/** What one part must meet; undefined for nothing, and a text where nothing would be enough. */
function conditionOn(
  piece: MessagePiece,
  neighbour: MessagePiece,
  side: Side,
  scheme: TemplateScheme,
): BoundaryCondition | string | undefined {
  const { at, part } = piece;
  const isValue = part.part === 'value';
  if (neighbour.part.part === 'body' && !isValue)
    return {
      at,
      only: part.part === 'url' ? urlText : digits,
      beside: neighbour.at,
      edge: side === 'next' ? 'first' : 'last',
    };
  if (!isValue && part.part !== 'url') return onNumber(piece, neighbour, side, scheme);
  const mark = markOf(neighbour, side, scheme);
  // A URL has nearly every character of a URL in it.
  const isOfUse = mark !== undefined && (isValue || mark.length > 1 || !urlText.test(mark));
  return isOfUse ? { at, without: mark } : unclear(part, neighbour.part, side);
}

/** What the parts must meet if the piece at `open` may be anything. */
function boundariesAround(open: number, pieces: readonly MessagePiece[], scheme: TemplateScheme): Boundaries {
  const conditions: BoundaryCondition[] = [];
  for (const [index, piece] of pieces.entries()) {
    const side = index < open ? 'next' : 'previous';
    const neighbour = pieces[side === 'next' ? index + 1 : index - 1];
    if (index === open || isFixed(piece, scheme) || !neighbour) continue;
    if (isUnbounded(piece)) return 'The message has the body in it twice: once is enough.';
    const condition = conditionOn(piece, neighbour, side, scheme);
    if (typeof condition === 'string') return condition;
    if (condition) conditions.push(condition);
  }
  return conditions;
}

const boundariesByScheme = new WeakMap<TemplateScheme, Boundaries>();

/** What the messages of a scheme must meet so that each can be read back in one way. */
export function boundariesOf(scheme: TemplateScheme): Boundaries {
  const found = boundariesByScheme.get(scheme) ?? findBoundaries(scheme);
  boundariesByScheme.set(scheme, found);
  return found;
}

function findBoundaries(scheme: TemplateScheme): Boundaries {
  if (scheme.message.some((part) => part.part === 'sortedForm' && part.only === undefined))
    return 'sortedForm joins names and values with nothing between them, so that a=bc and ab=c are signed alike: say in only which one field the form has.';
  const pieces = messagePiecesOf(scheme.message);
  const open = pieces.findIndex(isUnbounded);
  const candidates =
    open >= 0 ? [open] : [...pieces.keys()].filter((index) => !isFixed(pieces[index] as MessagePiece, scheme));
  const tried = candidates.map((index) => boundariesAround(index, pieces, scheme));
  return tried.find((one) => typeof one !== 'string') ?? tried[0] ?? [];
}

/** Whether the parts of a request can be read back in one way from the message that they make. */
export function isUnambiguous(boundaries: Boundaries, parts: readonly (Buffer | 'secret')[]): boolean {
  if (typeof boundaries === 'string') return false;
  const bytesAt = (at: number): Buffer => {
    const part = parts[at];
    return Buffer.isBuffer(part) ? part : Buffer.alloc(0);
  };
  const mayBeEmpty = boundaries.filter((condition) => 'beside' in condition).length < 2;
  return boundaries.every((condition) => {
    const part = bytesAt(condition.at);
    if ('without' in condition) return !part.includes(condition.without);
    if ('length' in condition) return part.length === condition.length;
    const body = bytesAt(condition.beside);
    const edge = (condition.edge === 'first' ? body.subarray(0, 1) : body.subarray(-1)).toString('latin1');
    return condition.only.test(part.toString('latin1')) && (edge === '' ? mayBeEmpty : !condition.only.test(edge));
  });
}
