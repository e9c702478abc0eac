// The tools themselves run in `npm run lint:templates`; here is how their findings are held against the exceptions.
import { EXCEPTIONS } from '../../scripts/lint-templates/exceptions';
import { Exception, Finding, judge } from '../../scripts/lint-templates/finding';

const FINDING: Finding = {
  tool: 'checkov',
  rule: 'CKV_AWS_18',
  template: 'orders-development/Orders.template.json',
  id: 'OrdersUploads',
  type: 'AWS::S3::Bucket',
  message: 'Ensure the S3 bucket has access logging enabled',
};
const EXCEPTION: Exception = {
  tool: 'checkov',
  rule: 'CKV_AWS_18',
  type: /^AWS::S3::Bucket$/,
  reason: 'for the test',
};

test('an exception covers the findings of its rule', () => {
  expect(judge([FINDING], [EXCEPTION])).toEqual({ open: [], stale: [] });
});

test.each<[string, Partial<Exception>]>([
  ['another tool', { tool: 'cfn-lint' }],
  ['another rule', { rule: 'CKV_AWS_21' }],
  ['another type', { type: /^AWS::SQS::Queue$/ }],
  ['other ids', { id: /AccessLogs/ }],
  ['other templates', { template: /production/ }],
  ['other messages', { isAbout: (message) => message.includes('versioning') }],
])('an exception for %s covers nothing, and is stale', (_, other) => {
  const exception = { ...EXCEPTION, ...other };

  expect(judge([FINDING], [exception])).toEqual({ open: [FINDING], stale: [exception] });
});

test('the bucket of an app in production must log its access', () => {
  const production = { ...FINDING, template: 'orders-production/Orders.template.json' };

  expect(judge([FINDING, production], EXCEPTIONS).open).toEqual([production]);
});

test.each([
  ['eu-north-1', 0],
  ['eu-west-1', 1],
])('a budget that cfn-lint does not know in %s: %i open', (region, open) => {
  const finding: Finding = {
    ...FINDING,
    tool: 'cfn-lint',
    rule: 'E3006',
    type: 'AWS::Budgets::Budget',
    message: `Resource type 'AWS::Budgets::Budget' does not exist in '${region}'`,
  };

  expect(judge([finding], EXCEPTIONS).open).toHaveLength(open);
});
