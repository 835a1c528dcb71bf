/** The list of dialogs that the browser tests go through has every dialog of the console. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { dialogsOf } from './places.ts';

const console = join(import.meta.dirname, '../../clients/console');

/** What the dialogs are made of. Each use of one of these is a dialog. */
const frames = ['Modal', 'ConfirmDialog', 'ChangeDialog', 'JobDialog'];

/** The name of the component around each use of a frame, in the source of a file. A component begins at the start of a line. */
function dialogsIn(source: string): string[] {
  const components = source.split(/^(?=(?:export )?(?:default )?(?:function|const|class) )/m);
  return components.flatMap((component) => {
    const [, name = ''] = /(?:function|const|class) (\w+)/.exec(component) ?? [];
    return Array.from(component.matchAll(new RegExp(`<(?:${frames.join('|')})\\b`, 'g')), () => name);
  });
}

test('each use of a dialog in the code is a dialog that the tests open', () => {
  const sources = globSync('**/*.tsx', { cwd: console }).map((file) => readFileSync(join(console, file), 'utf8'));
  const names = {
    busy: '',
    event: '',
    shaken: '',
    resting: '',
    bare: '',
    operator: '',
    destination: '',
    receiver: '',
    delivery: '',
    ended: '',
  };
  const opened = new Set(dialogsOf(names).map(({ component }) => component));
  // `ConfirmDialog` and `JobDialog` use `Modal`, and `ChangeDialog` uses `ConfirmDialog`.
  const framesInFrames = frames.filter((frame) => frame !== 'Modal');
  expect(sources.flatMap(dialogsIn).sort()).toEqual([...framesInFrames, ...opened].sort());
});
