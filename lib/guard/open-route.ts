import { Guard } from './guard';

/** A production route that anyone may call, which nobody said was meant. */
export const openRoute: Guard = {
  id: 'open-route',
  severities: ['warning'],
  what:
    'In production, a route that anyone may call, where neither the route nor `http.authorizer` says so. `HttpNoneAuthorizer` says ' +
    'that it is meant.',
  why: 'Whoever finds the address reads what the function reads, writes what it writes, and runs up the bill.',
  fix: 'Give `authorizer` (for the route, or `http.authorizer` for all), or say `authorizer: new HttpNoneAuthorizer()`.',
  accept: 'Say it with `HttpNoneAuthorizer` rather, where the route is declared.',
  source:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html',
  check: ({ routes }) =>
    routes
      .filter(({ open }) => open)
      .map(({ key, function: id = '' }) => ({
        prop: `functions.${id}.authorizer`,
        function: id,
        rule: `must say who may call \`${key}\``,
        got: 'a route that can be called by anyone',
        remedy:
          'give `authorizer` (for this route, or `http.authorizer` for all), or say that it is meant to be open with ' +
          '`authorizer: new HttpNoneAuthorizer()`',
      })),
};
