/** Events of the bus as a consumer gets them. */
import { envelopeLine } from '../../../local/eventbridge/event-envelope.ts';
import { entryMakersOf, type Publication } from '../../../shared/events/bus/publication.ts';
import type { StoredEvent } from '../../../shared/events/event/event.ts';
import { aStoredEvent } from '../../shared/events/event/given-event.ts';

/** The texts of a publication's events, as the bus writes them. */
export const linesOf = (publication: Publication): string[] =>
  entryMakersOf(publication, 'bodies').map((make) => {
    const { Source: source, DetailType: detailType, Detail: detail, Time: time } = make();
    const event = { id: 'b0b0', source, detailType, time, resources: [], detail };
    return envelopeLine({ region: 'eu-central-1', accountId: '123456789012' }, event);
  });

/** The text of the event of a webhook with this body. */
export function aLine(body: Buffer | string = '{"order": 1}', more: Partial<StoredEvent> = {}): string {
  const headers = { 'content-type': 'application/json' };
  const [line = ''] = linesOf({ event: aStoredEvent({ body: Buffer.from(body), headers }, more) });
  return line;
}

/** The text as a bus writes it that parses each event: the most that it may change. */
export const rewritten = (line: string): string => JSON.stringify(JSON.parse(line));

/** A message of a queue, as Lambda gives it to a function. */
export const aQueueMessage = (body: string, messageId = 'm1') => ({
  messageId,
  receiptHandle: 'r1',
  body,
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1772366400000', SenderId: 'AIDA' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
  eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:orders',
  awsRegion: 'eu-central-1',
});

/** A notification as a topic sends it to a queue or a URL. */
export const aNotification = (Message: string): string =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: 'n1',
    TopicArn: 'arn:aws:sns:eu-central-1:123456789012:t',
    Message,
  });

/** A notification as Lambda gives it to a function. */
export const aTopicEvent = (Message: string) => ({
  Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: JSON.parse(aNotification(Message)) }],
});

/** Each form in which a consumer may get an event. */
export const envelopes: Record<string, (line: string) => unknown> = {
  'an event of the bus': (line) => JSON.parse(line),
  'a message of SQS': (line) => aQueueMessage(line),
  'a batch of one message': (line) => ({ Records: [aQueueMessage(line)] }),
  'a message that the SDK received': (line) => ({ MessageId: 'm1', ReceiptHandle: 'r1', Body: line }),
  'a notification of SNS': aTopicEvent,
  'a notification of SNS in a message of SQS': (line) => aQueueMessage(aNotification(line)),
};
