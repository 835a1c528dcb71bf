/**
 * A list that a test loops over to expect something of each item.
 * @throws if the list is empty: the loop would expect nothing
 */
export function filled<T>(list: Iterable<T>): T[] {
  const items = [...list];
  if (items.length === 0) throw new Error('The list is empty, so no item would be checked. See how the test makes it.');
  return items;
}
