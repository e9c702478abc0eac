import {
  CloudWatchLogsClient,
  GetQueryResultsCommand,
  paginateFilterLogEvents,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LogReader } from '../logs/log-reader';
import { AwsOptions, clientSettings, naming } from './clients';

const ROWS = 10_000;
const POLL_MS = 500;
const UNKNOWN =
  /^(UnknownOperationException|InvalidAction|InvalidOperationException|NotImplemented|UnsupportedOperation.*)$/;

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
          id: eventId ?? `${logStreamName} ${timestamp} ${message}`, // missing in an emulator
          at: new Date(timestamp),
          stream: logStreamName,
          group: logGroupName,
          message,
        }));
      }
    },
    query: async (logGroupName, queryString, { from, to }) => {
      const startTime = Math.floor(from.getTime() / 1000);
      const endTime = Math.ceil(to.getTime() / 1000);
      try {
        const { queryId } = await client.send(
          new StartQueryCommand({ logGroupName, queryString, startTime, endTime, limit: ROWS }),
        );
        for (;;) {
          await sleep(POLL_MS);
          const { status, results = [] } = await client.send(
            new GetQueryResultsCommand({ queryId }),
          );
          if (status === 'Complete') {
            return results.map((row) =>
              Object.fromEntries(row.map(({ field = '', value = '' }) => [field, value])),
            );
          }
          if (status !== 'Running' && status !== 'Scheduled') {
            return undefined;
          }
        }
      } catch (error) {
        // An emulator or a region without Logs Insights.
        if (error instanceof Error && UNKNOWN.test(error.name)) {
          return undefined;
        }
        throw error;
      }
    },
  };
}
