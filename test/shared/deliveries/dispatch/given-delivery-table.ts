/** The keys of the Deliveries table. */
import { deliveryIndexes } from '../../../../shared/deliveries/dispatch/delivery-partitions.ts';

export const deliveriesKeys = {
  hash: 'pk',
  range: 'sk',
  indexes: Object.fromEntries(
    Object.entries(deliveryIndexes).map(([name, { partition, sort }]) => [
      name,
      { hash: partition, range: sort, rangeType: sort === 'due' ? ('N' as const) : ('S' as const) },
    ]),
  ),
};
