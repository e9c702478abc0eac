import type { OpenApp } from '../open-app';
import { UserError } from '../user-error';
import { bothQueues } from './both-queues';
import type { FailureStore } from './open-failures';

/** The failure queues and the failure bucket of a deployed app. */
export async function storeOf({ app, cloud }: OpenApp): Promise<FailureStore> {
  const { failureQueue, fifoFailureQueue, failureBucket, app: info } = app.model;
  const name = (resource: { readonly name?: unknown; readonly path: string }): string => {
    if (typeof resource.name !== 'string') {
      throw new UserError(
        `the stack of ${info.path} does not have ${resource.path}`,
        'deploy it: `npx cdk deploy`',
      );
    }
    return resource.name;
  };
  return {
    queue: bothQueues(
      failureQueue && (await cloud.failureQueue(name(failureQueue))),
      fifoFailureQueue && (await cloud.failureQueue(name(fifoFailureQueue))),
    ),
    bucket: failureBucket && (await cloud.failureBucket(name(failureBucket))),
  };
}
