import type { PropCheck } from '../../props/prop-check';
import type { RouteKey } from '../route-key';

const SEGMENT = /^[A-Za-z0-9._:$~-]+$/;
const VARIABLE = /^\{.*\}$/;

/** The methods and paths in a REST API that one route of the app stands for: a REST API has no `$default`. */
export function methodsOf(
  route: RouteKey,
): ReadonlyArray<{ readonly method: string; readonly path: string }> {
  const { method, path } = route;
  return path === undefined
    ? [
        { method: 'ANY', path: '/' },
        { method: 'ANY', path: '/{proxy+}' },
      ]
    : [{ method, path }];
}

/** The resources of a REST API: a tree of path parts, in which a resource has at most one variable child. */
export class RestPaths {
  private readonly resources = new Set<string>(['/']);
  private readonly variables = new Map<string, { readonly name: string; readonly route: string }>();

  /** The number of resources; API Gateway allows 300 in one API. */
  get count(): number {
    return this.resources.size;
  }

  /** Adds the resources of a path, and rejects what API Gateway would reject at deployment. */
  add(path: string, route: string, check: PropCheck): void {
    let parent = '';
    for (const segment of path
      .split('/')
      .slice(1)
      .filter((part) => part !== '')) {
      if (VARIABLE.test(segment)) {
        this.addVariable(parent, segment, route, check);
      } else if (!SEGMENT.test(segment)) {
        throw check.error(
          'route',
          'must have a path of letters, digits and `.`, `_`, `:`, `$`, `~`, `-` in a REST API',
          segment,
          'use other characters, or an HTTP API',
        );
      }
      parent = `${parent}/${segment}`;
      this.resources.add(parent);
    }
  }

  private addVariable(parent: string, name: string, route: string, check: PropCheck): void {
    const other = this.variables.get(parent);
    if (other !== undefined && other.name !== name) {
      throw check.error(
        'route',
        `must name the parameter after \`${parent}/\` as \`${other.route}\` does, because a REST API allows only one there: \`${other.name}\``,
        route,
        other.name.endsWith('+}') === name.endsWith('+}')
          ? `write \`${other.name}\` in both`
          : 'change the path of one of them, or use an HTTP API',
      );
    }
    this.variables.set(parent, other ?? { name, route });
  }
}
