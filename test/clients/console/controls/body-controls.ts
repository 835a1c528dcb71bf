/** The body of an event: folded by mouse and keyboard, searched, and as the fields of a form or as an image. */
import { describe, expect, test } from '@jest/globals';
import type { ApiAnswer } from '../../../../shared/operators/api/api-client.ts';
import { type OpenConsole, openConsole } from './given-console.ts';
import { anEvent } from './given-records.ts';

type Event = ApiAnswer<'GET /v1/connections/{name}/events/{id}'>;

const open = (body: string, contentType = 'application/json', more: Partial<Event> = {}) =>
  openConsole('/connections/shop/events/evt_1', {
    'GET /v1/connections/{name}/events/{id}': anEvent('evt_1', {
      body,
      headers: { 'content-type': contentType },
      ...more,
    }),
  });

const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
/** The lines that are shown, without their numbers. */
const lines = () => all('[role=treeitem]').map((row) => row.lastElementChild?.textContent);
const active = () => all('[role=treeitem][aria-current=true]').map((row) => row.lastElementChild?.textContent);
const tree = () => document.querySelector('[role=tree]') as HTMLElement;
const marks = () => all('mark').map((mark) => `${mark.textContent}${mark.className === 'current' ? '!' : ''}`);

const order = '{"id":1,"lines":[{"sku":"A-1"},{"sku":"B-2"}],"paid":true}';
const whole = [
  ...['{', '"id": 1,', '"lines": [', '{', '"sku": "A-1"', '},', '{', '"sku": "B-2"', '}', '],'],
  ...['"paid": true', '}'],
];

/** Presses a key on the tree, and compares where that leads, or what is left. */
async function key(app: OpenConsole, name: string, to: string, left?: readonly string[]) {
  await app.does({ hides: [] }, () => app.user.keyboard(`{${name}}`));
  expect([name, active()]).toEqual([name, [to]]);
  expect([name, lines()]).toEqual([name, left ?? lines()]);
}

describe('a JSON body', () => {
  test('is folded at its lines', async () => {
    const app = await open(order);
    expect(lines()).toEqual(whole);
    await app.press('button', 'Fold line 3', { hides: ['A-1', 'B-2'] });
    expect(lines()).toEqual(['{', '"id": 1,', '"lines": [ … ],', '"paid": true', '}']);
    await app.press('button', 'Unfold line 3', { shows: ['A-1', 'B-2'] });
    expect(lines()).toEqual(whole);
  });

  test('is folded as a whole, but for its first level', async () => {
    const app = await open(order);
    await app.press('button', 'Fold all', { hides: ['A-1', 'B-2'] });
    expect(lines()).toEqual(['{', '"id": 1,', '"lines": [ … ],', '"paid": true', '}']);
    await app.press('button', 'Unfold all', { shows: ['A-1', 'B-2'] });
    expect(lines()).toEqual(whole);
  });

  test('is read and folded with the keyboard alone', async () => {
    const app = await open(order);
    tree().focus();
    await key(app, 'ArrowDown', '"id": 1,');
    await key(app, 'ArrowRight', '"id": 1,');
    await key(app, 'Enter', '"id": 1,');
    await key(app, 'ArrowDown', '"lines": [');
    await key(app, 'ArrowRight', '{');
    await key(app, 'ArrowLeft', '{ … },', [...whole.slice(0, 3), '{ … },', ...whole.slice(6)]);
    await key(app, 'ArrowLeft', '"lines": [');
    await key(app, 'ArrowLeft', '"lines": [ … ],', ['{', '"id": 1,', '"lines": [ … ],', '"paid": true', '}']);
    await key(app, 'ArrowRight', '"lines": [');
    await key(app, 'End', '}');
    await key(app, 'ArrowDown', '}');
    await key(app, 'Home', '{');
    await key(app, 'ArrowUp', '{');
    await key(app, 'PageDown', '}');
    await key(app, 'PageUp', '{');
    await key(app, ' ', '{ … }', ['{ … }']);
    await key(app, 'x', '{ … }', ['{ … }']);
    const row = document.getElementById(tree().getAttribute('aria-activedescendant') ?? '');
    expect([row?.getAttribute('aria-expanded'), row?.getAttribute('aria-level')]).toEqual(['false', '1']);
  });

  test('is searched, and its folds open where something is found', async () => {
    const app = await open(order);
    await app.press('button', 'Fold all', { hides: ['A-1'] });
    await app.does({ shows: ['1 of 2', 'A-1'] }, () => app.enter('Search in the body', 'SKU'));
    expect([marks(), active()]).toEqual([['sku!'], ['"sku": "A-1"']]);
    await app.press('button', 'Next find', { shows: ['2 of 2', 'B-2'] });
    expect([marks(), active()]).toEqual([['sku', 'sku!'], ['"sku": "B-2"']]);
    await app.press('button', 'Next find', { shows: ['1 of 2'] });
    await app.press('button', 'Previous find', { shows: ['2 of 2'] });
    app.field('Search in the body').focus();
    await app.does({ shows: ['1 of 2'] }, () => app.user.keyboard('{Enter}'));
    await app.does({ shows: ['2 of 2'] }, () => app.user.keyboard('{Shift>}{Enter}{/Shift}'));
    await app.does({ shows: ['Not found'] }, () => app.enter('Search in the body', 'sku9'));
    expect(marks()).toEqual([]);
    expect(app.isOffered('button', 'Next find')).toBe(false);
  });

  test('has only those lines in the page that are in view', async () => {
    const app = await open(JSON.stringify(Array.from({ length: 10_000 }, (_, n) => n)));
    expect(lines()).toEqual(['[', ...Array.from({ length: 39 }, (_, n) => `${n},`)]);
    await app.does({ shows: ['5000,'], hides: [] }, async () => {
      tree().scrollTop = 5_000 * 20;
      tree().dispatchEvent(new Event('scroll', { bubbles: true }));
    });
    expect([lines()[0], lines().length]).toEqual(['4989,', 50]);
    await app.does({ shows: ['1 of 1', '9998,'] }, () => app.enter('Search in the body', '9998'));
    expect(lines()).toContain('9998,');
  });

  test('has a long line in part, and says how much is left out', async () => {
    const app = await open(JSON.stringify({ a: `${'x'.repeat(5_000)}needle${'y'.repeat(5_000)}` }));
    expect(lines()[1]).toBe(`"a": "${'x'.repeat(994)}… 9,013 characters …`);
    await app.does({ shows: ['1 of 1', 'xneedley'] }, () => app.enter('Search in the body', 'needle'));
    expect(lines()[1]).toMatch(/^… 4,506 characters …x{500}needley{494}… 4,507 characters …$/);
  });
});

test('records begin folded, and each opens by itself', async () => {
  const long = 'x'.repeat(200);
  const app = await open(`{"a":1,"b":[2]}\n{"a":"${long}","b":3}\n`, 'application/x-ndjson');
  expect(lines()).toEqual(['{"a": 1, "b": [2]}', `{"a": "${long}" …`]);
  await app.press('button', 'Unfold line 7', { shows: ['"b": 3'] });
  expect(lines()).toEqual(['{"a": 1, "b": [2]}', '{', `"a": "${long}",`, '"b": 3', '}']);
});

test('XML is indented, and nothing of it is markup', async () => {
  await open('<a><b onclick="alert(1)">c</b><script>d</script></a>', 'application/xml');
  expect(lines()).toEqual(['<a>', '<b onclick="alert(1)">c</b>', '<script>d</script>', '</a>']);
  expect(document.querySelectorAll('.page script, .page [onclick]')).toHaveLength(0);
});

describe('a form', () => {
  test('has its fields in a table', async () => {
    const app = await open('a=1&b=x%0Ay&b=%E2%80%AEz', 'application/x-www-form-urlencoded');
    expect(app.cells.slice(0, 3)).toEqual([
      ['a', '1'],
      ['b', 'x y'],
      ['b', '⟨U+202E⟩z'],
    ]);
    await app.press('tab', 'Text', { shows: ['a=1&b=x%0Ay'] });
    await app.press('tab', 'Fields', { shows: ['x y'] });
  });

  test('shows the first of many fields, and the begin of a long one', async () => {
    const many = Array.from({ length: 201 }, (_, n) => `f${n}=${n === 0 ? 'x'.repeat(2_001) : n}`).join('&');
    const app = await open(many, 'application/x-www-form-urlencoded');
    expect(app.text).toContain('The first 200 of 201 fields are shown.');
    expect(app.text).toContain(`${'x'.repeat(2_000)} … and 1 more characters`);
  });

  test('in parts has its files', async () => {
    const part = 'content-disposition: form-data; name="a"; filename="b.txt"\r\ncontent-type: text/plain';
    const app = await open(`--x\r\n${part}\r\n\r\nhello\r\n--x--\r\n`, 'multipart/form-data; boundary=x');
    expect(app.cells[0]).toEqual(['a', 'File: b.txt, text/plain, 5 Bhello']);
  });

  test.each([
    ['a=%zz', 'application/x-www-form-urlencoded'],
    ['a=1', 'multipart/form-data; boundary=x'],
  ])('%j that is none as %s is said to be malformed', async (body, contentType) => {
    const app = await open(body, contentType);
    expect(app.notices).toEqual([
      'This is not a form as its content type says it is. “Text” and “Bytes” show what came.',
    ]);
    expect(app.isOffered('tab', 'Text')).toBe(true);
  });
});

describe('an image', () => {
  const png = { body: undefined, bodyBase64: btoa('\x89PNG\r\n\x1a\n') };

  test('is drawn from its bytes, with its own type', async () => {
    const app = await open('', 'text/html', png);
    const [image] = all('.page img') as HTMLImageElement[];
    expect([image?.alt, image?.src]).toEqual(['The body, as an image', 'blob:0']);
    await app.press('tab', 'Bytes', { shows: ['89 50 4e 47'] });
    await app.press('tab', 'Image', { hides: ['89 50 4e 47'] });
  });

  test('that can’t be drawn is said to be so', async () => {
    const app = await open('', 'image/png', png);
    await app.does({ shows: ['The image could not be drawn.'] }, async () => {
      document.querySelector('.page img')?.dispatchEvent(new Event('error'));
    });
  });

  test('of SVG is XML, and never drawn', async () => {
    await open('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'image/svg+xml');
    expect([lines(), all('.page img').length]).toEqual([
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
      0,
    ]);
  });
});
