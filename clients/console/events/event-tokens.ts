/** The tokens of the filter, and the view that they say. All of them hold. A later one stands for an earlier one of its kind. */
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { eventsText } from '../events-text.ts';
import { choices, consistent, type EventListView, noView } from './event-request.ts';

type Token = Pick<PropertyFilterProps.Token, 'propertyKey' | 'operator'> & { value: string };
type Property = keyof typeof eventsText.properties;

/** The type as a list takes it: an asterisk stands for any characters. */
const typeAs: Partial<Record<string, (value: string) => string>> = {
  ':': (part) => `*${part}*`,
  '^': (start) => `${start}*`,
};

function typeToken(type: string): Token {
  const [, first, part = '', last] = /^(\*?)([^*\s]+)(\*?)$/.exec(type) ?? [];
  if (first && last) return { propertyKey: 'type', operator: ':', value: part };
  if (!first && last) return { propertyKey: 'type', operator: '^', value: part };
  return { propertyKey: 'type', operator: '=', value: type };
}

/** A field of a view that a token says by itself. */
const plain = {
  deliveryId: '=',
  method: '=',
  contentType: ':',
  verifiedBy: '=',
  sourceIp: '=',
  publication: '=',
} as const;

const has = (property: string): property is keyof typeof plain => Object.hasOwn(plain, property);

/** What a token says. Undefined if the filter has no such property. */
function said({ propertyKey, operator, value }: PropertyFilterProps.Token): Partial<EventListView> | undefined {
  const text = String(value ?? '').trim();
  if (propertyKey === undefined) return { contains: text };
  if (propertyKey === 'type') return { type: typeAs[operator]?.(text) ?? text };
  if (propertyKey === 'size') return operator === '>' ? { above: text } : { below: text };
  return has(propertyKey) ? { [propertyKey]: text } : undefined;
}

export function tokensOf(view: EventListView): Token[] {
  const of = (propertyKey: Property, operator: Token['operator'], value: string): Token[] =>
    value === '' ? [] : [{ propertyKey, operator, value }];
  const fields = Object.keys(plain).filter(has);
  return [
    ...(view.type === '' ? [] : [typeToken(view.type)]),
    ...fields.flatMap((field) => of(field, plain[field], view[field])),
    ...of('size', '>', view.above),
    ...of('size', '<', view.below),
    ...(view.contains === '' ? [] : [{ operator: ':' as const, value: view.contains }]),
  ];
}

/** The view with these tokens instead of its own. A token whose value means nothing is a mistake, and changes nothing. */
export function withTokens(
  view: EventListView,
  tokens: readonly PropertyFilterProps.Token[],
): EventListView | { mistake: keyof typeof eventsText.mistakes } {
  const { hours, from, to, large } = view;
  const fields: EventListView = Object.assign({ ...noView, hours, from, to, large }, ...tokens.map(said));
  const next = consistent(fields);
  if ((fields.above !== '') !== (next.above !== '') || (fields.below !== '') !== (next.below !== ''))
    return { mistake: 'size' };
  if (fields.verifiedBy !== next.verifiedBy) return { mistake: 'verifiedBy' };
  return fields.publication === next.publication ? next : { mistake: 'publication' };
}

/** How values are called. */
const labels: Partial<Record<Property, Readonly<Record<string, string>>>> = {
  verifiedBy: eventsText.proofs,
  publication: eventsText.publications,
};

/** The properties of the filter, each with how it can be compared. */
export const properties: PropertyFilterProps.FilteringProperty[] = (
  Object.entries({ type: ['=', ':', '^'], size: ['>', '<'], ...plain }) as [Property, string | string[]][]
).map(([key, operators]) => ({
  key,
  propertyLabel: eventsText.properties[key],
  groupValuesLabel: eventsText.values(eventsText.properties[key]),
  operators: [operators].flat().map((operator) => ({
    operator: operator as PropertyFilterProps.ComparisonOperator,
    ...(labels[key] && { format: (value: unknown) => labels[key]?.[String(value)] ?? String(value) }),
  })),
  defaultOperator: [operators].flat()[0] as PropertyFilterProps.ComparisonOperator,
}));

/** The values to choose from: those of the API, and those of events that were seen. */
export const optionsOf = (
  seen: readonly { type: string; contentType?: string | undefined }[],
): PropertyFilterProps.FilteringOption[] => {
  const ofProperty = (propertyKey: Property, values: readonly (string | undefined)[]) =>
    [...new Set(values)].flatMap((value) => (value === undefined ? [] : [{ propertyKey, value }]));
  return [
    ...ofProperty('type', seen.map(({ type }) => type).toSorted()),
    ...ofProperty(
      'contentType',
      seen.map(({ contentType }) => contentType),
    ),
    ...ofProperty('method', choices.method),
    ...(['verifiedBy', 'publication'] as const).flatMap((key) =>
      ofProperty(key, choices[key]).map((option) => ({
        ...option,
        label: labels[key]?.[option.value] ?? option.value,
      })),
    ),
  ];
};
