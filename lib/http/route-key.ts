import { Token } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { PropCheck, unquoted } from '../props/prop-check';
import { checkProp } from '../props/check-props';
import { text } from '../props/kinds';
import { similar } from '../props/nearest';

/** The parts of a route of an HTTP API. */
export interface RouteKey {
  /** In the notation of API Gateway: `GET /orders/{id}` or `$default`. */
  readonly key: string;
  readonly method: string;
  /** Missing for `$default`. */
  readonly path?: string;
}

const METHODS: readonly string[] = Object.values(HttpMethod);
const DEFAULT_ROUTE = '$default';
const SEGMENT = /^(\{[A-Za-z0-9._-]+\+?\}|[^{}\s?#]+)$/;
const EXAMPLE = 'write, for example, `GET /orders/{id}`';

/** Parses `METHOD /path`, and rejects what API Gateway would reject at deployment. */
export function parseRoute(route: string, check: PropCheck): RouteKey {
  if (Array.isArray(route)) {
    throw check.error(
      'route',
      'must be one route',
      unquoted('a list'),
      'use `onRequests([…], entry)` for several routes, or one `Trigger.http(…)` for each',
    );
  }
  checkProp(route, 'route', text().withRemedy(EXAMPLE).required(), check);
  if (Token.isUnresolved(route)) {
    throw check.error(
      'route',
      'must be known at synthesis, because its permission and its id depend on it',
      route,
      EXAMPLE,
    );
  }
  if (route === DEFAULT_ROUTE) {
    return { key: route, method: 'ANY' };
  }
  const [method = '', path = '', ...rest] = route.split(' ');
  if (rest.length > 0 || path === '') {
    throw check.error(
      'route',
      'must be a method, one space and a path, or `$default`',
      route,
      EXAMPLE,
    );
  }
  if (!METHODS.includes(method)) {
    const meant = similar(method, METHODS);
    throw check.error(
      'route',
      `must begin with one of ${METHODS.join(', ')}`,
      method,
      meant === undefined ? EXAMPLE : `did you mean \`${meant} ${path}\`?`,
    );
  }
  checkPath(path, check);
  return { key: route, method, path };
}

/** The parameter that `:id`, `[id]`, `<id>`, `*` or `[...rest]` stands for in other frameworks: API Gateway treats it as plain text. */
function parameterMeant(segment: string, isLast: boolean): string | undefined {
  if (segment.includes('*')) {
    const name = /^[:[<]?\.*(\w*)/.exec(segment)?.[1] ?? '';
    return isLast ? `{${name === '' ? 'proxy' : name}+}` : `{${name === '' ? 'parameter' : name}}`;
  }
  const [, rest, name] = /^(?::|\[|<)(\.{3})?([\w.-]+?)[\]>?]?$/.exec(segment) ?? [];
  return name === undefined ? undefined : `{${name}${rest === undefined ? '' : '+'}}`;
}

function checkPath(path: string, check: PropCheck): void {
  if (!path.startsWith('/')) {
    throw check.error('route', 'must have a path that starts with `/`', path, `write \`/${path}\``);
  }
  if (path === '/') {
    return;
  }
  const segments = path.slice(1).split('/');
  segments.forEach((segment, i) => {
    if (segment === '') {
      throw check.error(
        'route',
        'must have no empty part in its path and no trailing `/`',
        path,
        'leave out the extra `/`',
      );
    }
    const meant = parameterMeant(segment, i === segments.length - 1);
    if (meant !== undefined) {
      const whole = ['', ...segments.slice(0, i), meant, ...segments.slice(i + 1)].join('/');
      throw check.error(
        'route',
        'must write a parameter in braces, as API Gateway does',
        path,
        `did you mean \`${whole}\`?`,
      );
    }
    if (!SEGMENT.test(segment)) {
      throw check.error(
        'route',
        'must have parts that are plain text or one `{parameter}`',
        segment,
        'use letters, digits, `.`, `_` and `-` in a parameter’s name, and nothing else in its part of the path',
      );
    }
    if (segment.endsWith('+}') && i < segments.length - 1) {
      throw check.error(
        'route',
        'must have a greedy parameter only at the end of its path',
        path,
        `move \`${segment}\` to the end`,
      );
    }
  });
  const names = segments
    .filter((segment) => segment.startsWith('{'))
    .map((segment) => segment.replace(/[{}+]/g, ''));
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw check.error(
      'route',
      'must not repeat a parameter name',
      path,
      `rename one \`{${twice}}\``,
    );
  }
}
