import * as esbuild from 'esbuild';
import { formatPortability, portabilityOf } from '../../bin/portability/portability';
import { sourceFacts } from '../../bin/portability/source-facts';
import type { FunctionModel } from '../../lib/model/app-model';
import { tempFolder } from '../support/synth';
import { cliSchema } from './support/fake-world';
import { deployedModel, functionModel, NIGHTLY, route } from './support/models';

const FILES = {
  'web.ts':
    "import { text } from './lib/text'; import type { X } from '@aws-sdk/types'; export default { fetch: () => new Response(text) };",
  'lib/text.ts': "export const text = 'x';",
  'lambda.ts': "import { save } from './lib/save'; export const handler = async () => save();",
  'lib/save.ts':
    "import { DynamoDBClient } from '@aws-sdk/client-dynamodb'; export const save = () => new DynamoDBClient();",
  'both.ts':
    "export const handler = async () => 1; export default { fetch: () => new Response('x') };",
  'broken.ts': 'const x: = 1',
};
const root = tempFolder(FILES);
const of = (entry: string, fn: FunctionModel = functionModel('F')): FunctionModel => ({
  ...fn,
  entry,
});

const facts = (fn: FunctionModel): ReturnType<typeof sourceFacts> => sourceFacts(fn, root, esbuild);

test('sources with `fetch` and without packages for AWS are found, types do not count', async () => {
  expect(await facts(of('web.ts'))).toEqual({ style: 'fetch', imports: new Map() });
});

test('the packages for AWS are found in imported files', async () => {
  expect(await facts(of('lambda.ts'))).toEqual({
    style: 'handler',
    imports: new Map([['@aws-sdk/client-dynamodb', 'lib/save.ts']]),
  });
});

test('a module with both runs its handler', async () => {
  expect(await facts(of('both.ts'))).toMatchObject({ style: 'handler' });
});

test.each(['broken.ts', 'none.ts'])('nothing is known of %s', async (entry) => {
  expect(await facts(of(entry))).toBeUndefined();
});

test('an app is described function by function', async () => {
  const open = functionModel('Web', route('GET /'));
  const trigger = open.triggers[0];
  const opened = {
    ...open,
    triggers: [
      { ...trigger, details: { ...trigger?.details, authorization: 'NONE', apiKey: undefined } },
    ],
  } as FunctionModel;
  const model = deployedModel([
    of('web.ts', opened),
    {
      ...of('lambda.ts', functionModel('Nightly', NIGHTLY)),
      access: [{ kind: 'table', path: 'Shop/Orders/Notes', level: 'read' }],
    },
  ]);
  const found = portabilityOf(
    model,
    new Map(
      await Promise.all(model.functions.map(async (fn) => [fn.path, await facts(fn)] as const)),
    ),
  );

  expect(
    found.functions.map(({ id, portable, ties }) => [id, portable, ties.map(({ kind }) => kind)]),
  ).toEqual([
    ['Web', true, []],
    ['Nightly', false, ['trigger', 'handler', 'import', 'access']],
  ]);
  expect(formatPortability(found)).toContain(
    '1 of 2 functions not bound to AWS\n  Web: nothing binds it to AWS\n    + runs anywhere: GET /\n',
  );
  expect(formatPortability(found)).toContain(
    '    - import: @aws-sdk/client-dynamodb in lib/save.ts\n    - access: reads Notes\n',
  );
  const validate = cliSchema('portability');
  expect([validate(JSON.parse(JSON.stringify([found]))), validate.errors]).toEqual([true, null]);
});

test('a route whose callers AWS checks is bound, although requests are not', async () => {
  const fn = functionModel('Web', route('GET /'));
  const [trigger] = fn.triggers;
  const signed = {
    ...fn,
    triggers: [{ ...trigger, details: { ...trigger?.details, authorization: 'JWT' } }],
  } as FunctionModel;
  const { functions } = portabilityOf(
    deployedModel([signed]),
    new Map([[fn.path, await facts(of('web.ts'))]]),
  );

  expect(functions[0]?.ties).toEqual([
    { kind: 'caller', what: 'AWS checks the callers of GET / (JWT)' },
  ]);
});
