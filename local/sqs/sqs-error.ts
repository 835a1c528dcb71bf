import { ServiceError } from '../aws/aws-service.ts';

/** The names of SQS's errors in its older protocol, where they differ. Clients show them as the code of an error. */
const queryCodes: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
};

/** An error of SQS. @param name as in the API reference, without a namespace */
export const sqsError = (name: string, message: string): ServiceError =>
  new ServiceError(`com.amazonaws.sqs#${name}`, message);

/** The code of an error in the older protocol. */
export function queryCodeOf({ type }: ServiceError): string {
  const name = type.replace(/^.*#/, '');
  return queryCodes[name] ?? name;
}

export const invalidValue = (parameter: string, reason: string): ServiceError =>
  sqsError('InvalidParameterValue', `The value of ${parameter} is invalid. Reason: ${reason}`);

export const noSuchQueue = (): ServiceError => sqsError('QueueDoesNotExist', 'The specified queue does not exist.');

export const invalidHandle = (): ServiceError =>
  sqsError('ReceiptHandleIsInvalid', 'The input receipt handle is not a valid receipt handle of this queue.');
