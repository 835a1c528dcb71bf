/**
 * What a destination of a file needs. Pure. The API shows the URL only up to its origin, and no value of a header or credential. So the
 * record has a digest of what the file says of them, which an operator's change of them removes.
 */
import { newDestinationSchema } from '../../deliveries/destination/destination-request.ts';
import type { DestinationView } from '../../deliveries/destination/destination-view.ts';
import { type FileManager, fileManagerOf } from '../../endpoints/endpoint/managed-by.ts';
import { isSameContent } from './canonical-text.ts';
import { type HiddenSettings, hiddenRef } from './destination-secrets.ts';
import { hiddenSettingsIn, type WantedDestination } from './manifest.ts';
import {
  type DestinationItem,
  type DestinationStep,
  type Difference,
  managerOf,
  removalOf,
  whyNotOurs,
} from './plan.ts';
import { saidBefore, saidFields, saidOf } from './said-fields.ts';
import { isValueReference } from './secret-reference.ts';

export interface DestinationPlan {
  item?: DestinationItem;
  /** The step that ends the creation. It comes after the routes, which lead to the id of the destination. */
  ending?: DestinationItem;
  refused: string[];
}

/** What is shown of a destination, and a file can say. */
const shownNames = [
  ...(['description', 'method', 'timeoutSeconds', 'rate', 'concurrency', 'giveUpAfterHours'] as const),
  ...(['schedule', 'retryOn', 'forwardHeaders'] as const),
];

/** What the file says of these settings, with the defaults. Null is: no limit, or what is usual. */
function shownSettings(wanted: WantedDestination): Record<string, unknown> {
  const { description, method, timeoutSeconds, rate, concurrency, giveUpAfterHours, schedule, retryOn } = wanted;
  const { forwardHeaders } = wanted;
  const always = { description, method, timeoutSeconds, giveUpAfterHours };
  return {
    ...always,
    rate: rate ?? null,
    concurrency: concurrency ?? null,
    schedule: schedule ?? null,
    retryOn: retryOn ?? null,
    forwardHeaders: forwardHeaders ?? null,
  };
}

function differencesOf(wanted: WantedDestination, view: DestinationView): Difference[] {
  const settings = shownSettings(wanted);
  return shownNames.flatMap((field) => {
    const [from, to] = [view[field] ?? null, settings[field]];
    return isSameContent(from, to) ? [] : [{ field, from, to }];
  });
}

/**
 * The headers and the credentials that a destination has and its file does not say. One that the file made, with its URL, has none of them:
 * else a credential that was taken out of the file would still be sent. Those of an adopted one are the operators'.
 */
function unsaidSettings(
  { url, headers, auth }: WantedDestination,
  { headerNames, authKind }: DestinationView,
  before: FileManager | undefined,
): HiddenSettings {
  if (!before || before.adopted || url === undefined) return {};
  return {
    ...(headers === undefined && headerNames.length > 0 && { headers: {} }),
    ...(auth === undefined && authKind !== 'none' && { auth: { kind: 'none' } }),
  };
}

/** What a new destination gets, but for defaults. */
function newDifferences(wanted: WantedDestination): Difference[] {
  const [settings, usual] = [shownSettings(wanted), destinationDefaults()];
  return [
    ...saidFields(hiddenSettingsIn(wanted)).map(({ difference }) => difference),
    ...shownNames
      .filter((field) => !isSameContent(settings[field], usual[field]))
      .map((field) => ({ field, to: settings[field] })),
  ];
}

/** What the record says of the file. */
const noted = (name: string, hidden: HiddenSettings, tokenRef: string | undefined) => ({
  kind: 'file' as const,
  name,
  tokenRef,
  said: saidOf(hidden),
});

function planNew(name: string, wanted: WantedDestination, file: string): DestinationPlan {
  const hidden = hiddenSettingsIn(wanted);
  if (hidden.url === undefined)
    return { refused: [`The destination ${name} is not there, and the file has no url to make it.`] };
  const managedBy = managerOf(noted(file, hidden, hiddenRef(hidden, file, name)));
  const settings = Object.fromEntries(Object.entries(shownSettings(wanted)).filter(([, value]) => value !== null));
  const create: DestinationStep = { verb: 'create', settings, hidden, managedBy: { ...managedBy, closed: true } };
  const item = { kind: 'destination' as const, name };
  return {
    item: { ...item, action: 'create', differences: newDifferences(wanted), steps: [create] },
    ending: { ...item, action: 'open', differences: [], steps: [{ verb: 'manage', managedBy }] },
    refused: [],
  };
}

/**
 * What differs in the settings that no answer shows. Texts that are written out are compared by the digest of all.
 * @param all what the file says, and what it removes
 */
function hiddenDifferences(
  view: DestinationView,
  hidden: HiddenSettings,
  all: HiddenSettings,
  refOf: (said: HiddenSettings) => string | undefined,
): Difference[] {
  const { tokenRef, said } = fileManagerOf(view) ?? {};
  const candidates = said ? [hidden, ...saidBefore(hidden, said)] : [hidden];
  const isSaid = tokenRef !== undefined && candidates.some((each) => refOf(each) === tokenRef);
  return saidFields(all, { ...view, said })
    .filter(({ differs }) => differs === 'yes' || (differs === 'maybe' && !isSaid))
    .map(({ difference, differs }) => ({ ...difference, ...(differs === 'maybe' && { maybe: true as const }) }));
}

/**
 * The steps that edit, and say at once what the file says.
 * @param changed the hidden settings, if they are not as the file says
 */
function changeSteps(
  shown: readonly Difference[],
  changed: HiddenSettings | undefined,
  [before, after]: [FileManager | undefined, FileManager],
): DestinationStep[] {
  const { signingSecret, ...hidden } = changed ?? {};
  const settings = Object.fromEntries(shown.map(({ field, to }) => [field, to]));
  // Whoever changes hidden settings without saying for which file is an operator.
  const isNoted = changed === undefined && isSameContent(before, after);
  const isReplaced = typeof signingSecret === 'string' && isValueReference(signingSecret);
  const edit: DestinationStep = { verb: 'edit', settings, hidden, ...(isNoted ? {} : { managedBy: after }) };
  return [...(isReplaced ? [{ verb: 'replaceSigningSecret', reference: signingSecret } as const] : []), edit];
}

/** The file takes it over, or no longer says what a record of an earlier release does not name. */
function managerDifferences(before: FileManager | undefined, after: FileManager): Difference[] {
  if (!before) return [{ field: 'managedBy', to: after.name }];
  const isLess = !before.said && before.tokenRef !== undefined && after.tokenRef === undefined;
  return isLess
    ? [
        {
          field: 'managedBy',
          before: 'unknown',
          to: `${after.name}, without URL and secrets`,
        },
      ]
    : [];
}

/** Plans a destination that the file names. */
export function planDestination(
  name: string,
  wanted: WantedDestination,
  view: DestinationView | undefined,
  file: string,
): DestinationPlan {
  if (!view) return planNew(name, wanted, file);
  const why = whyNotOurs('destination', view, file, wanted.adopt);
  if (why !== undefined) return { refused: [why] };
  const before = fileManagerOf(view);
  const hidden = hiddenSettingsIn(wanted);
  const shown = differencesOf(wanted, view);
  const all = { ...hidden, ...unsaidSettings(wanted, view, before) };
  const refOf = (said: HiddenSettings) => hiddenRef(said, file, name);
  const notShown = hiddenDifferences(view, hidden, all, refOf);
  const adopted = before ? before.adopted : (true as const);
  const after = managerOf({ ...noted(file, hidden, refOf(hidden)), adopted });
  // A creation that was interrupted before the routes were set is ended after them.
  const isEnding = before?.closed === true;
  const now = isEnding ? { ...after, closed: true as const } : after;
  const differences: Difference[] = [...managerDifferences(before, after), ...notShown, ...shown];
  const steps = changeSteps(shown, notShown.length > 0 ? all : undefined, [before, now]);
  const item = { kind: 'destination' as const, name, version: view.version };
  const action = before ? 'change' : 'adopt';
  return {
    ...(differences.length > 0 && { item: { ...item, action, differences, steps } }),
    ...(isEnding && {
      ending: { kind: item.kind, name, action: 'open', differences: [], steps: [{ verb: 'manage', managedBy: after }] },
    }),
    refused: [],
  };
}

/** Plans a destination of the file that it names no longer. */
export const planDestinationRemoval = (view: DestinationView): DestinationItem =>
  removalOf('destination', view, [{ verb: 'delete' } as const]);

/** The settings with which the API makes a destination of which nothing is said. */
export const destinationDefaults = (): Record<string, unknown> =>
  shownSettings({
    ...newDestinationSchema.parse({ name: 'any', url: 'https://example.com/' }),
    adopt: false,
  } as WantedDestination);
