import {
  CloudWatchClient,
  paginateDescribeAlarmHistory,
  paginateDescribeAlarms,
  paginateGetMetricData,
} from '@aws-sdk/client-cloudwatch';
import type { AlarmState, DataPoint, MetricQuery, MetricReader } from '../metrics/metric-reader';
import { AwsOptions, clientSettings, naming } from './clients';

/** The maximum for one call: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html */
export const QUERIES_A_CALL = 500;
const ALARMS_A_CALL = 100;

export function metricReader(options: AwsOptions): MetricReader {
  const client = naming(new CloudWatchClient(clientSettings(options)), 'cloudwatch');
  return {
    read: async (queries, from, to) => {
      const data = new Map<string, DataPoint[]>();
      for (const some of chunks(queries, QUERIES_A_CALL)) {
        await readSome(client, some, from, to, data);
      }
      for (const points of data.values()) {
        points.sort((a, b) => a.at.getTime() - b.at.getTime());
      }
      return data;
    },
    alarms: async (names) => {
      const states: AlarmState[] = [];
      for (const some of chunks(names, ALARMS_A_CALL)) {
        const pages = paginateDescribeAlarms(
          { client },
          { AlarmNames: some, AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
        );
        for await (const { MetricAlarms = [], CompositeAlarms = [] } of pages) {
          for (const alarm of [...MetricAlarms, ...CompositeAlarms]) {
            states.push({
              name: alarm.AlarmName ?? '',
              state: alarm.StateValue ?? 'INSUFFICIENT_DATA',
              since: alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp,
              threshold: 'Threshold' in alarm ? alarm.Threshold : undefined,
            });
          }
        }
      }
      return states;
    },
    raised: async (AlarmName, StartDate) => {
      let raised = 0;
      const pages = paginateDescribeAlarmHistory(
        { client },
        { AlarmName, StartDate, HistoryItemType: 'StateUpdate' },
      );
      for await (const { AlarmHistoryItems = [] } of pages) {
        raised += AlarmHistoryItems.filter(({ HistorySummary = '' }) =>
          HistorySummary.endsWith('to ALARM'),
        ).length;
      }
      return raised;
    },
  };
}

async function readSome(
  client: CloudWatchClient,
  queries: readonly MetricQuery[],
  StartTime: Date,
  EndTime: Date,
  data: Map<string, DataPoint[]>,
): Promise<void> {
  const pages = paginateGetMetricData(
    { client },
    {
      StartTime,
      EndTime,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: queries.map(({ namespace, name, dimensions, ...query }, i) => ({
        Id: `q${i}`,
        MetricStat: {
          Metric: {
            Namespace: namespace,
            MetricName: name,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: query.periodSeconds,
          Stat: query.statistic,
        },
      })),
    },
  );
  // A query's points may be spread over several pages.
  for await (const { MetricDataResults = [] } of pages) {
    for (const { Id = '', Timestamps = [], Values = [] } of MetricDataResults) {
      const key = queries[Number(Id.slice(1))]?.key;
      if (key === undefined || Values.length === 0) {
        continue;
      }
      const points = data.get(key) ?? [];
      points.push(...Timestamps.map((at, i) => ({ at, value: Values[i] ?? 0 })));
      data.set(key, points);
    }
  }
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, i) => items.slice(i * size, (i + 1) * size));
}
