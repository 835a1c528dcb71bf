/**
 * The fields of an event that a search pattern can name, and what has to be read of the event to know each. They are those of routes,
 * and what operators see of an event besides.
 */
import { namedFields } from "../../ground/pattern/event-field.js";
/**
 * What is read of an event, each after the one before: the row of the index, the item, the body if it is in the bucket, and the notes
 * about its publication.
 */
export const stages = ['row', 'item', 'body', 'publication'];
const stageOfField = new Map([
    ['type', 'row'],
    ['method', 'row'],
    ['contentType', 'row'],
    ['size', 'row'],
    ['deliveryId', 'row'],
    ['provider', 'item'],
    ['verifiedBy', 'item'],
    ['sourceIp', 'item'],
    ['headers', 'item'],
    ['query', 'item'],
    ['path', 'item'],
    ['data', 'body'],
    ['publication', 'publication'],
]);
/** The fields that a search pattern can name. */
export const searchedFields = [...stageOfField.keys()];
/** All that has to be read to know whether an event meets one member of a pattern. */
export const stagesOf = (name, wanted) => namedFields({ [name]: wanted }).map((field) => stageOfField.get(field.name) ?? 'row');
