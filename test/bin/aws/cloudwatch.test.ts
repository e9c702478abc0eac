import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { naming } from '../../../bin/aws/clients';
import { metricReader, QUERIES_A_CALL } from '../../../bin/aws/cloudwatch';
import type { MetricQuery } from '../../../bin/metrics/metric-reader';

const query = (i: number): MetricQuery => ({
  key: `invocations:F${i}`,
  namespace: 'AWS/Lambda',
  name: 'Invocations',
  dimensions: { FunctionName: `F${i}` },
  statistic: 'Sum',
  periodSeconds: 3600,
});
const [FROM, TO] = [new Date('2026-11-24T00:00:00Z'), new Date('2026-11-24T02:00:00Z')];

afterEach(() => {
  jest.restoreAllMocks();
});

test('a call has at most 500 queries, and points of further pages are added in the order of time', async () => {
  const calls: number[] = [];
  // The newest first, one hour a page.
  jest.spyOn(CloudWatchClient.prototype, 'send').mockImplementation((command: unknown) => {
    const { MetricDataQueries = [], NextToken } = (command as GetMetricDataCommand).input;
    calls.push(MetricDataQueries.length);
    const at = NextToken === undefined ? '2026-11-24T01:00:00Z' : '2026-11-24T00:00:00Z';
    const answer = {
      NextToken: NextToken === undefined ? 'more' : undefined,
      MetricDataResults: MetricDataQueries.map(({ Id, MetricStat }) => ({
        Id,
        Timestamps: [new Date(at)],
        Values: [Number(MetricStat?.Metric?.Dimensions?.[0]?.Value?.slice(1))],
      })),
    };
    return Promise.resolve(answer) as never;
  });

  const queries = Array.from({ length: QUERIES_A_CALL + 1 }, (_, i) => query(i));
  const data = await metricReader({ region: 'us-east-1' }).read(queries, FROM, TO);

  expect(calls).toEqual([500, 500, 1, 1]);
  expect(data.size).toBe(501);
  expect(data.get('invocations:F500')).toEqual([
    { at: new Date('2026-11-24T00:00:00Z'), value: 500 },
    { at: new Date('2026-11-24T01:00:00Z'), value: 500 },
  ]);
});

test('an error names the action', async () => {
  const handler = {
    handle: () =>
      Promise.reject(Object.assign(new Error('no'), { name: 'AccessDenied', $fault: 'client' })),
  };
  const client = naming(
    new CloudWatchClient({
      region: 'us-east-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      requestHandler: handler as never,
    }),
    'cloudwatch',
  );

  await expect(
    client.send(new GetMetricDataCommand({ StartTime: FROM, EndTime: TO, MetricDataQueries: [] })),
  ).rejects.toMatchObject({ action: 'cloudwatch:GetMetricData' });
});
