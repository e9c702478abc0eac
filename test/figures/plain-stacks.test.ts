// The plain stacks that docs/benchmarks.md counts do the same as the examples.
import type { Stack } from 'aws-cdk-lib';
import { LiveBoardStack } from '../../examples/live-board/stack';
import { ShopEventsStack } from '../../examples/shop-events/stack';
import { codeLines } from '../../scripts/figures/code-lines';
import { PlainLiveBoardStack } from '../../scripts/figures/plain-live-board';
import { PlainShopEventsStack } from '../../scripts/figures/plain-shop-events';
import { all, quickCdkApp } from '../support/synth';

const SAME_NUMBER = [
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::CloudFront::Distribution',
  'AWS::DynamoDB::GlobalTable',
  'AWS::Events::Archive',
  'AWS::Lambda::EventSourceMapping',
  'AWS::SNS::Subscription',
  'AWS::StepFunctions::StateMachine',
] as const;

interface Outcome {
  readonly numbers: readonly number[];
  readonly targets: number;
  readonly failureDestinations: number;
  readonly variables: readonly string[];
}

function outcomeOf(stack: Stack): Outcome {
  const properties = (type: string): readonly Readonly<Record<string, unknown>>[] =>
    all(stack, type);
  const functions = properties('AWS::Lambda::Function').filter(
    // `BucketDeployment` has a function of its own, in Python.
    ({ Runtime }) => !String(Runtime).startsWith('python'),
  );
  const configs = properties('AWS::Lambda::EventInvokeConfig');
  return {
    numbers: SAME_NUMBER.map((type) => all(stack, type).length),
    targets: properties('AWS::Events::Rule')
      // The app's own monitoring.
      .filter(({ EventPattern }) => !JSON.stringify(EventPattern).includes('"aws.'))
      .flatMap(({ Targets }) => Targets).length,
    failureDestinations: configs.filter(({ DestinationConfig }) => DestinationConfig !== undefined)
      .length,
    variables: functions
      .map(({ Environment }) => {
        const { Variables = {} } = (Environment ?? {}) as { Variables?: object };
        return Object.keys(Variables)
          .filter((name) => name !== 'AWS_NODEJS_CONNECTION_REUSE_ENABLED')
          .sort()
          .join();
      })
      .sort(),
  };
}

describe.each([
  ['shop-events', ShopEventsStack, PlainShopEventsStack],
  ['live-board', LiveBoardStack, PlainLiveBoardStack],
] as const)('%s in plain CDK', (_, Example, Plain) => {
  test('has the same functions, triggers and failure destinations as the example', () => {
    const plain = outcomeOf(new Plain(quickCdkApp(), 'Plain'));

    const example = outcomeOf(new Example(quickCdkApp(), 'Example'));
    expect(plain).toEqual({
      ...example,
      // The library gives one also to the function without a trigger, which here is only invoked synchronously.
      failureDestinations: example.failureDestinations - 1,
    });
    expect(plain.variables.length).toBeGreaterThan(5);
  });
});

test('imports, comments and empty lines are not lines of infrastructure', () => {
  const source = `import {
  AName,
  AnotherName,
} from 'one';

// a comment
/** another
 * one */
const a = 1; // here
const text = \`1

2
3\`;
`;

  expect(codeLines(source)).toBe(4);
});
