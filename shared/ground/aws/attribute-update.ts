import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Record<string, AttributeValue>;

/**
 * The update that sets attributes of an item and keeps its others. In its expressions, `#0` is the name of the first and `:0` its value.
 * @param first attributes that are set only if the item does not have them yet
 */
export function attributeUpdate(Key: Item, values: Item, first: Item = {}) {
  const all = Object.entries({ ...values, ...first });
  const settings = all.map(([name], at) => `#${at} = ${name in first ? `if_not_exists(#${at}, :${at})` : `:${at}`}`);
  return {
    Key,
    UpdateExpression: `SET ${settings.join(', ')}`,
    ExpressionAttributeNames: Object.fromEntries(all.map(([name], at) => [`#${at}`, name])),
    ExpressionAttributeValues: Object.fromEntries(all.map(([, value], at) => [`:${at}`, value])),
  };
}
