import { routeShape } from '../model/route-shape';
import { Guard } from './guard';

/** The app's own routes are compared as they are declared. This guard covers routes that others add to the same API. */
export const duplicateRoute: Guard = {
  id: 'duplicate-route',
  severities: ['error'],
  what: 'Two routes of the API with the same method and path, at least one of which was created with the CDK’s own constructs. (Two routes of the app are an error as soon as the second is declared.) Parameter names do not distinguish routes.',
  why: 'API Gateway rejects the second route in the middle of a deployment.',
  fix: 'Change the method or path of one of them.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
  check: ({ routes }) => {
    const first = new Map<string, string>();
    return routes.flatMap(({ key, path, function: id }) => {
      const owner = first.get(routeShape(key));
      if (owner === undefined) {
        first.set(routeShape(key), path);
        return [];
      }
      return [
        {
          prop: id === undefined ? 'http' : `functions.${id}.triggers`,
          function: id,
          rule: 'must declare a route only once',
          got: `${key} in ${owner} and in ${path}`,
          remedy: 'change the method or path of one of them',
        },
      ];
    });
  },
};
