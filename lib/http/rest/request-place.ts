import type { RequestPart } from './request-part';

/** Where a part of a request is. */
type RequestPlace = 'path' | 'query' | 'header' | 'body' | 'constant';

/**
 * The statements of a mapping template that put a part of the request into a variable.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function assignment(variable: string, { place, value }: RequestPart): string {
  const set = (expression: string): string => `#set($${variable} = ${expression})`;
  switch (place as RequestPlace) {
    case 'path':
    case 'query':
      return set(`$input.params().${place === 'path' ? 'path' : 'querystring'}.get('${value}')`);
    case 'header': // HTTP/2 has lowercase names, and the map of headers knows the name as the client wrote it
      return `${set(`$input.params().header.get('${value}')`)}#if(!$${variable})${set(`$input.params().header.get('${value.toLowerCase()}')`)}#end`;
    case 'body':
      return set(`$input.path('$.${value}')`);
    case 'constant':
      return set(`'${value}'`);
  }
}

/** Its description in the model: `the header X-Customer`. */
export function describePart({ place, value }: RequestPart): string {
  switch (place as RequestPlace) {
    case 'path':
      return `{${value}} of the path`;
    case 'query':
      return `the query parameter ${value}`;
    case 'header':
      return `the header ${value}`;
    case 'body':
      return `${value} of the body`;
    case 'constant':
      return `“${value}”`;
  }
}
