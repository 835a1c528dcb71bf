/**
 * Compiled code of the modules that Jest loads. Jest compiles each module anew for each file of tests, because each file has a context of
 * its own. Jest's own libraries alone took a tenth of a second for each file. With this cache, a process compiles each module once.
 */
import vm from 'node:vm';

const { compileFunction, Script, SourceTextModule } = vm;

type ImportDynamically = vm.CompileFunctionOptions['importModuleDynamically'];

/** File → its script, which runs in any number of contexts, and how the present file of tests imports from there. */
const scripts = new Map<string, { source: string; script: vm.Script; importNow: ImportDynamically }>();

/** What `vm.compileFunction` does for Jest. A function belongs to one context, but a script doesn't. */
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
  const source = `${head}${text}\n})`;
  const found = scripts.get(filename);
  if (found?.source === source) {
    found.importNow = importModuleDynamically;
    return found.script.runInContext(parsingContext);
  }
  const entry = { source, importNow: importModuleDynamically };
  const importAsNow = (...asked: unknown[]) => (entry.importNow as (...asked: unknown[]) => vm.Module)(...asked);
  const options = { filename, importModuleDynamically: importAsNow, columnOffset: -head.length };
  const script = new Script(source, options as vm.ScriptOptions);
  scripts.set(filename, Object.assign(entry, { script }));
  return script.runInContext(parsingContext);
}

/** Module → its text with the code that V8 made of it. A module belongs to one context. */
const modules = new Map<string, { text: string; cachedData: Buffer }>();

/** V8 itself compares only the length of the text. */
function cachedCode(identifier: string, text: string): { cachedData: Buffer } | undefined {
  const found = modules.get(identifier);
  return found?.text === text ? { cachedData: found.cachedData } : undefined;
}

class CachedModule extends SourceTextModule {
  /** Missing in the types of Node. */
  declare createCachedData: () => Buffer;

  constructor(text: string, options: vm.SourceTextModuleOptions = {}) {
    const { identifier = '' } = options;
    const found = cachedCode(identifier, text);
    super(text, { ...options, ...found });
    // Node can't give the code of a module once it has run.
    if (!found) modules.set(identifier, { text, cachedData: this.createCachedData() });
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
