import type { CorsModel, EventOf } from '../../model';
import { code, list, Node, object } from '../print';
import { NotCarried, type Scope } from '../scope';
import { duration, textNode } from '../values';
import { textOf } from '../../value';

const METHODS = ['GET', 'PUT', 'HEAD', 'POST', 'DELETE', 'PATCH'];

export function urlOptions({ isOpen, stream, cors }: EventOf<'url'>, scope: Scope): Node {
  const lambda = scope.module('lambda');
  return object({
    authType: isOpen ? code(`${lambda}.FunctionUrlAuthType.NONE`) : undefined,
    cors: cors && corsNode(cors, scope),
    stream: stream ? code('true') : undefined,
  });
}

function corsNode(cors: CorsModel, scope: Scope): Node {
  const lambda = scope.module('lambda');
  const texts = (values: CorsModel['origins'] | undefined): Node | undefined =>
    values && list(values.map((one) => textNode(one, scope)));
  const methods = cors.methods?.map((one) => {
    const name = (textOf(one) ?? '').toUpperCase();
    const member = name === '*' ? 'ALL' : name;
    if (member !== 'ALL' && !METHODS.includes(member)) {
      throw new NotCarried(`a function URL has no CORS method ${name}`);
    }
    return code(`${lambda}.HttpMethod.${member}`);
  });
  return object({
    allowedOrigins: texts(cors.origins),
    allowedMethods: methods && list(methods),
    allowedHeaders: texts(cors.headers),
    exposedHeaders: texts(cors.exposed),
    allowCredentials: cors.credentials === true ? code('true') : undefined,
    maxAge: cors.maxAge === undefined ? undefined : duration(cors.maxAge, scope),
  });
}
