/** A route of an API, as the model describes it. */
export interface Route {
  /** `GET /orders/{id}`, or `$default`. */
  readonly key: string;
}

export interface Match<R extends Route> {
  readonly route: R;
  /** The values of the parameters in the path, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Finds the route of a request as API Gateway does: fixed parts before parameters, a method before `ANY`, and `$default` last. An HTTP API
 * tries greedy parameters after all routes without; a REST API decides part by part.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute<R extends Route>(
  routes: readonly R[],
  method: string,
  pathname: string,
  { greedyLast = true }: { readonly greedyLast?: boolean } = {},
): Match<R> | undefined {
  const parts = pathname.split('/').slice(1);
  const found = routes.flatMap((route) => {
    const rank = rankOf(route.key, method, parts);
    const greedy = greedyLast && route.key.endsWith('+}') ? '1' : '0';
    return rank === undefined ? [] : [{ route, rank: rank === '9' ? rank : greedy + rank }];
  });
  const [best] = found.sort((a, b) => (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : 0));
  return best && { route: best.route, parameters: parametersOf(best.route.key, parts) };
}

/** A string that sorts earlier for a better match; undefined if the route does not match. */
function rankOf(key: string, method: string, parts: readonly string[]): string | undefined {
  if (key === '$default') {
    return '9';
  }
  const [wanted, path = '/'] = key.split(' ');
  if (wanted !== 'ANY' && wanted !== method) {
    return undefined;
  }
  const template = path.split('/').slice(1);
  const isGreedy = template.at(-1)?.endsWith('+}') === true;
  if (isGreedy ? parts.length < template.length : parts.length !== template.length) {
    return undefined;
  }
  const ranks = template.map((part, i) => {
    const value = parts[i] ?? '';
    if (part.startsWith('{')) {
      return value === '' ? undefined : part.endsWith('+}') ? '2' : '1';
    }
    return part === decoded(value) ? '0' : undefined;
  });
  return ranks.includes(undefined) ? undefined : `${ranks.join('')}${wanted === 'ANY' ? '1' : '0'}`;
}

function parametersOf(key: string, parts: readonly string[]): Record<string, string> {
  const template = (key.split(' ')[1] ?? '').split('/').slice(1);
  return Object.fromEntries(
    template.flatMap((part, i) => {
      const [, name, plus] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
      const value = plus === '+' ? parts.slice(i).join('/') : (parts[i] ?? '');
      return name === undefined ? [] : [[name, decoded(value)]];
    }),
  );
}

/** Without percent-encoding; the text itself if it is malformed. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
