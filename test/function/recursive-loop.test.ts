import * as lambda from 'aws-cdk-lib/aws-lambda';
import { only, quickApp } from '../support/synth';

test('a function may allow a loop that ends by itself', () => {
  const { app, stack } = quickApp();

  app.addFunction('Retry', { entry: 'ok.ts', recursiveLoop: lambda.RecursiveLoop.ALLOW });

  expect(only(stack, 'AWS::Lambda::Function').RecursiveLoop).toBe('Allow');
});
