import { CloudWatchLogsClient, paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import type { LogReader } from '../logs/log-reader';
import { AwsOptions, clientSettings, naming } from './clients';

export function logReader(options: AwsOptions): LogReader {
  const client = naming(new CloudWatchLogsClient(clientSettings(options)), 'logs');
  return {
    read: async function* (logGroupName, { from, to, filter }) {
      const pages = paginateFilterLogEvents(
        { client },
        {
          logGroupName,
          startTime: from.getTime(),
          endTime: to?.getTime(),
          filterPattern: filter,
        },
      );
      for await (const { events = [] } of pages) {
        yield events.map(({ eventId, timestamp = 0, logStreamName = '', message = '' }) => ({
          id: eventId ?? `${logStreamName} ${timestamp} ${message}`, // an emulator gives none
          at: new Date(timestamp),
          stream: logStreamName,
          message,
        }));
      }
    },
  };
}
