/** Finds the streams that a deployment would make a function read again. CloudFormation replaces a mapping without a question. */
import { isDeepStrictEqual } from 'node:util';
import { type Resource, type Resources, referenceIn } from './lost-resources.ts';

/** A mapping that would be replaced by one that begins with the first record of the same stream. */
export interface RereadStream {
  /** The logical id of the mapping that is deployed. */
  id: string;
  /** What would happen, for people. */
  sentence: string;
}

const mappingType = 'AWS::Lambda::EventSourceMapping';

const propertyOf = (resource: Resource | undefined, name: string): unknown => resource?.Properties?.[name];

const isFromTheFirst = (resource: Resource | undefined): boolean =>
  resource?.Type === mappingType && propertyOf(resource, 'StartingPosition') === 'TRIM_HORIZON';

const hasSameStream = (one: Resource | undefined, other: Resource | undefined): boolean =>
  isDeepStrictEqual(propertyOf(one, 'EventSourceArn'), propertyOf(other, 'EventSourceArn'));

/** Whether CloudFormation keeps the mapping, so that it goes on with its next record. Its stream and its beginning are immutable. */
const isKept = (id: string, deployed: Resources, next: Resources): boolean =>
  isFromTheFirst(deployed[id]) && isFromTheFirst(next[id]) && hasSameStream(deployed[id], next[id]);

/**
 * A mapping that moves to another logical id is replaced too: that is what the rename of a function looks like.
 * @param deployed the resources of the template that is deployed
 * @param next the resources of the template that would be deployed
 */
export function rereadStreams(deployed: Resources, next: Resources): RereadStream[] {
  const added = Object.entries(next).filter(([id, each]) => isFromTheFirst(each) && !isKept(id, deployed, next));
  return Object.entries(deployed).flatMap(([id, mapping]) => {
    if (!isFromTheFirst(mapping) || isKept(id, deployed, next)) return [];
    const readers = added.filter(([, each]) => hasSameStream(each, mapping)).map(([reader]) => reader);
    if (readers.length === 0) return [];
    const source = propertyOf(mapping, 'EventSourceArn');
    const stream = referenceIn(source) ?? String(source);
    const sentence = `It would be replaced by ${readers.join(' or ')}, which reads the stream of ${stream} from its first record. All that the stream still has is handled a second time: a table's changes of the last 24 hours may be published and counted twice.`;
    return [{ id, sentence }];
  });
}
