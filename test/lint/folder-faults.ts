/** What imports of the project break the order of its folders. */
import {
  awsClients,
  type FolderRule,
  folderRules,
  pureFolders,
  sharedOrder,
  withoutAwsClients,
} from './folder-order.ts';
import type { Import } from './imports.ts';

const sharedFolder = (file: string): number => sharedOrder.findIndex((folder) => file.startsWith(`shared/${folder}/`));

function sharedFault({ from, to, isPackage }: Import): string | undefined {
  const own = sharedFolder(from);
  const name = sharedOrder[own];
  if (!name) return 'Its folder is not in the order of folders.';
  if (isPackage) return pureFolders.includes(name) && awsClients.test(to) ? `No AWS client is in ${name}.` : undefined;
  if (!to.startsWith('shared/')) return 'shared/ imports no other folder of the project.';
  const wanted = sharedFolder(to);
  return wanted === -1 || wanted > own ? `In the order of folders, it does not stand before ${name}.` : undefined;
}

function ruleFault({ imports, noPackages, because }: FolderRule, { to, isPackage }: Import): string | undefined {
  const isAllowed = isPackage ? !noPackages?.test(to) : imports.test(to);
  return isAllowed ? undefined : because;
}

/** @returns why an import is not allowed, or undefined */
export function folderFault(found: Import): string | undefined {
  if (found.from.startsWith('shared/')) return sharedFault(found);
  const rule = folderRules.find(({ folder }) => folder.test(found.from));
  return rule && ruleFault(rule, found);
}

/** @returns each import of an AWS client, or of a file that leads to one, in a file that must lead to none */
export function awsFaults(imports: readonly Import[]): Import[] {
  const atRunTime = imports.filter(({ isType }) => !isType);
  const leading = new Set(atRunTime.map(({ to }) => to).filter((name) => awsClients.test(name)));
  for (let size = -1; size < leading.size; ) {
    size = leading.size;
    for (const { from, to } of atRunTime) if (leading.has(to)) leading.add(from);
  }
  return atRunTime.filter(({ from, to }) => withoutAwsClients.test(from) && leading.has(to));
}
