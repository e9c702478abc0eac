import { PropCheck } from '../../props/prop-check';

const NAME = /^[\w.-]+$/;
const FIELDS = /^\w+(\.\w+)*$/;
/** SQS accepts further punctuation marks as a group or an id, some of which have a meaning in a template. */
const CONSTANT = /^[\w.:@/+=-]{1,128}$/;

/** Where a part of a request is. */
export type RequestPlace = 'path' | 'query' | 'header' | 'body' | 'constant';

/** A part of a request that API Gateway copies into a message, or a text that is the same in each message. */
export class RequestPart {
  /**
   * A parameter of the route’s path.
   *
   * @param name the name of the parameter, for example `id` in `/orders/{id}/events`
   */
  static path(name: string): RequestPart {
    return new RequestPart('path', matching('path', 'name', name, NAME, NAME_RULE));
  }

  /**
   * A parameter of the query. A request without it gets 400.
   *
   * @param name the name of the parameter
   */
  static query(name: string): RequestPart {
    return new RequestPart('query', matching('query', 'name', name, NAME, NAME_RULE));
  }

  /**
   * A header. A request without it gets 400.
   *
   * @param name the name of the header, for example `X-Customer`
   */
  static header(name: string): RequestPart {
    return new RequestPart('header', matching('header', 'name', name, NAME, NAME_RULE));
  }

  /**
   * A field of the body, which must be JSON. The route’s `validate.body` must require it, so a request without it gets 400.
   *
   * @param field the path of the field, for example `customer` or `order.customer`
   */
  static body(field: string): RequestPart {
    const rule = 'must be names of letters, digits and `_`, joined by `.`';
    return new RequestPart('body', matching('body', 'field', field, FIELDS, rule));
  }

  /**
   * The same text in each message.
   *
   * @param text 1 to 128 letters, digits, and characters of `_.:@/+=-`
   */
  static constant(text: string): RequestPart {
    const rule = 'must have 1 to 128 letters, digits, and characters of `_.:@/+=-`';
    return new RequestPart('constant', matching('constant', 'text', text, CONSTANT, rule));
  }

  private constructor(
    /** `path`, `query`, `header`, `body` or `constant`. */
    public readonly place: string,
    /** The name of the parameter or header, the path of the field, or the text. */
    public readonly value: string,
  ) {}
}

const NAME_RULE = 'must be a name of letters, digits, `_`, `-` and `.`';

/** The text goes into a template, so it must have no character with a meaning there. */
function matching(
  factory: string,
  parameter: string,
  given: string,
  pattern: RegExp,
  rule: string,
): string {
  if (typeof given !== 'string' || !pattern.test(given)) {
    throw new PropCheck(`RequestPart.${factory}`, '').error(
      parameter,
      rule,
      given,
      'use other characters',
    );
  }
  return given;
}

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

/** How the model names it: `the header X-Customer`. */
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
