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

/** The paths of all resources that an API needs for some paths: API Gateway counts each part of a path. */
export function resourcesOf(paths: readonly string[]): Set<string> {
  const parts = paths.map((path) => path.split('/').filter((part) => part !== ''));
  const prefixes = parts.flatMap((all) => all.map((_, i) => `/${all.slice(0, i + 1).join('/')}`));
  return new Set(['/', ...prefixes]);
}

/** The parameters in the paths of a REST API, a tree of path parts in which a resource has at most one variable child. */
export class RestPaths {
  private readonly variables = new Map<string, { readonly name: string; readonly route: string }>();

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
