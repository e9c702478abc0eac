import { Guard } from './guard';

/** A production route that anybody can call, although the user did not state that. */
export const openRoute: Guard = {
  id: 'open-route',
  severities: ['warning'],
  what: 'A production route that anyone may call, although neither the route nor `http.authorizer` or `rest.authorizer` declares it open. `RouteAuthorizer.open()` makes a route public on purpose.',
  why: 'Anyone who finds the URL can read and write what the function can, and run up the bill.',
  fix: 'Set an `authorizer` on the route, or `http.authorizer` or `rest.authorizer` for all routes. For a public route, set `authorizer: RouteAuthorizer.open()`.',
  accept: 'The route cannot be declared public in code; if it can, use `RouteAuthorizer.open()`.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
  check: ({ routes }) =>
    routes
      .filter(({ open }) => open)
      .map(({ key, function: id, isRest }) => ({
        // A route that starts a workflow, or forwards to a service, has no function.
        prop:
          id === undefined
            ? `${isRest === true ? 'rest' : 'http'}.authorizer`
            : `functions.${id}.authorizer`,
        function: id,
        detail: key,
        rule: `must say who may call \`${key}\``,
        got: 'a route that anyone can call',
        remedy:
          'set `authorizer` (for this route, or in `http` or `rest` for all), or declare it public with ' +
          '`authorizer: RouteAuthorizer.open()`',
      })),
};
