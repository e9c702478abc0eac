import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionRunner } from '../failures/failure';
import { at, parseJson } from '../json/unknown';
import { AwsOptions, clientSettings, naming } from './clients';

const THROTTLE_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
/** Time allowed for the network and a cold start. */
const MARGIN_SECONDS = 30;

export function functionRunner(options: AwsOptions): FunctionRunner {
  return {
    invoke: async (arn, event, timeoutSeconds) => {
      // One attempt: the SDK would also repeat a call whose response was lost, although the function may have run.
      const settings = clientSettings(options);
      const client = naming(
        new LambdaClient({
          ...settings,
          maxAttempts: 1,
          requestHandler: {
            ...settings.requestHandler,
            requestTimeout: (timeoutSeconds + MARGIN_SECONDS) * 1000,
            throwOnRequestTimeout: true,
          },
        }),
        'lambda',
      );
      const command = new InvokeCommand({ FunctionName: arn, Payload: event, LogType: 'Tail' });
      const { FunctionError, Payload, LogResult } = await withoutThrottling(() =>
        client.send(command),
      );
      const response = Buffer.from(Payload ?? []).toString('utf8');
      return {
        response,
        error: FunctionError === undefined ? undefined : errorOf(response),
        log:
          LogResult === undefined ? undefined : Buffer.from(LogResult, 'base64').toString('utf8'),
      };
    },
  };
}

/** A throttled call did not run the function. */
async function withoutThrottling<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      const throttled = error instanceof Error && error.name === 'TooManyRequestsException';
      if (!throttled || attempt === THROTTLE_ATTEMPTS) {
        throw error;
      }
      await sleep(FIRST_WAIT_MS * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
}

function errorOf(response: string): string {
  const error = parseJson(response);
  const parts = [at(error, 'errorType'), at(error, 'errorMessage')].filter(
    (part) => typeof part === 'string',
  );
  return parts.length === 0 ? response : parts.join(': ');
}
