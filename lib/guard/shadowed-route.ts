import { routeShape } from '../model/route-shape';
import { Found, Guard } from './guard';
import { RouteFacts } from './guard-facts';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const DEFAULT = '$default';

/** Routes that get no request, and pairs of which nobody says which one gets it. */
export const shadowedRoute: Guard = {
  id: 'shadowed-route',
  severities: ['warning'],
  what:
    'A route that never gets a request, since other routes take all of them (`ANY /a` where each method of `/a` has a route; ' +
    '`$default` beside `ANY /` and `ANY /{proxy+}`), and two routes that the same request fits equally well (`GET /{a}/x` and ' +
    '`GET /y/{b}`).',
  why:
    'API Gateway takes the route that fits best, so the function of a route that never does is never run; where two fit equally well, ' +
    'it is not documented which one is run, with whose authorizer.',
  fix: 'Remove the route that gets nothing; give one of two that compete another path.',
  accept: 'Requests that would fit both are not made.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
  check: ({ routes }) => [...unreached(routes), ...competing(routes)],
};

interface Parts {
  readonly route: RouteFacts;
  readonly method: string;
  readonly segments: readonly string[];
}

function unreached(routes: readonly RouteFacts[]): Found[] {
  const shapes = new Set(routes.map(({ key }) => routeShape(key)));
  return routes.flatMap((route) => {
    const shape = routeShape(route.key);
    const path = shape.replace('ANY ', '');
    const byAll = shape === DEFAULT && shapes.has('ANY /') && shapes.has('ANY /{+}');
    const byMethods = METHODS.every((method) => shapes.has(`${method} ${path}`));
    return byAll || byMethods
      ? [
          {
            ...place(route),
            rule: 'must be reached by some request',
            got: `\`${route.key}\`, all of whose requests ${byAll ? '`ANY /` and `ANY /{proxy+}`' : 'the routes of each method'} take`,
            remedy: 'remove it, or one of those',
          },
        ]
      : [];
  });
}

function competing(routes: readonly RouteFacts[]): Found[] {
  const byLength = new Map<number, Parts[]>();
  for (const route of routes) {
    const [method = '', path] = routeShape(route.key).split(' ');
    // A route without parameters competes with none, and neither does a greedy one, which comes last.
    if (path?.includes('{') === true && !path.endsWith('{+}')) {
      const segments = path.split('/');
      byLength.set(segments.length, [
        ...(byLength.get(segments.length) ?? []),
        { route, method, segments },
      ]);
    }
  }
  return [...byLength.values()].flatMap((group) =>
    group.flatMap((one, i) =>
      group
        .slice(0, i)
        .filter((other) => compete(one, other))
        .map((other) => ({
          ...place(one.route),
          rule: 'must be the one that fits a request best',
          got: `\`${one.route.key}\` beside \`${other.route.key}\` (${other.route.path}), of which neither fits better`,
          remedy:
            'give one of them another path; acknowledge this warning where no request fits both',
        })),
    ),
  );
}

/** Whether a request may fit both, each better in one place. */
function compete(one: Parts, other: Parts): boolean {
  if (one.method !== other.method && one.method !== 'ANY' && other.method !== 'ANY') {
    return false;
  }
  const pairs = one.segments.map((segment, i) => [segment, other.segments[i]] as const);
  const fitBoth = pairs.every(([a, b]) => a === b || a === '{}' || b === '{}');
  const oneBetter = pairs.some(([a, b]) => a !== '{}' && b === '{}');
  const otherBetter = pairs.some(([a, b]) => a === '{}' && b !== '{}');
  return fitBoth && oneBetter && otherBetter;
}

function place({ function: id }: RouteFacts): Pick<Found, 'prop' | 'function'> {
  return { prop: id === undefined ? 'http' : `functions.${id}.triggers`, function: id };
}
