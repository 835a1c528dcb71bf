import type { StackResource } from '../../shared/ground/aws/stack-resource.ts';
import type { Runtime } from '../runtime.ts';

/** The tables and buckets of a runtime, as CloudFormation lists those of a stack. */
export const resourcesOf = ({ tables, buckets }: Pick<Runtime, 'tables' | 'buckets'>): StackResource[] =>
  [
    { type: 'AWS::DynamoDB::Table', names: tables },
    { type: 'AWS::S3::Bucket', names: buckets },
  ].flatMap(({ type, names }) => Object.entries(names).map(([logicalId, name]) => ({ type, logicalId, name })));
