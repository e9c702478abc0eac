import { routeShape } from '../model/route-shape';
import { Guard } from './guard';

/** The app's own routes are compared when they are declared; here come those that others made on the same API. */
export const duplicateRoute: Guard = {
  id: 'duplicate-route',
  severities: ['error'],
  what:
    'Two routes of the API with the same method and path, one of them made by the CDK’s own constructs. (Two of the app are an error ' +
    'at once.) Parameters of another name do not make another route.',
  why: 'API Gateway refuses the second, in the middle of a deployment.',
  fix: 'Give one of them another method or path.',
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
          rule: 'must name a route once',
          got: `${key} in ${owner} and in ${path}`,
          remedy: 'give one of them another method or path',
        },
      ];
    });
  },
};
