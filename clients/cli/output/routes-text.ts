/** Routes for people. */
import type { ApiAnswer } from '../../../shared/operators/api/api-client.ts';
import { type Cell, painted, table } from './table.ts';

type Routes = ApiAnswer<'GET /v1/connections/{name}/routes'>;
type RoutesTest = ApiAnswer<'POST /v1/connections/{name}/routes/test'>;
type Finding = RoutesTest['rules'][number];

const whenText = (when: object | undefined): string => (when === undefined ? 'every event' : JSON.stringify(when));

/** The rules, in their order. */
export const routesTable = ({ rules }: Routes, isColoured: boolean): string[] =>
  table(
    ['RULE', 'WHEN', 'TRANSFORM', 'TO'],
    rules.map(({ id, when, transform = '', to }) => [painted('bold', id), whenText(when), transform, to]),
    isColoured,
  );

const modeTexts = {
  all: 'An event goes by each rule that matches.',
  first: 'An event goes by the first rule that matches.',
} as const;

export const modeText = ({ mode }: Pick<Routes, 'mode'>): string => modeTexts[mode];

const verdicts: Readonly<Record<Finding['verdict'], Cell>> = {
  match: painted('green', 'matches'),
  no_match: 'does not match',
  over_budget: painted('red', 'too much work'),
  not_reached: 'not reached',
};

const unsentTexts: Readonly<Record<NonNullable<Finding['unsent']>['reason'], string>> = {
  empty: 'nothing: the expression selects nothing',
  error: 'nothing: the expression failed',
  killed: 'nothing: the expression took too much time or memory',
  throttled: 'unknown: there was no capacity to evaluate the expression; test again',
  too_large: 'nothing: the event is too large for an expression',
  destination_gone: 'nothing: the destination was deleted',
  no_time: 'unknown: the test took too long; test fewer rules',
};

function unsentText({ reason, message, position }: NonNullable<Finding['unsent']>): string {
  const place = position === undefined ? '' : ` (at character ${position})`;
  return `${unsentTexts[reason]}${message === undefined ? '' : `: ${message}${place}`}`;
}

/** Where the event differs, or what would be sent. */
function detailOf({ verdict, mismatch, sent, unsent }: Finding): string {
  if (unsent) return unsentText(unsent);
  if (sent) return `${sent.bytes} bytes ${sent.headers['content-type'] ?? ''}`.trimEnd();
  if (verdict !== 'no_match') return '';
  return mismatch === undefined ? 'no element of a list meets all conditions' : `differs at ${mismatch}`;
}

/** Whether each rule matches, and what would be sent. */
export const routesTestTable = ({ rules }: RoutesTest, isColoured: boolean): string[] =>
  table(
    ['RULE', 'TO', 'RESULT', 'DETAIL'],
    rules.map((finding) => [painted('bold', finding.id), finding.to, verdicts[finding.verdict], detailOf(finding)]),
    isColoured,
  );

/** What the table does not say. */
export const routesTestNotes = ({ rules, masked, split, bodyWithheld }: RoutesTest): string[] => [
  ...rules.flatMap(({ id, emptyPaths }) =>
    emptyPaths ? [`For the expression of ${id}, the event has nothing at: ${emptyPaths.join(', ')}`] : [],
  ),
  ...(masked ? ['The body holds a token, which destinations get masked.'] : []),
  ...(split
    ? ['The bus splits this event; destinations get it whole, so a pattern of the bus may match other events.']
    : []),
  ...(bodyWithheld === undefined ? [] : [bodyWithheld]),
];
