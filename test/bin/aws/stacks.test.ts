import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
} from '@aws-sdk/client-cloudformation';
import { stackReader } from '../../../bin/aws/stacks';

/** CloudFormation with one stack in that state. It keeps the template of a stack whose resources are gone. */
function cloudWithStack(StackStatus: string | undefined): void {
  jest.spyOn(CloudFormationClient.prototype, 'send').mockImplementation((command: unknown) => {
    if (command instanceof DescribeStacksCommand) {
      return (
        StackStatus === undefined
          ? Promise.reject(new Error('Stack with id Shop does not exist'))
          : Promise.resolve({ Stacks: [{ StackName: 'Shop', StackStatus }] })
      ) as never;
    }
    if (command instanceof GetTemplateCommand) {
      return Promise.resolve({ TemplateBody: '{}' }) as never;
    }
    throw new Error('not expected');
  });
}

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  ['CREATE_COMPLETE', '{}'],
  ['UPDATE_COMPLETE', '{}'],
  ['UPDATE_ROLLBACK_COMPLETE', '{}'],
  ['UPDATE_IN_PROGRESS', '{}'],
  ['CREATE_FAILED', '{}'], // `cdk deploy --no-rollback`: what was created is there
  ['ROLLBACK_COMPLETE', undefined],
  ['ROLLBACK_FAILED', undefined],
  ['REVIEW_IN_PROGRESS', undefined],
  ['DELETE_COMPLETE', undefined],
  [undefined, undefined],
])('the deployed template of a stack that is %s: %s', async (status, template) => {
  cloudWithStack(status);

  expect(await stackReader({ region: 'eu-west-1' }).template('Shop')).toBe(template);
});
