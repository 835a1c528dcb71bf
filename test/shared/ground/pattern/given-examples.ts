/**
 * The examples that AWS publishes for each comparison: the table of operators in the user guide of EventBridge, and the README of
 * aws/event-ruler, which is the matcher of EventBridge. The guide shows patterns and says what they match, so the events are ours.
 */

export type Example = [comparison: string, pattern: object, matching: object[], others: object[]];

export const guide: Example[] = [
  [
    'And',
    { Location: ['New York'], Day: ['Monday'] },
    [{ Location: 'New York', Day: 'Monday' }],
    [{ Location: 'New York', Day: 'Tuesday' }, { Location: 'Boston', Day: 'Monday' }, { Location: 'New York' }],
  ],
  [
    'Anything-but',
    { state: [{ 'anything-but': 'initializing' }] },
    [{ state: 'running' }, { state: 'INITIALIZING' }, { state: 5 }],
    [{ state: 'initializing' }, {}],
  ],
  [
    'Anything-but, a list of texts',
    { state: [{ 'anything-but': ['stopped', 'overloaded'] }] },
    [{ state: 'running' }],
    [{ state: 'stopped' }, { state: 'overloaded' }],
  ],
  [
    'Anything-but, a list of numbers',
    { 'x-limit': [{ 'anything-but': [100, 200, 300] }] },
    [{ 'x-limit': 301.8 }, { 'x-limit': '100' }],
    [{ 'x-limit': 100 }, { 'x-limit': 3e2 }],
  ],
  [
    'Anything-but (begins with)',
    { Region: [{ 'anything-but': { prefix: 'us-' } }] },
    [{ Region: 'eu-central-1' }],
    [{ Region: 'us-east-1' }],
  ],
  [
    'Anything-but (begins with), a list',
    { state: [{ 'anything-but': { prefix: ['init', 'error'] } }] },
    [{ state: 'running' }],
    [{ state: 'initializing' }, { state: 'error' }],
  ],
  [
    'Anything-but (ends with)',
    { FileName: [{ 'anything-but': { suffix: '.png' } }] },
    [{ FileName: 'a.jpg' }],
    [{ FileName: 'a.png' }],
  ],
  [
    'Anything-but (ends with), a list',
    { FileName: [{ 'anything-but': { suffix: ['.png', '.jpg'] } }] },
    [{ FileName: 'a.gif' }],
    [{ FileName: 'a.png' }, { FileName: 'a.jpg' }],
  ],
  [
    'Anything-but (ignore case)',
    { state: [{ 'anything-but': { 'equals-ignore-case': 'initializing' } }] },
    [{ state: 'running' }],
    [{ state: 'initializing' }, { state: 'INITIALIZING' }],
  ],
  [
    'Anything-but (ignore case), a list',
    { state: [{ 'anything-but': { 'equals-ignore-case': ['initializing', 'stopped'] } }] },
    [{ state: 'running' }],
    [{ state: 'Stopped' }],
  ],
  [
    'Anything-but using a wildcard',
    { FilePath: [{ 'anything-but': { wildcard: '*/lib/*' } }] },
    [{ FilePath: 'dir/bin/a' }],
    [{ FilePath: 'dir/lib/a' }],
  ],
  [
    'Anything-but using a wildcard, a list',
    { FilePath: [{ 'anything-but': { wildcard: ['*/lib/*', '*/bin/*'] } }] },
    [{ FilePath: 'dir/src/a' }],
    [{ FilePath: 'dir/lib/a' }, { FilePath: 'dir/bin/a' }],
  ],
  [
    'Begins with',
    { Region: [{ prefix: 'us-' }] },
    [{ Region: 'us-east-1' }],
    [{ Region: 'eu-us-1' }, { Region: 'US-1' }],
  ],
  [
    'Begins with (ignore case)',
    { service: [{ prefix: { 'equals-ignore-case': 'eventb' } }] },
    [{ service: 'EventBridge' }, { service: 'EVENTB' }],
    [{ service: 'event' }],
  ],
  ['Empty', { LastName: [''] }, [{ LastName: '' }], [{ LastName: ' ' }, { LastName: null }, {}]],
  ['Equals', { Name: ['Alice'] }, [{ Name: 'Alice' }], [{ Name: 'alice' }, { Name: 'Alice ' }]],
  [
    'Equals (ignore case)',
    { Name: [{ 'equals-ignore-case': 'alice' }] },
    [{ Name: 'Alice' }, { Name: 'ALICE' }],
    [{ Name: 'Alicia' }],
  ],
  ['Ends with', { FileName: [{ suffix: '.png' }] }, [{ FileName: 'a.png' }], [{ FileName: 'a.png.gz' }]],
  [
    'Ends with (ignore case)',
    { service: [{ suffix: { 'equals-ignore-case': 'tbridge' } }] },
    [{ service: 'EventBridge' }, { service: 'TBRIDGE' }],
    [{ service: 'bridges' }],
  ],
  [
    'Exists',
    { ProductName: [{ exists: true }] },
    [{ ProductName: 'x' }, { ProductName: null }],
    [{}, { Product: 'x' }],
  ],
  ['Does not exist', { ProductName: [{ exists: false }] }, [{}, { Product: 'x' }], [{ ProductName: 'x' }]],
  ['Not', { Weather: [{ 'anything-but': ['Raining'] }] }, [{ Weather: 'Sunny' }], [{ Weather: 'Raining' }]],
  ['Null', { UserID: [null] }, [{ UserID: null }], [{ UserID: '' }, { UserID: 'null' }, {}]],
  [
    'Numeric (equals)',
    { Price: [{ numeric: ['=', 100] }] },
    [{ Price: 100 }, { Price: 1e2 }],
    [{ Price: '100' }, { Price: 101 }],
  ],
  [
    'Numeric (range)',
    { Price: [{ numeric: ['>', 10, '<=', 20] }] },
    [{ Price: 10.01 }, { Price: 20 }],
    [{ Price: 10 }, { Price: 20.01 }],
  ],
  [
    'Or',
    { PaymentType: ['Credit', 'Debit'] },
    [{ PaymentType: 'Credit' }, { PaymentType: 'Debit' }],
    [{ PaymentType: 'Cash' }],
  ],
  [
    'Or (multiple fields)',
    { $or: [{ Location: ['New York'] }, { Day: ['Monday'] }] },
    [{ Location: 'New York' }, { Day: 'Monday', Location: 'Boston' }],
    [{ Location: 'Boston', Day: 'Tuesday' }, {}],
  ],
  [
    'Or (multiple fields, other comparisons)',
    { detail: { $or: [{ 'c-count': [{ numeric: ['>', 0, '<=', 5] }] }, { 'd-count': [{ numeric: ['<', 10] }] }] } },
    [{ detail: { 'c-count': 5 } }, { detail: { 'd-count': 3, 'c-count': 9 } }],
    [{ detail: { 'c-count': 9, 'd-count': 10 } }],
  ],
  [
    'Wildcard',
    { FileName: [{ wildcard: 'dir/*.png' }] },
    [{ FileName: 'dir/a.png' }, { FileName: 'dir/b/a.png' }],
    [{ FileName: 'dir/a.jpg' }, { FileName: 'other/dir/a.png' }],
  ],
  [
    'IP address',
    { 'source-ip': [{ cidr: '10.0.0.0/24' }] },
    [{ 'source-ip': '10.0.0.33' }],
    [{ 'source-ip': '10.0.1.0' }, { 'source-ip': 'unknown' }],
  ],
];

/** The event at the beginning of the README. */
const instance = {
  version: '0',
  id: 'ddddd4-aaaa-7777-4444-345dd43cc333',
  'detail-type': 'EC2 Instance State-change Notification',
  source: 'aws.ec2',
  account: '012345679012',
  time: '2017-10-02T16:24:49Z',
  region: 'us-east-1',
  resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
  detail: {
    'c-count': 5,
    'd-count': 3,
    'x-limit': 301.8,
    'source-ip': '10.0.0.33',
    'instance-id': 'i-000000aaaaaa00000',
    state: 'running',
  },
};

/** The same event with another detail. */
const but = (detail: object): object => ({ ...instance, detail: { ...instance.detail, ...detail } });

export const readme: Example[] = [
  [
    'simple',
    {
      'detail-type': ['EC2 Instance State-change Notification'],
      resources: ['arn:aws:ec2:us-east-1:123456789012:instance/i-000000aaaaaa00000'],
      detail: { state: ['initializing', 'running'] },
    },
    [instance, but({ state: 'initializing' })],
    [but({ state: 'stopped' }), { ...instance, resources: [] }],
  ],
  ['prefix', { time: [{ prefix: '2017-10-02' }] }, [instance], [{ ...instance, time: '2017-10-03T00:00:00Z' }]],
  [
    'prefix equals-ignore-case',
    { source: [{ prefix: { 'equals-ignore-case': 'EC2' } }] },
    [{ source: 'ec2.aws' }],
    [{ source: 'aws.ec2' }],
  ],
  ['suffix', { source: [{ suffix: 'ec2' }] }, [instance], [{ source: 'aws.EC2' }]],
  [
    'suffix equals-ignore-case',
    { source: [{ suffix: { 'equals-ignore-case': 'EC2' } }] },
    [instance],
    [{ source: 'aws.ec' }],
  ],
  ['equals-ignore-case', { source: [{ 'equals-ignore-case': 'EC2' }] }, [{ source: 'ec2' }], [instance]],
  [
    'wildcard',
    { source: [{ wildcard: 'Simple*Service' }] },
    [{ source: 'SimpleService' }, { source: 'Simple Queue Service' }],
    [{ source: 'Simple Queue' }, { source: 'A Simple Service' }],
  ],
  [
    'anything-but',
    { detail: { state: [{ 'anything-but': 'initializing' }] } },
    [instance],
    [but({ state: 'initializing' })],
  ],
  [
    'anything-but, a number',
    { detail: { 'x-limit': [{ 'anything-but': 123 }] } },
    [instance],
    [but({ 'x-limit': 123.0 })],
  ],
  [
    'anything-but suffix',
    { detail: { 'instance-id': [{ 'anything-but': { suffix: '1234' } }] } },
    [instance],
    [but({ 'instance-id': 'i-1234' })],
  ],
  [
    'anything-but wildcard',
    { detail: { state: [{ 'anything-but': { wildcard: ['*/bin/*.jar', '*/bin/*.class'] } }] } },
    [instance],
    [but({ state: 'a/bin/b.jar' }), but({ state: 'a/bin/b.class' })],
  ],
  [
    'numeric',
    {
      detail: {
        'c-count': [{ numeric: ['>', 0, '<=', 5] }],
        'd-count': [{ numeric: ['<', 10] }],
        'x-limit': [{ numeric: ['=', 3.018e2] }],
      },
    },
    [instance],
    [but({ 'c-count': 0 }), but({ 'd-count': 10 }), but({ 'x-limit': '301.8' })],
  ],
  [
    'exists false is about leaves only',
    { detail: { 'c-count': [{ exists: false }] } },
    [but({ 'c-count': { c1: 100 } }), { detail: { state: 'running' } }],
    [instance],
  ],
  [
    'the complex example',
    {
      time: [{ prefix: '2017-10-02' }],
      detail: {
        state: [{ 'anything-but': 'initializing' }],
        'c-count': [{ numeric: ['>', 0, '<=', 5] }],
        'd-count': [{ numeric: ['<', 10] }],
        'x-limit': [{ 'anything-but': [100, 200, 300] }],
        'source-ip': [{ cidr: '10.0.0.0/8' }],
      },
    },
    [instance],
    [but({ 'x-limit': 200 }), but({ 'source-ip': '11.0.0.33' })],
  ],
  [
    '$or',
    {
      source: ['aws.cloudwatch'],
      $or: [{ metricName: ['CPUUtilization', 'ReadLatency'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
    },
    [
      { source: 'aws.cloudwatch', metricName: 'ReadLatency' },
      { source: 'aws.cloudwatch', namespace: 'AWS/ES' },
    ],
    [{ source: 'aws.cloudwatch' }, { metricName: 'ReadLatency' }],
  ],
  [
    'two $or side by side',
    {
      $or: [{ metricName: ['CPUUtilization', 'ReadLatency'] }, { namespace: ['AWS/EC2', 'AWS/ES'] }],
      detail: { $or: [{ source: ['aws.cloudwatch'] }, { 'detail-type': ['CloudWatch Alarm State Change'] }] },
    },
    [{ namespace: 'AWS/EC2', detail: { source: 'aws.cloudwatch' } }],
    [{ namespace: 'AWS/EC2', source: 'aws.cloudwatch' }, { detail: { source: 'aws.cloudwatch' } }],
  ],
  [
    '$or with an "and" and another $or inside',
    {
      source: ['aws.cloudwatch'],
      $or: [
        { metricName: ['CPUUtilization', 'ReadLatency'] },
        {
          metricType: ['MetricType'],
          namespace: ['AWS/EC2', 'AWS/ES'],
          $or: [{ metricId: [1234] }, { spaceId: [1000] }],
        },
        { scope: ['Service'] },
      ],
    },
    [
      { source: 'aws.cloudwatch', scope: 'Service' },
      { source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/EC2', spaceId: 1000 },
    ],
    [{ source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/EC2' }],
  ],
  [
    '$or as the name of a field',
    { source: ['aws.cloudwatch'], $or: { metricType: ['MetricType'], namespace: ['AWS/EC2', 'AWS/ES'] } },
    [{ source: 'aws.cloudwatch', $or: { metricType: 'MetricType', namespace: 'AWS/ES' } }],
    [{ source: 'aws.cloudwatch', metricType: 'MetricType', namespace: 'AWS/ES' }],
  ],
  [
    '$or as the name of a field, with one comparison',
    { $or: [{ cidr: '10.0.0.0/24' }] },
    [{ $or: '10.0.0.1' }],
    [{ $or: '10.0.1.1' }, {}],
  ],
  [
    '$or as the name of a field, with several comparisons',
    { detail: { $or: [{ numeric: ['>', 0, '<=', 5] }, { cidr: '10.0.0.0/8' }] } },
    [{ detail: { $or: 5 } }, { detail: { $or: '10.9.9.9' } }],
    [{ detail: { $or: 6 } }],
  ],
  [
    'arrays of objects: all conditions hold for the same element',
    { employees: { firstName: ['Anna'], ids: ['12'] } },
    [{ employees: [{ firstName: 'Anna', ids: ['11', '12'] }] }],
    [
      {
        employees: [
          { firstName: 'Anna', ids: ['11'] },
          { firstName: 'John', ids: ['12'] },
        ],
      },
    ],
  ],
];
