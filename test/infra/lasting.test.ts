/**
 * The resources that an update must not replace. A new table or bucket would be empty, and a new API would have another
 * URL. A new stream mapping would read the last 24 hours again. If the stage keeps its data, removing the stack must
 * keep them too. Each literal was written by hand from a deployed stack. A change that fails here needs a migration,
 * not another literal.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ofType, only, theOwnApp, theTemplates } from './given-template.ts';

let templates: Awaited<ReturnType<typeof theTemplates>>;
beforeAll(async () => {
  templates = await theTemplates();
});

/** Logical id → type, of each resource that holds data or that others address. */
const lasting = {
  StateTable962DE04C: 'AWS::DynamoDB::Table',
  EventsTable4B7491D3: 'AWS::DynamoDB::Table',
  JournalTableE0A5D4A5: 'AWS::DynamoDB::Table',
  DeliveriesTable439E74BF: 'AWS::DynamoDB::Table',
  BodiesBucket7CDFEDE9: 'AWS::S3::Bucket',
  FailuresBucket3D5A4556: 'AWS::S3::Bucket',
  SecretsBootstrap50C7D3D2: 'AWS::SecretsManager::Secret',
  Bus95A03305: 'AWS::Events::EventBus',
  HttpApi9292168F: 'AWS::ApiGatewayV2::Api',
  relayFunctionStream49AB799A: 'AWS::Lambda::EventSourceMapping',
  counteventsFunctionStream12B1B873: 'AWS::Lambda::EventSourceMapping',
  followstatechangesFunctionStream8D76E4CC: 'AWS::Lambda::EventSourceMapping',
  dispatchFunctionQueue343F89BE: 'AWS::Lambda::EventSourceMapping',
  parkdeliveriesFunctionQueueA93F26EE: 'AWS::Lambda::EventSourceMapping',
  servelanesFunctionQueue71B179C5: 'AWS::Lambda::EventSourceMapping',
};

const hash = (name: string) => ({ AttributeName: name, KeyType: 'HASH' });
const range = (name: string) => ({ AttributeName: name, KeyType: 'RANGE' });

/**
 * Logical id of a table → its key and its indexes. DynamoDB can't change either. It would replace the table or the
 * index.
 */
const tables = {
  StateTable962DE04C: {
    KeySchema: [hash('pk')],
    GlobalSecondaryIndexes: [
      { IndexName: 'list', KeySchema: [hash('kind'), range('name')], Projection: { ProjectionType: 'ALL' } },
    ],
  },
  EventsTable4B7491D3: {
    KeySchema: [hash('id')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byConnection',
        KeySchema: [hash('shard'), range('at')],
        Projection: {
          ProjectionType: 'INCLUDE',
          NonKeyAttributes: [
            'endpointId',
            'receivedAt',
            'type',
            'method',
            'contentType',
            'size',
            'tokenId',
            'deliveryId',
            'conflictsWith',
            'dedupeMissing',
            'held',
            'test',
            'expiresAt',
            'units',
          ],
        },
      },
    ],
  },
  JournalTableE0A5D4A5: { KeySchema: [hash('pk'), range('sk')], GlobalSecondaryIndexes: undefined },
  DeliveriesTable439E74BF: {
    KeySchema: [hash('pk'), range('sk')],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byDestination',
        KeySchema: [hash('destination'), range('at')],
        Projection: { ProjectionType: 'ALL' },
      },
      { IndexName: 'byState', KeySchema: [hash('state'), range('at')], Projection: { ProjectionType: 'ALL' } },
      { IndexName: 'byDue', KeySchema: [hash('dueShard'), range('due')], Projection: { ProjectionType: 'ALL' } },
    ],
  },
};

/** Logical id of a stream mapping → the table whose stream it reads. */
const mappings = {
  relayFunctionStream49AB799A: 'EventsTable4B7491D3',
  counteventsFunctionStream12B1B873: 'EventsTable4B7491D3',
  followstatechangesFunctionStream8D76E4CC: 'StateTable962DE04C',
};

describe.each(['dev', 'prod'] as const)('an update of %s', (stage) => {
  test('keeps the logical ids of all resources that hold data or that others address', () => {
    const types = new Set(Object.values(lasting));
    const found = Object.entries(templates[stage].Resources)
      .filter(([, { Type }]) => types.has(Type))
      .map(([id, { Type }]) => [id, Type]);
    expect(Object.fromEntries(found)).toEqual(lasting);
  });

  test('keeps the key and the indexes of every table', () => {
    const found = ofType(templates[stage], 'AWS::DynamoDB::Table').map(({ id, properties }) => {
      const { KeySchema, GlobalSecondaryIndexes, LocalSecondaryIndexes, TableName } = properties;
      expect({ LocalSecondaryIndexes, TableName }).toEqual({});
      return [id, { KeySchema, GlobalSecondaryIndexes }];
    });
    expect(Object.fromEntries(found)).toEqual(tables);
  });

  test('keeps the explicit names of the secret and the bus, and adds none to the buckets', () => {
    const nameOf = (type: string, property: string) =>
      ofType(templates[stage], type).map(({ properties }) => properties[property]);
    expect(nameOf('AWS::SecretsManager::Secret', 'Name')).toEqual([`hooklatch/${stage}/operator/bootstrap`]);
    expect(nameOf('AWS::Events::EventBus', 'Name')).toEqual([`hooklatch-${stage}`]);
    expect(nameOf('AWS::S3::Bucket', 'BucketName')).toEqual([undefined, undefined]);
    const { properties } = only(ofType(templates[stage], 'AWS::ApiGatewayV2::Api'));
    expect(properties.ProtocolType).toBe('HTTP');
  });

  test('keeps the stream mappings, so that each continues with its next record', () => {
    const found = ofType(templates[stage], 'AWS::Lambda::EventSourceMapping')
      .filter(({ properties }) => properties.StartingPosition)
      .map(({ id, properties }) => [id, [properties.EventSourceArn['Fn::GetAtt'][0], properties.StartingPosition]]);
    const wanted = Object.entries(mappings).map(([id, table]) => [id, [table, 'TRIM_HORIZON']]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(wanted));
  });
});

/**
 * Logical id → what CloudFormation does with the resource when the stack is removed. `RetainExceptOnCreate` also
 * deletes the resource if the first deployment fails. A table can't have that: its deletion protection would block the
 * cleanup.
 */
const kept = {
  DeliveriesTable439E74BF: 'Retain',
  StateTable962DE04C: 'Retain',
  EventsTable4B7491D3: 'Retain',
  JournalTableE0A5D4A5: 'Retain',
  BodiesBucket7CDFEDE9: 'RetainExceptOnCreate',
  BodiesBucketPolicyCBAE75E1: 'RetainExceptOnCreate',
  FailuresBucket3D5A4556: 'RetainExceptOnCreate',
  FailuresBucketPolicyA0085020: 'RetainExceptOnCreate',
  SecretsBootstrap50C7D3D2: 'RetainExceptOnCreate',
};

/** The resources that removing the stack keeps, with their deletion policies. */
const keptOf = (stage: 'dev' | 'prod') =>
  Object.fromEntries(
    Object.entries(templates[stage].Resources)
      .map(([id, resource]) => [id, (resource as { DeletionPolicy?: string }).DeletionPolicy ?? 'Delete'] as const)
      .filter(([, policy]) => policy !== 'Delete'),
  );

test('removing prod keeps its data, the first operator token, and the bucket policies that require TLS', () => {
  expect(keptOf('prod')).toEqual(kept);
});

describe('docs/backup-and-restore.md', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/backup-and-restore.md'), 'utf8');
  /** The block after a mark of the page. */
  const example = (mark: string): string =>
    new RegExp(`<!-- example: ${mark} -->\\s+\`\`\`\\w+\\n(.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';
  const identifiedBy: Record<string, string> = {
    'AWS::DynamoDB::Table': 'TableName',
    'AWS::S3::Bucket': 'BucketName',
    'AWS::S3::BucketPolicy': 'Bucket',
    'AWS::SecretsManager::Secret': 'Id',
  };
  /** Logical id → the property that identifies the resource. */
  const identified = () =>
    Object.fromEntries(Object.keys(kept).map((id) => [id, identifiedBy[templates.prod.Resources[id]?.Type ?? '']]));
  const propertiesIn = (json: string) =>
    Object.fromEntries(Object.entries<object>(JSON.parse(json)).map(([id, by]) => [id, Object.keys(by)[0]]));

  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'hooklatch-restore-'));
    mkdirSync(join(folder, 'cdk.out'));
    writeFileSync(join(folder, 'cdk.out', 'hooklatch-prod.template.json'), JSON.stringify(templates.prod));
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  /** Runs the commands of the page, but not the synthesis. */
  const run = (mark: string): string => {
    const script = example(mark).replace(/^ *npm run synth .*$/m, '');
    return execFileSync('bash', ['-euc', script], { cwd: folder, encoding: 'utf8' });
  };

  test('finds the logical id of every resource that is kept, and the property that identifies it', () => {
    run('write restore.json');
    expect(propertiesIn(readFileSync(join(folder, 'restore.json'), 'utf8'))).toEqual(identified());
  });

  test('finds those of an app of its own, and leaves out what CloudFormation does not import', async () => {
    const { shop } = await theOwnApp('prod');
    const own = join(folder, 'own');
    mkdirSync(join(own, 'cdk.out'), { recursive: true });
    writeFileSync(join(own, 'cdk.out', 'hooklatch-prod.template.json'), JSON.stringify(shop));
    const script = example('write restore.json').replace(/^ *npm run synth .*$/m, '');
    execFileSync('bash', ['-euc', script], { cwd: own });
    const found = Object.entries(propertiesIn(readFileSync(join(own, 'restore.json'), 'utf8')));
    const counts = new Map<string | undefined, number>();
    for (const [, property] of found) counts.set(property, (counts.get(property) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({ TableName: 4, BucketName: 2, Bucket: 2, Id: 1 });
    expect(found.every(([id]) => id.startsWith('Webhooks'))).toBe(true);
  });

  test('shows the file as it is for the stage prod', () => {
    expect(propertiesIn(example('restore'))).toEqual(identified());
  });

  test('finds the logical id of the bus', () => {
    const [bus, ...more] = ofType(templates.prod, 'AWS::Events::EventBus');
    expect(more).toEqual([]);
    expect(run('id of the bus')).toBe(`${bus?.id}\n`);
  });
});

test('the kept bucket policies deny everybody access without TLS', () => {
  const policies = ofType(templates.prod, 'AWS::S3::BucketPolicy');
  for (const { properties } of policies) {
    expect(properties.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
  expect(policies).toHaveLength(2);
});

test('removing dev leaves nothing behind', () => {
  expect(keptOf('dev')).toEqual({});
});

test('prod is protected from removal by mistake, and dev is not', () => {
  const [dev = '', prod = ''] = templates.folders;
  const protectionIn = (folder: string, stage: string) =>
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')).artifacts[`hooklatch-${stage}`].properties
      .terminationProtection;
  expect(protectionIn(prod, 'prod')).toBe(true);
  expect(protectionIn(dev, 'dev') ?? false).toBe(false);
});
