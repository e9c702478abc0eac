import type { OpenApp } from '../open-app';
import { UserError } from '../user-error';
import type { FailureStore } from './open-failures';

/** Where the failures of a deployed app are. */
export async function storeOf({ app, cloud }: OpenApp): Promise<FailureStore> {
  const { failureQueue, failureBucket, app: facts } = app.model;
  const name = (resource: { readonly name?: unknown; readonly path: string }): string => {
    if (typeof resource.name !== 'string') {
      throw new UserError(
        `the name of ${resource.path} of ${facts.path} is not known from the stack`,
        'deploy what was synthesized: `npx cdk deploy`',
      );
    }
    return resource.name;
  };
  return {
    queue: failureQueue && (await cloud.failureQueue(name(failureQueue))),
    bucket: failureBucket && (await cloud.failureBucket(name(failureBucket))),
  };
}
