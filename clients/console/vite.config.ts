/** Builds the console: static files whose names contain a hash of their content, and one page that names them. */
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vite';

/** The pages use the regular and the bold font only. Each of the other six would add 17 KB to the first page. */
const keptFonts: Plugin = {
  name: 'kept-fonts',
  transform(code, id) {
    if (!id.includes('global-styles') || !id.endsWith('.css')) return undefined;
    return code.replace(/@font-face\s*\{[^}]*\}/g, (face) =>
      /font-weight:\s*(400|700)/.test(face) && /font-style:\s*normal/.test(face) ? face : '',
    );
  },
};

const base = '/console/';

/** Names the file of the later pages in `index.html`, so that the console can import it under another URL, too. */
const pagesFile: Plugin = {
  name: 'pages-file',
  transformIndexHtml: {
    order: 'post',
    handler(_, { bundle = {} }) {
      const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
      const [file] = chunks.filter((each) => each.isDynamicEntry);
      if (!file || chunks.length !== 2)
        throw new Error('There must be one file for the first page, and one for all others.');
      return [{ tag: 'meta', attrs: { name: 'pages-file', content: base + file.fileName }, injectTo: 'head' }];
    },
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base,
  plugins: [keptFonts, pagesFile],
  worker: { format: 'es' },
  build: {
    target: 'es2022',
    // Inlined files would need data: in more directives of the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Styles of the later pages in a file of their own could fail by themselves. One file for all is 6 KB larger than what the first page needs.
    cssCodeSplit: false,
    // The components come in large parts, so the usual warning says nothing new.
    chunkSizeWarningLimit: 1_000,
    rolldownOptions: {
      onLog(level, log, handler) {
        // React Server Components need these directives; a page in the browser does not.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handler(level, log);
      },
    },
  },
});
