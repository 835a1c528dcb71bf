/** `npm run stage-schema`: writes the JSON Schema of the files in `stages/`, with which an editor completes and checks them. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { stageFileSchema } from '../../infra/deploy-settings/stage-file.ts';

const file = fileURLToPath(new URL('../../stages/schema.json', import.meta.url));
writeFileSync(file, `${JSON.stringify(stageFileSchema(), null, 2)}\n`);
