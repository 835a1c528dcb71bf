/** Holds every import against the order of folders, and every exported name against all others. `npm run check` runs it. */
import { exportedTwice, nameFault } from './exported-names.ts';
import { awsFaults, folderFault } from './folder-faults.ts';
import { importsIn, sourceFiles, textOf } from './imports.ts';

const files = sourceFiles().map((file) => [file, textOf(file)] as const);
const imports = files.flatMap(([file, text]) => importsIn(file, text));
const faults = imports.flatMap((found) => {
  const why = folderFault(found);
  return why ? [`${found.from}: imports ${found.to}. ${why}`] : [];
});
for (const { from, to } of awsFaults(imports)) faults.push(`${from}: imports ${to}, which leads to an AWS client.`);
for (const [name, paths] of exportedTwice(files)) {
  const fault = nameFault(name, paths);
  if (fault) faults.push(fault);
}
for (const fault of faults) process.stdout.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;
