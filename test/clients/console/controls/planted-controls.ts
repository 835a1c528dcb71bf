/** The list of controls: what it finds in a source, and what counts as a press. */
import { describe, expect, test } from '@jest/globals';
import { pressedControls, whilePressing } from './control-registry.ts';

const inPage = (jsx: string) => controlsIn(`function Page() { return <div>${jsx}</div>; }`);

describe('the list of controls has', () => {
  test.each([
    ['a button', '<Button onClick={go}>{text.a.b}</Button>', 'Button(text.a.b) onClick'],
    ['a button without a callback', '<Button formAction="submit">{text.a.b}</Button>', 'Button(text.a.b) onClick'],
    ['a link without a callback', '<Link href="/docs">{text.a.b}</Link>', 'Link(text.a.b) onFollow'],
    ['a button of the console’s own', '<CopyButton label={text.a.b} read={go} />', 'CopyButton(text.a.b) read'],
    ['a dialog’s action', '<ConfirmDialog title={text.a.b} confirm={go} />', 'ConfirmDialog(text.a.b) confirm'],
    [
      'a callback in a spread',
      '<VerbButton {...{ record, label: text.a.b, onClick }} />',
      'VerbButton(text.a.b) onClick',
    ],
    ['a callback behind a condition', '<A {...(isOpen && { title: text.a.b, retry: go })} />', 'A() retry'],
    ['a callback in a menu', '<Bar items={[{ text: text.a.b, onItemClick: go }]} />', 'Bar(text.a.b) onItemClick'],
    [
      'a field, by its label',
      '<FormField label={text.a.b}><Input onChange={go} /></FormField>',
      'Input(text.a.b) onChange',
    ],
    [
      'a button inside an attribute',
      '<Header actions={<Button onClick={go}>{text.a.b}</Button>} />',
      'Button(text.a.b) onClick',
    ],
    ['tabs', '<Tabs tabs={views} />', 'Tabs() onChange'],
  ])('%s', (_, jsx, control) => {
    expect(inPage(jsx)).toEqual([`planted.tsx Page ${control}`]);
  });

  test('two of the same name, one after the other', () => {
    const button = '<Button onClick={go}>{text.a.b}</Button>';
    const name = 'planted.tsx Page Button(text.a.b) onClick';
    expect(inPage(button + button)).toEqual([name, `${name} #2`]);
  });

  test('nothing where nothing can be pressed', () => {
    expect(inPage('<Input readOnly value={url} /><Box>{text.a.b}</Box>')).toEqual([]);
  });
});

test('a control counts as pressed only while a press is compared', async () => {
  const unpressed = () => pressedControls().filter(([name, by]) => name.startsWith('planted') && !by);
  const choices = () => [{ id: 'one' }, { id: 'two' }];
  const press = globalThis.__control('planted', () => 'answer', choices) as (event: object) => string;
  expect(press({ detail: { id: 'one' } })).toBe('answer');
  expect(unpressed().map(([name]) => name)).toEqual(['planted = one', 'planted = two']);
  for (const id of ['one', 'two'])
    await whilePressing(async () => {
      press({ detail: { id } });
    });
  expect(unpressed()).toEqual([]);
});
