/**
 * V8's code cache for the modules that Jest loads. Jest compiles each module anew for each file of tests, because each file has a context of
 * its own. Jest's own libraries alone took a tenth of a second for each file. With this cache, a process compiles each module once.
 */
import vm from 'node:vm';

const { compileFunction, Script, SourceTextModule } = vm;

/** File → its text with the code that V8 made of it. */
const cache = new Map<string, { text: string; cachedData: Buffer }>();

/** The scripts of the present file of tests that are not in the cache yet. */
const fresh = new Map<string, { text: string; script: vm.Script }>();

/** V8 itself compares only the length of the text. */
function cachedCode(file: string, text: string): { cachedData: Buffer } | undefined {
  const found = cache.get(file);
  return found?.text === text ? { cachedData: found.cachedData } : undefined;
}

/**
 * What `vm.compileFunction` does for Jest. A function has code only for its outermost part when it is compiled. A script can also give the
 * code of what ran in it since.
 */
function compileScript(
  text: string,
  parameters: readonly string[],
  {
    filename = '',
    importModuleDynamically,
    parsingContext,
  }: vm.CompileFunctionOptions & { parsingContext: vm.Context },
): ReturnType<typeof compileFunction> {
  const head = `(function (${parameters.join(',')}) {`;
  const found = cachedCode(filename, text);
  const options = { filename, importModuleDynamically, columnOffset: -head.length, ...found };
  const script = new Script(`${head}${text}\n})`, options as vm.ScriptOptions);
  if (!found) fresh.set(filename, { text, script });
  return script.runInContext(parsingContext);
}

class CachedModule extends SourceTextModule {
  /** Missing in the types of Node. */
  declare createCachedData: () => Buffer;

  constructor(text: string, options: vm.SourceTextModuleOptions = {}) {
    const { identifier = '' } = options;
    const found = cachedCode(identifier, text);
    super(text, { ...options, ...found });
    // Node can't give the code of a module once it has run.
    if (!found) cache.set(identifier, { text, cachedData: this.createCachedData() });
  }
}

/** Makes Jest in this process use the cache. */
export function useCodeCache(): void {
  vm.compileFunction = (text, parameters = [], options = {}) => {
    const { parsingContext } = options;
    return parsingContext
      ? compileScript(text, parameters, { ...options, parsingContext })
      : compileFunction(text, parameters, options);
  };
  vm.SourceTextModule = CachedModule;
}

/** Puts the scripts that a file of tests has run into the cache. To call when the file has ended. */
export function cacheScripts(): void {
  for (const [file, { text, script }] of fresh) cache.set(file, { text, cachedData: script.createCachedData() });
  fresh.clear();
}
