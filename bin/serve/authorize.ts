import { allows, iamPattern } from '../../lib/kinds/iam-actions';
import { asObject, asText, at } from '../json/unknown';
import type { RouteAuthorizer } from './authorizers';
import { eventOf, EventRequest } from './lambda-events';

/** The decision of an authorizer: its context for the event, or the error response to the client. */
export type Decision =
  { readonly allowed: object } | { readonly status: 401 | 403; readonly message: string };

export type LambdaFunction = (event: unknown, context: object) => unknown;

const PLACE = 'arn:aws:execute-api:us-east-1:000000000000:local';

/** Calls the authorizer of a route, as API Gateway does. The results are not cached. */
export async function authorize(
  authorizer: RouteAuthorizer,
  run: LambdaFunction,
  asked: EventRequest,
  context: object,
): Promise<Decision> {
  const { request, routeKey } = asked;
  const url = new URL(request.url);
  const identity = authorizer.identity.map((it) =>
    it.in === 'header' ? request.headers.get(it.name) : url.searchParams.get(it.name),
  );
  if (identity.some((value) => value === null || value === '')) {
    return { status: 401, message: 'Unauthorized' };
  }
  const arn = `${PLACE}/$default/${request.method}${url.pathname}`;
  const {
    body: _body,
    isBase64Encoded: _encoded,
    ...event
  } = eventOf({ ...asked, body: Buffer.alloc(0) }, authorizer.payload) as Record<string, unknown>;
  const given =
    authorizer.payload === '1.0'
      ? { ...event, type: 'REQUEST', methodArn: arn, identitySource: identity.join(',') }
      : { ...event, type: 'REQUEST', routeArn: arn, routeKey, identitySource: identity };
  let result: unknown;
  try {
    result = await run(given, context);
  } catch (error) {
    if (error instanceof Error && error.message === 'Unauthorized') {
      return { status: 401, message: 'Unauthorized' };
    }
    throw error;
  }
  const isAllowed = authorizer.simple
    ? at(result, 'isAuthorized') === true
    : isPermitted(at(result, 'policyDocument'), arn);
  const { principalId } = asObject(result) ?? {};
  const own = asObject(at(result, 'context')) ?? {};
  return isAllowed
    ? { allowed: asText(principalId) === undefined ? own : { principalId, ...own } }
    : { status: 403, message: 'Forbidden' };
}

/** Whether a policy permits the call: at least one statement allows it, and none denies it. */
export function isPermitted(policy: unknown, arn: string): boolean {
  const statements = [at(policy, 'Statement')].flat().filter((statement) => {
    const actions = [at(statement, 'Action')].flat().map(String);
    const resources = [at(statement, 'Resource')].flat().map(String);
    return (
      allows(actions, 'execute-api:Invoke') &&
      resources.some((resource) => iamPattern(resource).test(arn))
    );
  });
  const effects = statements.map((statement) => at(statement, 'Effect'));
  return effects.includes('Allow') && !effects.includes('Deny');
}
