/** What the pages of a connection and of a destination say of a file that manages it: only of the fields that it has. */
import type { FileManager } from '../../../shared/endpoints/endpoint/managed-by.ts';
import {
  connectionFieldsOfFile,
  destinationFieldsOfFile,
  type FieldOfFile,
} from '../../../shared/operators/manifest/fields-of-file.ts';

const fieldNames: Record<FieldOfFile, string> = {
  description: 'description',
  settings: 'settings',
  status: 'status',
  routes: 'routes',
  url: 'URL',
  headers: 'headers',
  auth: 'credentials',
};

export function managedByFileText(kind: 'connection' | 'destination', manager: FileManager): string {
  const fields = kind === 'connection' ? connectionFieldsOfFile(manager) : destinationFieldsOfFile(manager);
  const names = fields.map((field) => fieldNames[field]).join(', ');
  return `The file ${manager.name} manages of this ${kind}: ${names}. What you change of that here differs from the file, and its next hooklatch apply may change it back.`;
}
