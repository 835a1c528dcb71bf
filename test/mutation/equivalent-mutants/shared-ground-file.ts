/** `equivalent-mutant.ts` says what these entries mean. */
import type { EquivalentMutant } from '../equivalent-mutant.ts';

const privateFolder = { file: 'shared/ground/file/private-folder.ts' };
const failsAgain = 'the next attempt to make the folder fails in the same way';
const replaceFile = { file: 'shared/ground/file/replace-file.ts' };
const syncFolder = { file: 'shared/ground/file/sync-folder.ts' };
const flush = 'what a flush saves is lost only if the power fails, which no test can bring about';

export const equivalentMutants: EquivalentMutant[] = [
  {
    ...privateFolder,
    original: "code !== 'ENOENT' || existsSync(dirname(folder))",
    replacement: "code !== 'ENOENT' && existsSync(dirname(folder))",
    reason: failsAgain,
  },
  { ...privateFolder, original: "code !== 'ENOENT'", replacement: 'false', reason: failsAgain },
  { ...replaceFile, original: 'fsyncSync(file);', replacement: ';', reason: flush },
  { ...replaceFile, original: 'syncFolder(dirname(path));', replacement: ';', reason: flush },
  { ...syncFolder, original: '{ fsyncSync(handle); }', replacement: '{}', reason: flush },
  { ...syncFolder, original: 'fsyncSync(handle);', replacement: ';', reason: flush },
];
