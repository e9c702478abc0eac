import { openApiDocument } from '../../lib/openapi/openapi-document';
import { readModels } from '../assembly';
import { select } from '../choose-app';
import type { Invocation } from '../command-spec';
import type { Io } from '../io';
import { UserError } from '../user-error';

/** `openapi [app]`: prints the OpenAPI document of one app. */
export function openapi({ args: [app], options }: Invocation, io: Io): number {
  const models = select(readModels(String(options.assembly)), app);
  const withApi = models.flatMap((model) => {
    const document = openApiDocument(model);
    return document === undefined ? [] : [{ path: model.app.path, document }];
  });
  const [first, ...others] = withApi;
  if (first === undefined) {
    throw new UserError('no app has an API', 'add a route with `onRequest`');
  }
  if (others.length > 0) {
    throw new UserError(
      `there are ${withApi.length} apps with an API: ${withApi.map(({ path }) => path).join(', ')}`,
      'name one of them',
    );
  }
  io.out(`${JSON.stringify(first.document, undefined, 2)}\n`);
  return 0;
}
