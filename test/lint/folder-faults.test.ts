/** Checks what the order of folders allows, with one import of each kind. */
import { describe, expect, test } from '@jest/globals';
import { awsFaults, folderFault } from './folder-faults.ts';
import { importsIn } from './imports.ts';

const faultOf = (from: string, specifier: string) =>
  importsIn(from, `import { thing } from '${specifier}';`).map(folderFault)[0];

test('an import is found in each form', () => {
  const text =
    "import a from './a.ts';\nexport { b } from '../b.ts';\nimport type { C } from 'c';\nawait import('./d.ts');\nimport './e.css';";
  expect(importsIn('clients/cli/x.ts', text).map(({ to }) => to)).toEqual([
    'clients/cli/a.ts',
    'clients/b.ts',
    'c',
    'clients/cli/d.ts',
    'clients/cli/e.css',
  ]);
});

test('an AWS client is found behind other imports, but not behind types', () => {
  const texts = {
    'clients/console/a.ts':
      "import { b } from '../../shared/ground/base/b.ts';\nimport type { C } from '../../shared/ground/base/c.ts';",
    'shared/ground/base/b.ts': "import { d } from './d.ts';",
    'shared/ground/base/c.ts': "import { client } from '@aws-sdk/client-s3';",
    'shared/ground/base/d.ts': "export { client } from '@smithy/node-http-handler';",
    'clients/cli/e.ts': "import { d } from '../../shared/ground/base/d.ts';",
  };
  const imports = Object.entries(texts).flatMap(([file, text]) => importsIn(file, text));
  expect(awsFaults(imports).map(({ from, to }) => [from, to])).toEqual([
    ['clients/console/a.ts', 'shared/ground/base/b.ts'],
  ]);
});

describe('is refused:', () => {
  test.each([
    ['shared/ground/base/x.ts', '../../endpoints/endpoint/y.ts', 'does not stand before ground/base'],
    ['shared/endpoints/endpoint/x.ts', '../../../functions/y.ts', 'no other folder'],
    ['shared/endpoints/signature/x.ts', '@aws-sdk/client-s3', 'No AWS client'],
    ['shared/new-folder/x.ts', '../ground/base/y.ts', 'not in the order'],
    ['shared/endpoints/endpoint/x.ts', '../../new-folder/y.ts', 'does not stand before endpoint'],
    ['functions/relay.ts', '../shared/operators/api/y.ts', 'shared/operators/operation'],
    ['functions/api-events.ts', '../infra/y.ts', 'one way'],
    ['infra/x.ts', '../local/y.ts', 'never the other way'],
    ['local/x.ts', '../infra/y.ts', 'template alone'],
    ['clients/cli/commands/x.ts', '@aws-sdk/client-s3', 'no AWS credentials'],
    ['clients/cli/recovery/x.ts', '../../../infra/y.ts', 'no other folder'],
    ['clients/console/a/x.ts', '../../cli/y.ts', 'client of the API'],
    ['clients/mcp/x.ts', 'zod/mini', 'zod itself'],
    ['clients/consumer/x.ts', '../testing/y.ts', 'only shared'],
    ['clients/testing/x.ts', '../consumer/y.ts', 'only shared'],
    ['examples/lambda/x.ts', '../../shared/ground/base/y.ts', 'copied out'],
    ['tools/ops/x.ts', '../../infra/y.ts', 'imports nothing'],
  ])('%s imports %s', (from, specifier, why) => {
    expect(faultOf(from, specifier)).toContain(why);
  });
});

describe('is allowed:', () => {
  test.each([
    ['shared/endpoints/endpoint/x.ts', '../../ground/base/y.ts'],
    ['shared/endpoints/endpoint/x.ts', './y.ts'],
    ['shared/endpoints/endpoint/x.ts', '@aws-sdk/client-dynamodb'],
    ['functions/api-events.ts', '../shared/operators/api/y.ts'],
    ['clients/cli/recovery/x.ts', '@aws-sdk/client-s3'],
    ['examples/lambda/x.ts', './y.ts'],
    ['test/x.ts', '../infra/y.ts'],
  ])('%s imports %s', (from, specifier) => {
    expect(faultOf(from, specifier)).toBeUndefined();
  });
});
