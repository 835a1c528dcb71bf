/** Finds exported names that stand for two things. */

const exported = /^export (?:declare )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm;

/** What each file of its kind exports under the same name: a function's dependencies and handler, and the parts of a sender's file. */
const ofEachFile = ['Deps', 'handler'];
const isSender = (file: string) => file.includes('/provider/presets/');

/**
 * The names that several files export, with the files.
 * @param files path → text
 */
export function exportedTwice(files: readonly (readonly [path: string, text: string])[]): Map<string, string[]> {
  const places = new Map<string, string[]>();
  for (const [path, text] of files.filter(([path]) => !isSender(path) && !path.startsWith('examples/')))
    for (const name of new Set([...text.matchAll(exported)].map(([, each = '']) => each)))
      places.set(name, [...(places.get(name) ?? []), path]);
  return new Map([...places].filter(([name, { length }]) => length > 1 && !ofEachFile.includes(name)));
}

/**
 * Why a name must not stand twice. Undefined if it may: constructs have the names of the CDK, the emulator those of AWS, and a tool is
 * imported by nobody. So only `shared`, `functions` and `clients` count.
 */
export function nameFault(name: string, paths: readonly string[]): string | undefined {
  const core = paths.filter((path) => /^(shared|functions|clients)\//.test(path));
  return core.length > 1 ? `${core.join(' and ')} export ${name}. Name what each of them is.` : undefined;
}
