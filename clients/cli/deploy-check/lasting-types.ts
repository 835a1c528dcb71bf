/**
 * The resource types that hold data, have a name that others use, or call people. A stack can have more of these than Hooklatch
 * makes. What is in no such resource, such as a function or a role, can be made anew at any time.
 */

export interface LastingType {
  /** What people lose with the resource, as a sentence that begins with a capital letter and ends without a full stop. */
  loss: string;
  /** The properties whose change makes CloudFormation replace the resource. A test compares them with its registry. */
  immutable: readonly string[];
  /** The property that names the resource, for messages. */
  name?: string;
  /** The property that refers to the resource of which this one is a part. It is not told besides that one. */
  partOf?: string;
  /** Whether CloudFormation does nothing to the resource when it leaves the template, by its properties. */
  isSpared?: (properties: Readonly<Record<string, unknown>>) => boolean;
}

const items = 'All items of this table would be lost';

export const lastingTypes: Readonly<Record<string, LastingType>> = {
  'AWS::ApiGatewayV2::Api': {
    loss: 'A new API has another URL, and every sender that uses the old one would need the new one by hand',
    immutable: ['ProtocolType'],
    name: 'Name',
  },
  'AWS::ApiGatewayV2::ApiMapping': {
    loss: 'The domain would not lead to the API any more',
    immutable: ['DomainName'],
    partOf: 'DomainName',
  },
  'AWS::ApiGatewayV2::DomainName': {
    loss: 'Every sender and operator that uses this domain would get no answer',
    immutable: ['DomainName'],
    name: 'DomainName',
  },
  'AWS::CloudFormation::Stack': { loss: 'Everything in this nested stack would be lost', immutable: [] },
  'AWS::CloudFront::Distribution': {
    loss: 'Every sender and operator that uses this distribution would get no answer',
    immutable: [],
  },
  'AWS::DynamoDB::GlobalTable': {
    loss: items,
    immutable: ['TableName', 'KeySchema', 'LocalSecondaryIndexes'],
    name: 'TableName',
  },
  'AWS::DynamoDB::Table': {
    loss: items,
    immutable: ['TableName', 'KeySchema', 'ImportSourceSpecification'],
    name: 'TableName',
  },
  'AWS::Events::Archive': {
    loss: 'All events of this archive would be lost',
    immutable: ['ArchiveName', 'SourceArn'],
    name: 'ArchiveName',
  },
  'AWS::Events::EventBus': {
    loss: 'Every rule on this bus would get no events any more',
    immutable: ['Name', 'EventSourceName'],
    name: 'Name',
  },
  'AWS::KMS::Key': { loss: 'What this key encrypts could not be read any more', immutable: [] },
  'AWS::S3::Bucket': {
    loss: 'All objects of this bucket would be lost',
    immutable: ['BucketName', 'BucketNamePrefix', 'BucketNamespace', 'ObjectLockEnabled'],
    name: 'BucketName',
  },
  'AWS::SNS::Subscription': {
    loss: 'This receiver would not be notified any more',
    immutable: ['Endpoint', 'Protocol', 'TopicArn'],
    name: 'Endpoint',
    partOf: 'TopicArn',
  },
  'AWS::SNS::Topic': {
    loss: 'The receivers of this topic would not be notified any more',
    immutable: ['TopicName', 'FifoTopic'],
    name: 'TopicName',
  },
  'AWS::SQS::Queue': {
    loss: 'All messages of this queue would be lost',
    immutable: ['QueueName', 'FifoQueue'],
    name: 'QueueName',
  },
  'AWS::SecretsManager::Secret': {
    loss: 'The value of this secret would be lost',
    immutable: ['Name'],
    name: 'Name',
  },
  'Custom::HooklatchConnection': {
    loss: 'The URL of this connection would be closed for ever, and its sender would need another one',
    immutable: ['Name'],
    name: 'Name',
    isSpared: ({ Adopt: adopt }) => adopt === 'true',
  },
  'Custom::HooklatchDestination': {
    loss: 'What waits for this destination would be cancelled, and its receiver would need another signing secret',
    immutable: ['Name'],
    name: 'Name',
    isSpared: ({ Adopt: adopt }) => adopt === 'true',
  },
};
