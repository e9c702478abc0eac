import type { Definition } from '../../model';
import { NotCarried, Scope } from '../scope';

/** Stands for the app’s API in `scope.absent`, if none of its routes can be written. */
export const API = 'the API';

export function declareApi({ api, origin }: Definition, scope: Scope): void {
  const isRest = api.kind === 'rest';
  if (api.kind === 'none' || scope.absent.has(API)) {
    return;
  }
  const reference = (
    constName: string,
    ref: string,
    attributes: Readonly<Record<string, string>>,
  ): void => {
    const ids =
      origin === 'Serverless Framework'
        ? [isRest ? 'ApiGatewayRestApi' : 'HttpApi']
        : [isRest ? 'ServerlessRestApi' : 'ServerlessHttpApi', ...(api.logicalIds ?? [])];
    ids.forEach((id) => {
      scope.declare(id, {
        constName,
        ref: () => ref,
        attribute: (name) => {
          const found = attributes[name];
          if (found === undefined) {
            throw new NotCarried(`it refers to ${id}.${name}`);
          }
          return found;
        },
      });
    });
  };
  if (isRest) {
    reference('app.restApi', 'app.restApi.restApiId', {
      RootResourceId: 'app.restApi.restApiRootResourceId',
    });
  } else {
    reference('app.api', 'app.api.apiId', {
      ApiEndpoint: 'app.api.apiEndpoint',
      ApiId: 'app.api.apiId',
    });
  }
}
