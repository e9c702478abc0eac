import { PropCheck } from '../../props/prop-check';

const TOKEN = /^[\w.:-]+$/;

/**
 * Which part of a request names the tenant, for a function with tenant isolation. API Gateway passes it to Lambda in the header
 * `X-Amz-Tenant-Id`. Lambda rejects a request without a tenant.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/tenant-isolation-invoke.html
 */
export class RequestTenant {
  /**
   * A claim of the token of a user pool, which the caller cannot forge.
   *
   * @param name for example `custom:tenant`
   */
  static claim(name: string): RequestTenant {
    return new RequestTenant(`context.authorizer.claims.${checked('claim', name)}`);
  }

  /**
   * A value in the context that an authorizer function returns, which the caller cannot forge.
   *
   * @param key the key in the context
   */
  static authorizer(key: string): RequestTenant {
    return new RequestTenant(`context.authorizer.${checked('authorizer', key)}`);
  }

  /** A parameter of the route’s path. The caller chooses it, so the function or an authorizer must check it. */
  static path(name: string): RequestTenant {
    const parameter = checked('path', name);
    return new RequestTenant(`method.request.path.${parameter}`, parameter);
  }

  /** A header. The caller chooses it, so the function or an authorizer must check it. */
  static header(name: string): RequestTenant {
    const header = checked('header', name);
    return new RequestTenant(`method.request.header.${header}`, undefined, header);
  }

  private constructor(
    /** The part of the request in API Gateway’s notation. */
    public readonly expression: string,
    /**
     * The parameter of the path, which the route must have.
     *
     * @default - the tenant does not come from the path
     */
    public readonly pathParameter?: string,
    /**
     * The header, which API Gateway then requires.
     *
     * @default - the tenant does not come from a header
     */
    public readonly headerName?: string,
  ) {}
}

function checked(factory: string, name: string): string {
  if (typeof name !== 'string' || !TOKEN.test(name)) {
    throw new PropCheck(`RequestTenant.${factory}`, '').error(
      'name',
      'must be a name of letters, digits, `_`, `-`, `.` and `:`',
      name,
      'give the name alone, for example `tenant`',
    );
  }
  return name;
}
