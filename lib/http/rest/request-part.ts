import { PropCheck } from '../../props/prop-check';

const NAME = /^[\w.-]+$/;
const FIELDS = /^\w+(\.\w+)*$/;
/** SQS accepts further punctuation marks in a group or an id, some of which have a meaning in a template. */
const CONSTANT = /^[\w.:@/+=-]{1,128}$/;

/** A part of a request that API Gateway copies into a message, or a constant text. */
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

/** The text goes into a template, so it must not contain characters that have a meaning there. */
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
