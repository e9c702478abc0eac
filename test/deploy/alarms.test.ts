// The alarms over one metric and their notifications. In the emulator only, since the test writes AWS's metrics itself. Seen only
// on a real account: alarms over expressions (ApiErrors, MissedSchedule), which are taken out for the emulator; how AWS evaluates several
// periods and missing data; that CloudWatch and AWS Budgets may use the key; the mails.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { eventually } from './support/eventually';
import { REAL_ACCOUNT } from './support/target';
import { describeAlarms, heard, putMetric } from './support/watch';

jest.setTimeout(TEST_TIMEOUT_MS);

const describeEmulated = REAL_ACCOUNT ? describe.skip : describe;

describeEmulated('the alarms of an app', () => {
  describeDeployed(
    'deployed',
    { folder: 'test/deploy/fixtures/alarms', stackName: 'Alarms' },
    (app) => {
      test('exist with topic, key and subscription; only those over expressions are removed', async () => {
        const { target, stack, removed } = app();

        const alarms = await describeAlarms(target, 'Alarms-');
        expect(alarms.map(({ metric }) => metric).sort()).toEqual([
          'ApproximateNumberOfMessagesVisible',
          'Failed',
          'IteratorAge',
          'Latency',
          'RecursiveInvocationsDropped',
          'Throttles',
        ]);
        expect(removed.every((what) => what.includes('AWS::CloudWatch::Alarm'))).toBe(true);
        const types = stack.resources.map(({ type }) => type);
        expect(types.filter((type) => type === 'AWS::SNS::Topic')).toHaveLength(2);
        expect(types).toEqual(expect.arrayContaining(['AWS::KMS::Key', 'AWS::SNS::Subscription']));
      });

      test('one message in the failure queue raises the alarm, and its subscribers receive the instructions', async () => {
        const { target, stack } = app();
        const QueueUrl = stack.output('FailureQueue');

        const message = new SendMessageCommand({ QueueUrl, MessageBody: '{}' });
        await new SQSClient(target.clientOptions).send(message);
        await putMetric(target, {
          namespace: 'AWS/SQS',
          name: 'ApproximateNumberOfMessagesVisible',
          value: 1,
        });

        const [received] = await eventually('the pager has a message', async () => {
          const messages = await heard(target, stack.output('HeardUrl'));
          return messages.length > 0 ? messages : undefined;
        });
        expect(received).toMatchObject({ NewStateValue: 'ALARM' });
        expect(received?.AlarmDescription).toMatch(
          /^Alarms\/App: events .* npx serverless-app failures list$/,
        );
        const states = await describeAlarms(target, 'Alarms-');
        expect(states.filter(({ state }) => state === 'ALARM').map(({ metric }) => metric)).toEqual(
          ['ApproximateNumberOfMessagesVisible'],
        );
      });

      test('a throttled event raises the alarm, and the alarm is quiet without one', async () => {
        const { target } = app();
        const throttles = async (value: number): Promise<string | undefined> => {
          await putMetric(target, { namespace: 'AWS/Lambda', name: 'Throttles', value });
          const alarms = await describeAlarms(target, 'Alarms-');
          return alarms.find(({ metric }) => metric === 'Throttles')?.state;
        };

        expect(await throttles(0)).toBe('OK');
        expect(await throttles(1)).toBe('ALARM');
      });
    },
  );
});
