/** A table of events with the key id. Its index by connection and time contains the keys and the type. */
export const eventsTable = {
  TableName: 'events',
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  AttributeDefinitions: [
    { AttributeName: 'id', AttributeType: 'S' },
    { AttributeName: 'connection', AttributeType: 'S' },
    { AttributeName: 'time', AttributeType: 'N' },
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: 'byTime',
      KeySchema: [
        { AttributeName: 'connection', KeyType: 'HASH' },
        { AttributeName: 'time', KeyType: 'RANGE' },
      ],
      Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['type'] },
    },
  ],
  PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
  StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
};

export const eventsArn = 'arn:aws:dynamodb:eu-central-1:123456789012:table/events';

/** An item of this table. */
export function anEvent(id: string, time = 1, type = 'push') {
  return { id: { S: id }, connection: { S: 'github' }, time: { N: String(time) }, type: { S: type } };
}
