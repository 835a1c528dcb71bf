import { invalidHandle } from './sqs-error.ts';

/** What a receipt handle names: one receive of a message. */
export interface Receipt {
  queue: string;
  id: string;
  receipt: string;
}

export const formatReceiptHandle = ({ queue, id, receipt }: Receipt): string =>
  Buffer.from([queue, id, receipt].join('/')).toString('base64');

/** @throws ServiceError if it is not a handle, or one of another queue */
export function parseReceiptHandle(queue: string, handle: string): Omit<Receipt, 'queue'> {
  const [of, id, receipt, ...rest] = Buffer.from(handle, 'base64').toString().split('/');
  if (of !== queue || !id || !receipt || rest.length > 0) throw invalidHandle();
  return { id, receipt };
}
