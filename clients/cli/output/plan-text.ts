/** A plan of a file, for people. */
import { printable } from '../../../shared/ground/base/printable.ts';
import type { ApplyStopped } from '../../../shared/operators/manifest/apply-plan.ts';
import type {
  Action,
  Difference,
  Kept,
  Left,
  NotCompared,
  Plan,
  PlanItem,
} from '../../../shared/operators/manifest/plan.ts';
import { columns, painted } from './table.ts';

const marks: Record<Action, string> = { create: '+', adopt: '~', change: '~', open: '~', detach: '-', delete: '-' };

const styles = { '+': 'green', '~': 'yellow', '-': 'red' } as const;

const whys: Record<Kept['why'], string> = {
  deactivated: 'stays closed, because an operator closed it; --reopen opens it',
  deconfigured: 'stays without an endpoint, because an operator deconfigured it; --reopen opens it',
  held: 'stays held, because an operator holds it; --reopen opens it',
  unreleased: 'is no longer in the file, and stays, because an operator holds its events; release it first',
};

/** The longest value that has room beside another one, in characters. A longer one is shown whole too: in what is left out could be anything. */
const longestInLine = 60;

const valueText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const notShown = 'a value that is not shown';

/** What is there; nothing if it is not known, or nothing is there. */
function presentText({ from, before, to, maybe }: Difference): string[] {
  if (before === 'hidden') return maybe ? [] : [notShown];
  return from === undefined || (maybe && from === to) ? [] : [valueText(from)];
}

/** What the file says. */
function wantedText({ to, hidden, before, maybe }: Difference): string {
  const notes = [
    ...(to !== undefined && hidden ? ['the rest is not shown'] : []),
    ...(before === 'unknown' ? ['before unknown'] : maybe ? ['may be another'] : []),
  ];
  const text = to === undefined ? (hidden ? notShown : 'none') : valueText(to);
  return notes.length === 0 ? text : `${text} (${notes.join(', ')})`;
}

const isLong = (text: string): boolean => text.length > longestInLine || text.includes('\n');

/** A text with each of its lines behind a mark, so that none of them looks like a line of the plan. */
const markedLines = (mark: string, text: string): string[] =>
  text.split('\n').map((line) => `       ${mark} ${printable(line)}`);

function differenceLines(difference: Difference): string[] {
  const field = printable(difference.field);
  const from = presentText(difference);
  const to = wantedText(difference);
  const isInLine = ![difference.from ?? '', difference.to ?? ''].map(valueText).some(isLong);
  if (isInLine) return [`     ${field}: ${[...from, to].map(printable).join(' → ')}`];
  return [`     ${field}:`, ...from.flatMap((text) => markedLines('-', text)), ...markedLines('+', to)];
}

/** What happens to it, in words. */
const itemText = ({ kind, name, action }: PlanItem): string => `${action} the ${kind} ${name}`;

function itemLines(item: PlanItem, isColoured: boolean): string[] {
  const mark = marks[item.action] as keyof typeof styles;
  const [line = ''] = columns([[painted(styles[mark], mark), itemText(item)]], isColoured);
  return [line, ...item.differences.flatMap(differenceLines)];
}

const keptLine = ({ kind, name, why }: Kept): string => `=  the ${kind} ${name} ${whys[why]}`;

const leftLine = ({ kind, name }: Left): string =>
  `=  the ${kind} ${name} is no longer in the file; --prune removes it`;

const notComparedLine = ({ kind, name, fields }: NotCompared): string =>
  `=  the ${kind} ${name}: ${fields.join(', ')} not compared; only the role connection_admin may see whether they are as the file says`;

/** What is shown of an item: the creation of a destination ends by a step of its own, which nobody needs to see. */
const shownItems = ({ items }: { items: readonly PlanItem[] }): PlanItem[] =>
  items.filter(({ action }) => action !== 'open');

export const planLines = (plan: Plan, isColoured: boolean): string[] => [
  ...shownItems(plan).flatMap((item) => itemLines(item, isColoured)),
  ...plan.kept.map(keptLine),
  ...plan.left.map(leftLine),
  ...plan.notCompared.map(notComparedLine),
];

/** How many of each, such as `2 to create, 1 to change`. */
export function planSummary(plan: Plan): string {
  const actions = shownItems(plan).map(({ action }) => action);
  const counts = [...new Set(actions)].map(
    (action) => `${actions.filter((each) => each === action).length} to ${action}`,
  );
  if (counts.length > 0) return `${counts.join(', ')}.`;
  return `Everything${plan.notCompared.length > 0 ? ' that was compared' : ''} is as the file says.`;
}

/** The rules that are gone. */
const goneRules = ({ name, differences }: PlanItem): string[] =>
  differences.flatMap(({ field, from, to }) => {
    const [, id] = /^routes\.rules\.(.+)\.to$/.exec(field) ?? [];
    return id !== undefined && from !== undefined && to === undefined ? [`the rule ${id} of ${name}`] : [];
  });

/** Of what is there already: a new endpoint is told as one that opens. */
const hasOtherSenders = ({ kind, action, differences }: PlanItem): boolean =>
  kind === 'connection' &&
  action !== 'create' &&
  differences.some(({ field }) => ['auth', 'allowFrom'].includes(field.split('.')[0] ?? ''));

/** What a pipeline does only with `--yes`, for a sentence: what deletes, opens, or changes the guards of an endpoint. Empty if nothing does. */
export function riskText({ items }: Plan): string {
  const isOpening = ({ steps }: PlanItem) => steps.some(({ verb }) => verb === 'activate' || verb === 'release');
  const deleted = items.filter(({ action }) => action === 'delete').map(({ kind, name }) => `the ${kind} ${name}`);
  const gone = [...deleted, ...items.flatMap(goneRules)];
  const opened = items.filter(isOpening).map(({ name }) => name);
  const changed = items.filter(hasOtherSenders).map(({ name }) => name);
  return [
    ...(gone.length > 0 ? [`deletes ${gone.join(', ')}`] : []),
    ...(opened.length > 0 ? [`opens the endpoint of ${opened.join(', ')}`] : []),
    ...(changed.length > 0 ? [`changes who may send to ${changed.join(', ')}`] : []),
  ].join(' and ');
}

/** Names of items, for a sentence. */
function itemNames(items: readonly PlanItem[]): string {
  const shown = shownItems({ items });
  return shown.length === 0 ? 'nothing' : shown.map(({ kind, name }) => `${kind} ${name}`).join(', ');
}

/** What is done of a plan that stopped, and what is not. */
export const stoppedLines = ({ done, stoppedAt, notDone }: ApplyStopped): string[] => [
  `Stopped at the ${stoppedAt.kind} ${stoppedAt.name}, of which a part may be done.`,
  `Done: ${itemNames(done)}. Not done: ${itemNames(notDone)}. Run it again, and it goes on.`,
];

/** A plan as one JSON document: what a person reads, and not the requests. */
export const planDocument = (file: string, plan: Plan) => ({
  name: file,
  items: shownItems(plan).map(({ kind, name, action, differences }) => ({ kind, name, action, differences })),
  kept: plan.kept,
  left: plan.left,
  notCompared: plan.notCompared,
});
