import { claimName, requireDistinct } from '../../lib/core/physical-names';
import { PropCheck } from '../../lib/props/prop-check';
import type { ServerlessApp } from '../../lib/app/serverless-app';

const newApp = (): ServerlessApp => ({}) as ServerlessApp;
const at = (path: string): PropCheck => new PropCheck('Test/App', path);

describe('a physical name given by the user', () => {
  test('is accepted if nothing of its kind in the app has it', () => {
    const app = newApp();
    claimName(app, 'functionName', 'orders', at('functions.A'));

    expect(() => {
      claimName(app, 'functionName', 'order', at('functions.B'));
      claimName(app, 'tableName', 'orders', at('tables.Orders'));
      claimName(newApp(), 'functionName', 'orders', at('functions.C'));
    }).not.toThrow();
  });

  test('fails if it is used twice', () => {
    const app = newApp();
    claimName(app, 'functionName', 'orders', at('functions.A'));
    claimName(app, 'functionName', 'other', at('functions.B'));

    expect(() => {
      claimName(app, 'functionName', 'orders', at('functions.C'));
    }).toThrow(
      'Test/App: `functions.C.functionName` must be unique; `functions.A` has the same name, got "orders": choose another name, or leave it out: AWS then chooses one',
    );
  });

  test('may be left out any number of times', () => {
    const app = newApp();

    expect(() => {
      claimName(app, 'bucketName', undefined, at('buckets.A'));
      claimName(app, 'bucketName', undefined, at('buckets.B'));
    }).not.toThrow();
  });
});

test.each([[[]], [['a']], [['a', 'b']]])('the list %j has no duplicates', (arns) => {
  expect(() => {
    requireDistinct('layers', arns, at('functions.A'));
  }).not.toThrow();
});

test.each([
  [['a', 'a'], 'layers[1]', 'a'],
  [['a', 'b', 'c', 'b', 'a'], 'layers[3]', 'b'],
])('fails for the list %j', (arns, prop, twice) => {
  expect(() => {
    requireDistinct('layers', arns, at('functions.A'));
  }).toThrow(
    `Test/App: \`functions.A.${prop}\` must differ from the values before it, got ${twice} twice: leave it out`,
  );
});
