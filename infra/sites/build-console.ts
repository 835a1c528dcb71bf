/** `npm run build:console`: builds the console, and says where it is. `npm start` and `npm run synth` do so too. */
import { buildConsole } from './console-build.ts';

console.log(buildConsole());
