/** `npm run file-schema`: writes the JSON Schema of a file of `hooklatch apply`, with which an editor completes and checks it. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { manifestJsonSchema } from '../../shared/operators/manifest/manifest-json-schema.ts';

const file = fileURLToPath(new URL('../../docs/hooklatch.schema.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(manifestJsonSchema(), null, 2)}\n`);
