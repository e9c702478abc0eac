import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FunctionRunner } from '../failures/failure';
import { AwsOptions, clientSettings, naming } from './clients';

const THROTTLE_ATTEMPTS = 6;
const FIRST_WAIT_MS = 500;
/** For the way to Lambda and back, and for a cold start. */
const MARGIN_SECONDS = 30;

export function functionRunner(options: AwsOptions): FunctionRunner {
  return {
    invoke: async (arn, event, timeoutSeconds) => {
      // One attempt: the SDK would also repeat a call whose answer it did not get, though the function may have run.
      const client = naming(
        new LambdaClient({
          ...clientSettings(options),
          maxAttempts: 1,
          requestHandler: {
            requestTimeout: (timeoutSeconds + MARGIN_SECONDS) * 1000,
            throwOnRequestTimeout: true,
          },
        }),
        'lambda',
      );
      const command = new InvokeCommand({ FunctionName: arn, Payload: event });
      const { FunctionError, Payload } = await withoutThrottling(() => client.send(command));
      const response = Buffer.from(Payload ?? []).toString('utf8');
      return { response, error: FunctionError === undefined ? undefined : errorOf(response) };
    },
  };
}

/** What Lambda refuses it has not run. */
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
  try {
    const { errorType, errorMessage } = JSON.parse(response) as {
      readonly errorType?: string;
      readonly errorMessage?: string;
    };
    return [errorType, errorMessage].filter((part) => part !== undefined).join(': ');
  } catch {
    return response;
  }
}
