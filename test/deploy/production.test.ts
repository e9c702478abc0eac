// The examples as they are for production, where one function of `orders` is kept warm and one of `image-intake` is rolled out by
// CodeDeploy. In the emulator only: their data would stay.
import {
  CloudWatchLogsClient,
  DescribeMetricFiltersCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { GetAliasCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { describeDeployed, TEST_TIMEOUT_MS } from './support/deployed-app';
import { request, upload } from './support/drive';
import { eventually } from './support/eventually';
import { REAL_ACCOUNT } from './support/target';
import { listRows } from './support/table-rows';

jest.setTimeout(TEST_TIMEOUT_MS);

const describeEmulated = REAL_ACCOUNT ? describe.skip : describe;

describeEmulated('the examples for production', () => {
  describeDeployed('examples/orders', { folder: 'examples/orders', stackName: 'Orders' }, (app) => {
    test('only scaling, the budget and alarms over expressions are removed for the emulator', () => {
      expect([...app().removed].sort()).toEqual([
        expect.stringMatching(/AWS::ApplicationAutoScaling::ScalableTarget OrdersCreateOrder/),
        expect.stringMatching(/AWS::ApplicationAutoScaling::ScalingPolicy OrdersCreateOrder/),
        expect.stringMatching(/AWS::Budgets::Budget OrdersBudget/),
        expect.stringMatching(/AWS::CloudWatch::Alarm OrdersAppAlarmsApiErrors/),
        expect.stringMatching(/AWS::CloudWatch::Alarm OrdersAppAlarmsRunRate/),
        expect.stringMatching(/AWS::CloudWatch::Alarm OrdersCloseDayMissedSchedule/),
      ]);
    });

    test('the log has the filters that the alarm, the dashboard and the run-rate need', async () => {
      const { target, stack } = app();
      const logs = new CloudWatchLogsClient(target.clientOptions);

      const group = stack.resources.find(({ logicalId }) => logicalId.startsWith('OrdersLogs'));

      const { metricFilters: own = [] } = await logs.send(
        new DescribeMetricFiltersCommand({ logGroupName: group?.physicalId }),
      );

      expect(new Set(own.map(({ metricTransformations: [to] = [] }) => to?.metricName))).toEqual(
        new Set(['Failed', 'TimedOut', 'ColdStart', 'Billed1024MB']),
      );
      expect(own.map(({ filterPattern }) => filterPattern)).toContain(
        '{ ($.type = "platform.report") && ($.record.status != "success") }',
      );
    });

    test('CreateOrder has an alias, and answers through it', async () => {
      const { target, stack } = app();
      const FunctionName = stack.functionName('CreateOrder');
      const alias = new GetAliasCommand({ FunctionName, Name: 'live' });
      const order = { customer: 'ada', item: 'lamp', quantity: 2, priceCents: 1999 };

      const { FunctionVersion } = await new LambdaClient(target.clientOptions).send(alias);
      const { status } = await request(target, `${stack.output('Url')}orders`, {
        method: 'POST',
        body: JSON.stringify(order),
      });

      expect([FunctionVersion, status]).toEqual(['1', 201]);
    });
  });

  describeDeployed(
    'examples/image-intake',
    { folder: 'examples/image-intake', stackName: 'ImageIntake' },
    (app) => {
      test('only CodeDeploy is removed for the emulator', () => {
        expect(app().removed.map((what) => what.replace(/^[^:]*: /, ''))).toEqual([
          expect.stringMatching(/^AWS::CodeDeploy::DeploymentGroup ImagesReadImage/),
          expect.stringMatching(/^AWS::CodeDeploy::Application/),
          expect.stringMatching(/^UpdatePolicy of AWS::Lambda::Alias ImagesReadImage/),
        ]);
      });

      test('an arriving image is read through the alias', async () => {
        const { target, stack } = app();
        const gif = Buffer.from([...Buffer.from('GIF89a'), 3, 0, 2, 0, 0, 0, 0, 0x3b]);

        await upload(target, stack.output('ImagesBucket'), 'intake/dot.gif', gif);

        await eventually('the row of the image', async () => {
          const rows = await listRows(target, stack.output('CatalogTable'));
          return rows.some((row) => row.key === 'intake/dot.gif');
        });
      });
    },
  );
});
