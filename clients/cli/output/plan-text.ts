/** A plan of a file, for people. */
import { printable } from '../../shared/base/printable.ts';
import type { ApplyStopped } from '../../shared/manifest/apply-plan.ts';
import type { Action, Difference, Item, Kept, Left, Plan } from '../../shared/manifest/plan.ts';
import { columns, painted } from './table.ts';

const marks: Record<Action, string> = { create: '+', adopt: '~', change: '~', open: '~', detach: '-', delete: '-' };

const styles = { '+': 'green', '~': 'yellow', '-': 'red' } as const;

const whys: Record<Kept['why'], string> = {
  deactivated: 'stays closed, because an operator closed it; --reopen opens it',
  deconfigured: 'stays without an endpoint, because an operator deconfigured it; --reopen opens it',
  held: 'stays held, because an operator holds it; --reopen opens it',
  unreleased: 'is no longer in the file, and stays, because an operator holds its events; release it first',
};

/** The longest value that is shown, in characters. */
const longestValue = 60;

function valueText(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return printable(text.length > longestValue ? `${text.slice(0, longestValue)}…` : text);
}

function differenceText({ field, from, to }: Difference): string {
  if (from === undefined && to === undefined) return `${field}: other than in the file`;
  return `${field}: ${from === undefined ? '' : `${valueText(from)} → `}${valueText(to)}`;
}

/** What happens to it, in words. */
const itemText = ({ kind, name, action }: Item): string => `${action} the ${kind} ${name}`;

function itemLines(item: Item, isColoured: boolean): string[] {
  const mark = marks[item.action] as keyof typeof styles;
  const [line = ''] = columns([[painted(styles[mark], mark), itemText(item)]], isColoured);
  return [line, ...item.differences.map((difference) => `     ${differenceText(difference)}`)];
}

const keptLine = ({ kind, name, why }: Kept): string => `=  the ${kind} ${name} ${whys[why]}`;

const leftLine = ({ kind, name }: Left): string =>
  `=  the ${kind} ${name} is no longer in the file; --prune removes it`;

/** What is shown of an item: the creation of a destination ends by a step of its own, which nobody needs to see. */
const shownItems = ({ items }: { items: readonly Item[] }): Item[] => items.filter(({ action }) => action !== 'open');

export const planLines = (plan: Plan, isColoured: boolean): string[] => [
  ...shownItems(plan).flatMap((item) => itemLines(item, isColoured)),
  ...plan.kept.map(keptLine),
  ...plan.left.map(leftLine),
];

/** How many of each, such as `2 to create, 1 to change`. */
export function planSummary(plan: Plan): string {
  const actions = shownItems(plan).map(({ action }) => action);
  const counts = [...new Set(actions)].map(
    (action) => `${actions.filter((each) => each === action).length} to ${action}`,
  );
  return counts.length === 0 ? 'Everything is as the file says.' : `${counts.join(', ')}.`;
}

/** Names of items, for a sentence. */
function itemNames(items: readonly Item[]): string {
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
});
