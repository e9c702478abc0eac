import { routeShape } from '../model/route-shape';
import { Found, Guard } from './guard';
import { RouteInput } from './guard-input';

const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];
const DEFAULT = '$default';

/** Routes that never receive a request, and pairs of routes whose precedence is undefined. */
export const shadowedRoute: Guard = {
  id: 'shadowed-route',
  severities: ['warning'],
  what: 'A route that never receives a request because other routes cover it (`ANY /a` when every method of `/a` has a route; `$default` next to `ANY /` and `ANY /{proxy+}`), and two routes that match the same request equally well (`GET /{a}/x` and `GET /y/{b}`).',
  why: 'API Gateway chooses the most specific route, so a covered route’s function never runs. When two routes match equally well, AWS does not document which one wins, and therefore which authorizer applies.',
  fix: 'Remove the covered route; change the path of one of two competing routes.',
  accept: 'No client sends a request that matches both routes.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html',
  check: ({ routes }) => [...unreached(routes), ...competing(routes)],
};

interface Parts {
  readonly route: RouteInput;
  readonly method: string;
  readonly segments: readonly string[];
}

function unreached(routes: readonly RouteInput[]): Found[] {
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
            rule: 'must be reachable',
            got: `\`${route.key}\`, whose requests all go to ${byAll ? '`ANY /` and `ANY /{proxy+}`' : 'the routes of each method'}`,
            remedy: 'remove it or one of those',
          },
        ]
      : [];
  });
}

function competing(routes: readonly RouteInput[]): Found[] {
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
          rule: 'must not compete with another route',
          got: `\`${one.route.key}\` beside \`${other.route.key}\` (${other.route.path}), which match the same requests equally well`,
          remedy:
            'change the path of one of them; acknowledge this warning if no request matches both',
        })),
    ),
  );
}

/** Whether a request may match both, while each is more specific than the other in one place. */
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

function place({ function: id }: RouteInput): Pick<Found, 'prop' | 'function'> {
  return { prop: id === undefined ? 'http' : `functions.${id}.triggers`, function: id };
}
