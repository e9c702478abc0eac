import * as fs from 'node:fs';
import { isPropOfCdk } from '../../lib/props/cdk-props';
import { PROP_SETS } from '../support/prop-sets';

const FUNCTION = 'aws-lambda/lib/function#FunctionOptions';
const ASYNC = 'aws-lambda/lib/event-invoke-config#EventInvokeConfigOptions';

test.each([
  ['memorySize', [FUNCTION], true],
  ['maxEventAge', [FUNCTION], false],
  ['maxEventAge', [FUNCTION, ASYNC], true],
  ['memorysize', [FUNCTION, ASYNC], false],
  ['code', [FUNCTION], false], // of FunctionProps, in the same file
  ['.*', [FUNCTION], false],
  ['', [FUNCTION], false],
  ['memorySize', [], false],
])('whether the CDK declares %p in %j: %p', (name, interfaces, expected) => {
  expect(isPropOfCdk(name, interfaces)).toBe(expected);
});

test.each(['aws-lambda/lib/nowhere#FunctionOptions', 'aws-lambda/lib/function#Nowhere'])(
  'any name passes if the CDK has no %s',
  (id) => {
    expect(isPropOfCdk('memorysize', [id])).toBe(true);
  },
);

const INTERFACES = [...new Set(Object.values(PROP_SETS).flatMap(({ set }) => set.cdk))];

test.each(INTERFACES)('the CDK has %s with the name in the declarations', (id) => {
  const [module = '', name = ''] = id.split('#');
  const file = require
    .resolve('aws-cdk-lib/package.json')
    .replace('package.json', `${module}.d.ts`);

  expect(fs.readFileSync(file, 'utf8')).toMatch(new RegExp(`^export interface ${name}\\b`, 'm'));
  expect(isPropOfCdk('noSuchProp', [id])).toBe(false);
});
